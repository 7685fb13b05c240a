"""Writes tables as an Excel workbook."""

import datetime as dt
import io
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange.tables.columns import Table
from leitbild.plan.exchange.tables.concept_rows import CONCEPT
from leitbild.plan.exchange.tables.sheet import Cell, Sheet
from leitbild.plan.exchange.tables.writer import column_of, tables_of

# The file shall depend on its content alone, not on the moment it was written.
CREATED: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_HEADER: Final = {
    "bold": True,
    "text_wrap": True,
    "valign": "top",
    "bottom": 2,
    "bg_color": "#e8edf2",
}


def xlsx_bytes(document: ConceptDocument) -> bytes:
    """The document as a workbook."""
    buffer = io.BytesIO()
    with new_workbook(buffer, title=document.concept.title[document.language]) as workbook:
        styles = Styles(workbook)
        for table, sheet in tables_of(document):
            _write(workbook.add_worksheet(sheet.name), table, sheet, styles)
    return buffer.getvalue()


def new_workbook(buffer: io.BytesIO, *, title: str) -> xlsxwriter.Workbook:
    """An empty workbook in which no text becomes a formula, a number or a link."""
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    workbook.set_properties({"title": title[:255], "created": CREATED})
    return workbook


class Styles:
    """The few looks cells have."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        """Register them with a workbook."""
        self.header: Format = workbook.add_format(_HEADER)
        # “@” keeps Excel from reading 2.10 as a number when someone edits the cell.
        self.text: Format = workbook.add_format(
            {"text_wrap": True, "valign": "top", "num_format": "@"}
        )
        self.number: Format = workbook.add_format({"valign": "top"})
        self.date: Format = workbook.add_format({"valign": "top", "num_format": "dd.mm.yyyy"})


def _write(worksheet: Worksheet, table: Table, sheet: Sheet, styles: Styles) -> None:
    worksheet.freeze_panes(1, 1 if table is CONCEPT else 2)
    for position, header in enumerate(sheet.rows[0]):
        worksheet.write_string(0, position, str(header), styles.header)
        column = column_of(table, str(header))
        worksheet.set_column(position, position, column.width if column else 20)
    for number, row in enumerate(sheet.rows[1:], start=1):
        for position, cell in enumerate(row):
            write_cell(worksheet, number, position, cell, styles)


def write_cell(worksheet: Worksheet, row: int, column: int, cell: Cell, styles: Styles) -> None:
    """Write a value as what it is."""
    if cell is None:
        return
    if isinstance(cell, dt.date):
        moment = dt.datetime.combine(cell, dt.time())
        worksheet.write_datetime(row, column, moment, styles.date)
    elif isinstance(cell, int | float):
        worksheet.write_number(row, column, cell, styles.number)
    else:
        worksheet.write_string(row, column, str(cell), styles.text)
