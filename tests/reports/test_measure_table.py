"""The downloads: what is in them, and that no spreadsheet runs it."""

import csv
import datetime as dt
import io
import zipfile
from typing import Any, Final

import pytest
from django.utils import translation
from python_calamine import load_workbook

from leitbild.accounts.models import Municipality
from leitbild.accounts.terminology import terms
from leitbild.delivery.enums import Freshness
from leitbild.delivery.queries import Standing, updates_of
from leitbild.plan.models import Concept
from leitbild.plan.queries.outline import outline
from leitbild.reports.measure_table import TableRow, measure_csv, measure_xlsx
from tests.towns import measure, plan, report_on, settle

TODAY: Final = dt.date(2026, 1, 31)
DANGEROUS: Final = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("https://a.example")')
FULL: Final[dict[str, Any]] = {
    "goals": ["1a", "1b"],
    "summary": "Kurz; mit Semikolon",
    "stages": ["ankommen", "einleben"],
    "target_groups": ["eltern"],
    "start": "2025-03-01",
    "end": 2027,
    "lead": "schulamt",
    "partners": ["amt-fuer-bau"],
    "sample": True,
    "source_url": "https://example.org/quelle",
}


@pytest.fixture
def town(db: None) -> Municipality:
    raw = plan(measure("1.1", "Lesen “lernen”", **FULL), measure("1.2", "Leer"))
    raw["goals"].append({"code": "1b", "theme": 1, "title": "Rechnen"})
    raw["stages"] = [{"slug": each, "name": each.title()} for each in ("ankommen", "einleben")]
    raw["target_groups"] = [{"slug": "eltern", "name": "Eltern"}]
    town = settle(raw)
    report_on(town, "1.1", "under_way")
    return town


def rows_of(town: Municipality) -> list[TableRow]:
    concept = Concept.objects.get(municipality=town)
    return [
        TableRow(
            entry,
            Standing(updates_of(concept, entry.measure.code).first(), today=TODAY),
            f"https://a.example/{entry.measure.code}/",
        )
        for entry in outline(concept, language="de", municipality=town).measures
    ]


def as_csv(town: Municipality) -> list[list[str]]:
    with translation.override("de"):
        content = measure_csv(rows_of(town), terms=terms(town, "de"))
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def as_workbook(town: Municipality) -> bytes:
    with translation.override("de"):
        return measure_xlsx(rows_of(town), terms=terms(town, "de"), title="Plan")


def test_csv_holds_everything_of_a_measure(town: Municipality) -> None:
    with translation.override("de"):
        silent = str(Freshness.SILENT.label)

    assert as_csv(town)[1:] == [
        [
            "1.1",
            "Lesen “lernen”",
            "Kurz; mit Semikolon",
            "1 Bildung",
            "1a Jedes Kind liest.; 1b Rechnen",
            "Ankommen; Einleben",
            "Eltern",
            "einmalige Aufgabe",
            "2025-03-01",
            "2027",
            "Schulamt",
            "Amt für Bau",
            "läuft",
            "2025-01-31",
            *(silent, "365"),
            "ja",
            "https://example.org/quelle",
            "https://a.example/1.1/",
        ],
        [
            *("1.2", "Leer", "", "1 Bildung", "1a Jedes Kind liest.", "", ""),
            "einmalige Aufgabe",
            *("", "", "", ""),
            "noch keine Meldung",
            *("", silent, "", "", "", "https://a.example/1.2/"),
        ],
    ]


def test_csv_begins_with_the_mark_that_excel_needs(town: Municipality) -> None:
    assert measure_csv(rows_of(town), terms=terms(town, "de")).startswith(b"\xef\xbb\xbf")


def test_titles_are_the_municipalitys_own(town: Municipality) -> None:
    town.terminology = {
        "theme": {"de": {"one": "Handlungsfeld", "many": "Handlungsfelder"}},
        "measure": {"de": {"one": "Baustein", "many": "Bausteine: A/B"}},
    }

    book = load_workbook(io.BytesIO(as_workbook(town)))

    assert as_csv(town)[0][3] == "Handlungsfeld"
    assert book.sheet_names == ["Bausteine  A B"]


def test_workbook_holds_the_same_as_csv(town: Municipality) -> None:
    sheet = load_workbook(io.BytesIO(as_workbook(town))).get_sheet_by_index(0)

    assert sheet.to_python() == as_csv(town)


@pytest.mark.parametrize("title", DANGEROUS)
def test_no_cell_is_a_formula(db: None, title: str) -> None:
    town = settle(plan(measure("1.1", title)))

    cell = as_csv(town)[1][1]
    with zipfile.ZipFile(io.BytesIO(as_workbook(town))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")

    assert cell == f"'{title.strip()}"
    assert b"<f>" not in sheet
    assert b"<hyperlink" not in sheet


def test_table_without_measures_has_its_titles(town: Municipality) -> None:
    content = measure_xlsx([], terms=terms(town, "de"), title="Plan")

    [titles] = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(titles) == len(as_csv(town)[0]) == 19
