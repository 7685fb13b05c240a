"""Tables for spreadsheets: rows of texts as CSV or XLSX."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xlsxwriter import Workbook

CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET: Final = re.compile(r"[\[\]:*?/\\']")
"""What Excel forbids in a sheet's name."""
CELL_LENGTH: Final = 32_767
"""Characters Excel keeps in a cell."""


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (CSV injection, CWE-1236)."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def csv_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The table as CSV: UTF-8 with byte order mark, semicolons, as Excel expects in German."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(titles)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_table(
    titles: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[int],
    title: str,
    sheet: str,
) -> bytes:
    """The table as a workbook with a filter row, ready for print on A4 landscape.

    `widths` are the columns' in characters.
    """
    out = io.BytesIO()
    with new_workbook(out, title=title) as book:
        page = book.add_worksheet(SHEET.sub(" ", sheet)[:31])
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(zip(titles, widths, strict=True)):
            page.set_column(column, column, width, body)
            page.write_string(0, column, name, head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                page.write_string(last, column, cell[:CELL_LENGTH], body)
        page.freeze_panes(1, 2)
        page.autofilter(0, 0, max(last, 1), len(widths) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.repeat_rows(0)
    return out.getvalue()


def new_workbook(out: io.BytesIO, *, title: str) -> "Workbook":
    """An empty workbook, kept in memory, in which no text is taken for a formula or an address."""
    # Not at the top: it takes a moment to load, and only who takes a workbook along needs it.
    import xlsxwriter  # noqa: PLC0415

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title})
    return book
