"""Excel and OpenDocument files with what their readers don't tell."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leitbild.plan.exchange import (
    Format,
    InvalidFile,
    Unplaced,
    UnreadableFile,
    read_document,
    write_document,
)
from leitbild.plan.exchange.tables.survey import MAX_ROWS
from tests.plan.exchange.examples import small
from tests.plan.exchange.tables.books import MEASURES, book, edited, sheet_number

MEASURES_ENTRY = sheet_number("Maßnahmen")


def _problems(path: Path) -> list[str]:
    with pytest.raises(InvalidFile) as caught:
        read_document(path)
    return [str(problem) for problem in caught.value.problems]


def _merge(sheet: str, *area: Any) -> Callable[[Any], None]:
    return lambda workbook: workbook.get_worksheet_by_name(sheet).merge_range(*area)


def _formula(value: Any) -> Callable[[Any], None]:
    return lambda workbook: workbook.get_worksheet_by_name("Maßnahmen").write_formula(
        1, 1, '="Kurse"&" am Abend"', None, value
    )


def test_formula_is_read_as_its_result(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", more=_formula("Kurse am Tag"))

    result = read_document(path)

    assert result.document.measures[0].title == {"de": "Kurse am Tag"}
    note = "One cell holds a formula; its last result was taken: B2."
    assert result.unplaced == (Unplaced("sheet Maßnahmen", note, is_taken=True),)


def test_many_formulas_are_named_briefly_and_those_beside_the_table_not_at_all(
    tmp_path: Path,
) -> None:
    rows = [*MEASURES, *(["2." + str(number), None, "1a"] for number in range(7))]

    def calculate(workbook: Any) -> None:
        sheet = workbook.get_worksheet_by_name("Maßnahmen")
        for number in range(7):
            sheet.write_formula(number + 2, 1, '="Kurs "&A3', None, f"Kurs {number}")
        sheet.write_formula(2, 9, "=1+1", None, 2)

    result = read_document(book(tmp_path / "a.xlsx", {"Maßnahmen": rows}, more=calculate))

    assert [each.text for each in result.unplaced if each.is_taken] == [
        "7 cells hold formulas; their last results were taken: B3, B4, B5, B6, B7, …."
    ]


def test_formula_without_result_is_reported(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", more=_formula("Kurse am Tag"))
    edited(
        path,
        MEASURES_ENTRY,
        lambda xml: xml.replace("<v>Kurse am Tag</v>", "<v></v>").replace(' t="str"', ""),
    )

    assert _problems(path) == [
        (
            "sheet Maßnahmen, row 2, column Titel: Cell B2 holds a formula whose result isn’t "
            "stored in the file. Open the file in Excel or LibreOffice, save it and try again, or "
            "enter the value itself."
        )
    ]


def test_error_in_a_cell_is_reported(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", more=_formula("#REF!"))

    assert _problems(path) == [
        (
            "sheet Maßnahmen, row 2, column Titel: Cell B2 shows an error instead of a value. "
            "Please correct the formula or enter the value itself."
        )
    ]


def test_merged_data_cells_are_reported(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", more=_merge("Maßnahmen", 1, 2, 3, 2, "1a"))

    assert _problems(path) == [
        (
            "sheet Maßnahmen, row 2: The cells C2:C4 are merged, so it isn’t clear which rows "
            "their content belongs to. Please undo the merge and fill in each cell."
        )
    ]


def test_merged_cells_above_beside_or_without_content_do_no_harm(tmp_path: Path) -> None:
    def merge(workbook: Any) -> None:
        sheet = workbook.get_worksheet_by_name("Maßnahmen")
        sheet.merge_range(0, 0, 0, 4, "Unsere Maßnahmen")
        sheet.merge_range(3, 6, 4, 7, "am Rand")
        sheet.merge_range(5, 0, 6, 2, "")

    rows = [["Unsere Maßnahmen"], *MEASURES]
    path = book(tmp_path / "a.xlsx", {"Maßnahmen": rows}, more=merge)

    assert [measure.code for measure in read_document(path).document.measures] == ["1.1"]


def test_ods_formulas_errors_and_merges_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    write_document(small(), path, format=Format.ODS)
    text = (
        '<table:table-cell table:style-name="Text" office:value-type="string"><text:p>{}</text:p>'
    )

    def change(xml: str) -> str:
        return (
            xml.replace(text.format("Kurse am Abend"), '<table:table-cell table:formula="of:=1">')
            .replace(
                text.format("Niemandem fehlen die Worte."),
                '<table:table-cell xmlns:calcext="urn:org:documentfoundation:names:calcext" '
                'office:value-type="string" calcext:value-type="error"><text:p>#REF!</text:p>',
            )
            .replace(
                text.format("Alle lernen Deutsch."),
                '<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="1" '
                'office:value-type="string"><text:p>Alle</text:p>',
            )
        )

    edited(path, "content.xml", change)

    assert [problem.partition(". ")[0] for problem in _problems(path)] == [
        "sheet Themenfelder, row 2, column Leitbild: Cell D2 shows an error instead of a value",
        (
            "sheet Ziele, row 2: The cells C2:C3 are merged, so it isn’t clear which rows their "
            "content belongs to"
        ),
        (
            "sheet Maßnahmen, row 2, column Titel: Cell B2 holds a formula whose result "
            "isn’t stored in the file"
        ),
    ]


def test_empty_result_in_a_file_of_libreoffice_is_an_empty_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    write_document(small(), path, format=Format.ODS)
    whole = (
        '<table:table-cell table:style-name="Text" office:value-type="string"><text:p>{}</text:p>'
    )
    formula = '<table:table-cell table:formula="of:=&quot;&quot;">'
    vision = whole.format("Niemandem fehlen die Worte.")
    edited(path, "content.xml", lambda xml: xml.replace(vision, formula))
    edited(path, "meta.xml", lambda _empty: "<generator>LibreOffice/7.4</generator>")

    assert "de" not in read_document(path).document.themes[0].vision


def test_macros_are_refused_whatever_the_name(tmp_path: Path) -> None:
    path = edited(book(tmp_path / "a.xlsx"), "xl/vbaProject.bin", lambda _empty: "macro")

    with pytest.raises(UnreadableFile, match="contains macros"):
        read_document(path)


def test_encrypted_ods_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    write_document(small(), path, format=Format.ODS)
    edited(path, "META-INF/manifest.xml", lambda xml: xml + "<manifest:encryption-data/>")

    with pytest.raises(UnreadableFile, match="password"):
        read_document(path)


def test_other_archives_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_document(small(), path, format=Format.DOCX)

    with pytest.raises(UnreadableFile, match="isn’t a spreadsheet"):
        read_document(path)


def test_ods_named_xlsx_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_document(small(), path, format=Format.ODS)

    assert read_document(path).document == small()


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace("<sheetData>", "<sheetData"),
        lambda xml: xml.replace('<row r="2"', '<row r="x"'),
    ],
)
def test_broken_sheet_is_refused(tmp_path: Path, change: Callable[[str], str]) -> None:
    path = edited(book(tmp_path / "a.xlsx"), MEASURES_ENTRY, change)

    with pytest.raises(UnreadableFile, match="damaged"):
        read_document(path)


def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    path = edited(book(tmp_path / "a.xlsx"), "XL/Workbook.xml", lambda _empty: "<x/>")

    with pytest.raises(UnreadableFile, match="damaged"):
        read_document(path)


@pytest.mark.parametrize("cell", ["XFD2", "A1048576", "ZZ90000"])
def test_cell_far_away_is_refused_before_memory_fills(tmp_path: Path, cell: str) -> None:
    far = f'<row r="9"><c r="{cell}"><v>1</v></c></row></sheetData>'
    path = edited(
        book(tmp_path / "a.xlsx"), MEASURES_ENTRY, lambda xml: xml.replace("</sheetData>", far)
    )

    with pytest.raises(UnreadableFile, match=r"Sheet Maßnahmen reaches to cell [A-Z]+\d+, far"):
        read_document(path)


def test_formatted_empty_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    path = edited(
        book(tmp_path / "a.xlsx"), MEASURES_ENTRY, lambda xml: xml.replace("</sheetData>", far)
    )

    assert len(read_document(path).document.measures) == 1


def test_long_text_repeated_by_reference_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx")
    rows = "".join(
        f'<row r="{number}"><c r="H{number}" t="s"><v>0</v></c></row>' for number in range(3, 203)
    )
    edited(path, MEASURES_ENTRY, lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>"))
    edited(path, "xl/sharedStrings.xml", lambda xml: xml.replace(">Angabe<", f">{'a' * 600_000}<"))

    with pytest.raises(UnreadableFile, match="Sheet Maßnahmen reaches"):
        read_document(path)


@pytest.mark.parametrize(
    "row",
    [
        (
            f'<table:table-row table:number-rows-repeated="{MAX_ROWS + 1}"><table:table-cell '
            'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
        ),
        (
            '<table:table-row><table:table-cell table:number-columns-repeated="16384" '
            'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
        ),
        (
            '<table:table-row table:number-rows-repeated="99999999999"><table:table-cell/>'
            '</table:table-row><table:table-row><table:table-cell office:value-type="string">'
            "<text:p>x</text:p></table:table-cell></table:table-row>"
        ),
    ],
)
def test_repeated_ods_cells_are_refused_before_memory_fills(tmp_path: Path, row: str) -> None:
    path = tmp_path / "a.ods"
    write_document(small(), path, format=Format.ODS)
    edited(path, "content.xml", lambda xml: xml.replace("</table:table>", f"{row}</table:table>"))

    with pytest.raises(UnreadableFile, match="far beyond any concept"):
        read_document(path)


def test_ods_keeps_tabs_and_line_breaks_of_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    write_document(small(), path, format=Format.ODS)
    edited(
        path, "content.xml",
        lambda xml: xml.replace("Kurse mit **", "Kurse<text:tab/>und<text:line-break/>mit **"),
    )  # fmt: skip

    assert read_document(path).document.measures[0].text == {
        "de": "Kurse\tund\nmit **Kinderbetreuung**."
    }


def test_chart_sheets_are_skipped(tmp_path: Path) -> None:
    def chart(workbook: Any) -> None:
        diagram = workbook.add_chart({"type": "column"})
        diagram.add_series({"values": "=Themenfelder!$A$2:$A$2"})
        workbook.add_chartsheet("Bild").set_chart(diagram)

    path = book(tmp_path / "a.xlsx", more=chart)

    assert len(read_document(path).document.measures) == 1


def test_sheet_entries_may_stand_anywhere(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    relations = "xl/_rels/workbook.xml.rels"
    entries["xl/Blatt.xml"] = entries.pop(MEASURES_ENTRY)
    entries[relations] = entries[relations].replace(b"worksheets/sheet4.xml", b"/xl/Blatt.xml")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    path.write_bytes(buffer.getvalue())

    assert len(read_document(path).document.measures) == 1
