"""The empty workbooks to fill in."""

import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from leitbild.plan.exchange import Format, InvalidFile, read_document, write_template
from leitbild.plan.exchange.tables.columns import folded
from leitbild.plan.exchange.tables.concept_rows import CONCEPT, CONCEPT_ROWS
from leitbild.plan.exchange.tables.definitions import TABLES

SHEETS = [
    "Hinweise", "Konzept", "Themenfelder", "Ziele", "Maßnahmen", "Organisationen", "Stufen",
    "Zielgruppen", "Beschlüsse",
]  # fmt: skip
FORMATS = [Format.XLSX, Format.ODS]


def _template(folder: Path, form: Format, language: str = "en") -> Path:
    path = folder / f"template.{form}"
    write_template(path, format=form, language=language)
    return path


def _entry(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("form", FORMATS)
def test_german_template_has_all_sheets_and_headers(tmp_path: Path, form: Format) -> None:
    with CalamineWorkbook.from_path(_template(tmp_path, form, "de")) as workbook:
        sheets = {name: workbook.get_sheet_by_name(name).to_python() for name in SHEETS}

        assert workbook.sheet_names == SHEETS
    for table in TABLES:
        headers = [folded(str(header)) for header in sheets[table.german][0]]
        assert headers == [folded(column.german) for column in table.columns]
    items = [folded(str(row[0])) for row in sheets["Konzept"][1:]]
    assert items == [folded(row.german) for row in CONCEPT_ROWS]
    assert len(sheets["Hinweise"]) == 11


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_template_is_understood_once_filled_in(tmp_path: Path, form: Format, language: str) -> None:
    path = _template(tmp_path, form, language)

    with pytest.raises(InvalidFile) as caught:
        read_document(path)

    sheet, column = ("Konzept", "Wert") if language == "de" else ("Concept", "Value")
    assert [problem.place for problem in caught.value.problems] == [
        f"sheet {sheet}, row 3, column {column}",
        f"sheet {sheet}, row 5, column {column}",
    ]


def test_every_header_is_explained(tmp_path: Path) -> None:
    path = _template(tmp_path, Format.XLSX)

    columns = sum(len(table.columns) for table in (CONCEPT, *TABLES))
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/comments")]
        notes = "".join(archive.read(name).decode() for name in names)
    assert notes.count("<comment ") == columns + len(CONCEPT_ROWS)
    assert "The goals the measure serves, the main one first. Several are separated" in notes


def test_cells_offer_what_is_possible(tmp_path: Path) -> None:
    measures = _entry(_template(tmp_path, Format.XLSX, "de"), "xl/worksheets/sheet5.xml")

    offers = re.findall(r"<formula1>(.*?)</formula1>", measures)
    assert offers == [
        "'Ziele'!$A$2:$A$501",
        "'Stufen'!$B$2:$B$501",
        "'Zielgruppen'!$B$2:$B$501",
        '"einmalig,dauerhaft"',
        "'Organisationen'!$B$2:$B$501",
        "'Organisationen'!$B$2:$B$501",
        '"ja,nein"',
    ]
    assert '<pane xSplit="2" ySplit="1" topLeftCell="C2" activePane="bottomRight" ' in measures


def test_ods_cells_offer_what_is_possible(tmp_path: Path) -> None:
    content = _entry(_template(tmp_path, Format.ODS, "de"), "content.xml")

    assert "of:cell-content-is-in-list(&quot;einmalig&quot;;&quot;dauerhaft&quot;)" in content or (
        """of:cell-content-is-in-list("einmalig";"dauerhaft")""" in content
    )
    assert "of:cell-content-is-in-list([$'Organisationen'.$B$2:.$B$501])" in content
    assert content.count("<office:annotation>") > len(CONCEPT_ROWS)


@pytest.mark.parametrize("form", FORMATS)
def test_template_is_the_same_every_time(tmp_path: Path, form: Format) -> None:
    first = _template(tmp_path, form).read_bytes()

    assert _template(tmp_path, form).read_bytes() == first


@pytest.mark.parametrize("form", [Format.YAML, Format.CSV, Format.DOCX])
def test_other_formats_have_no_template(tmp_path: Path, form: Format) -> None:
    with pytest.raises(ValueError, match=form):
        write_template(tmp_path / "x", format=form)
