"""Tables of a document."""

import datetime as dt
from pathlib import Path

from python_calamine import CalamineWorkbook

from leitbild.plan.document import parse_document
from leitbild.plan.exchange import Format, write_document
from leitbild.plan.exchange.tables.writer import tables_of
from tests.plan.exchange.examples import raw, small


def test_tables_show_words_moments_and_keys() -> None:
    sheets = {sheet.name: sheet.rows for _table, sheet in tables_of(small())}

    measures = dict(zip(*sheets["Maßnahmen"], strict=True))
    assert measures == {
        "Code": "1.1",
        "Titel": "Kurse am Abend",
        "Kurztext": None,
        "Text": "Kurse mit **Kinderbetreuung**.",
        "Ziele": "1a; 1b",
        "Stufen": None,
        "Zielgruppen": None,
        "Art": "einmalig",
        "Start": 2027,
        "Ende": dt.date(2028, 6, 30),
        "Federführung": "amt",
        "Beteiligte": None,
        "Quelle": None,
        "Muster": None,
    }


def test_translations_stand_beside_their_source() -> None:
    data = raw()
    data["themes"][0]["name"] = {"de": "Sprache", "en": "Language", "ar": "لغة"}

    sheets = {sheet.name: sheet.rows for _table, sheet in tables_of(parse_document(data))}

    assert list(sheets["Themenfelder"][0][:6]) == [
        "Nummer", "Kurzname", "Name", "Name (ar)", "Name (en)", "Leitbild"
    ]  # fmt: skip


def test_texts_in_excel_never_become_formulas_or_numbers(tmp_path: Path) -> None:
    data = raw()
    data["measures"][0] |= {"code": "2.10", "title": "=1+1", "text": "https://example.org"}
    path = tmp_path / "a.xlsx"

    write_document(parse_document(data), path, format=Format.XLSX)

    with CalamineWorkbook.from_path(path) as workbook:
        row = workbook.get_sheet_by_name("Maßnahmen").to_python()[1]
    assert [row[0], row[1], row[3]] == ["2.10", "=1+1", "https://example.org"]
