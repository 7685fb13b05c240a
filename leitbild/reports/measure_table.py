"""The list of measures as a table for spreadsheets: CSV and XLSX."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import xlsxwriter
from django.utils.text import capfirst
from django.utils.translation import gettext

from leitbild.accounts.terminology import Terms
from leitbild.delivery.queries import Standing
from leitbild.plan.queries.outline import MeasureEntry

CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET: Final = re.compile(r"[\[\]:*?/\\']")
"""What Excel forbids in a sheet's name."""
WIDTHS: Final = (8, 44, 60, 24, 44, 24, 24, 16, 12, 12, 30, 40, 16, 12, 9, 30, 40)
"""Widths of the columns, in characters."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A measure, where it stands, and the address of its page."""

    entry: MeasureEntry
    standing: Standing
    url: str


def _titles(terms: Terms) -> list[str]:
    return [
        gettext("Code"),
        gettext("Title"),
        gettext("Summary"),
        capfirst(terms.theme.one),
        capfirst(terms.goal.many),
        gettext("Stages of arrival"),
        gettext("Target groups"),
        gettext("Kind"),
        gettext("Start"),
        gettext("End"),
        gettext("Lead"),
        gettext("Partners"),
        gettext("State"),
        gettext("State as of"),
        gettext("Sample"),
        gettext("Source"),
        gettext("Page"),
    ]


def _cells(row: TableRow) -> list[str]:
    entry, measure = row.entry, row.entry.measure
    update = row.standing.update
    return [
        measure.code,
        measure.t.title.plain,
        measure.t.summary.plain,
        f"{entry.theme.number} {entry.theme.t.name.plain}",
        "; ".join(f"{goal.code} {goal.t.title.plain}" for goal in entry.goals),
        "; ".join(stage.t.name.plain for stage in entry.stages),
        "; ".join(group.t.name.plain for group in entry.target_groups),
        str(measure.get_kind_display()),
        _moment(measure.planned_start),
        _moment(measure.planned_end),
        entry.lead.t.name.plain if entry.lead else "",
        "; ".join(partner.t.name.plain for partner in entry.partners),
        row.standing.label,
        update.date.isoformat() if update else "",
        gettext("yes") if measure.sample else "",
        measure.source_url,
        row.url,
    ]


def _moment(moment: object) -> str:
    return "" if moment is None else str(moment)


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (CSV injection, CWE-1236)."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def measure_csv(rows: Sequence[TableRow], *, terms: Terms) -> bytes:
    """The table as CSV: UTF-8 with byte order mark, semicolons, as Excel expects in German."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(_titles(terms))
    writer.writerows([_inert(cell) for cell in _cells(row)] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def measure_xlsx(rows: Sequence[TableRow], *, terms: Terms, title: str) -> bytes:
    """The table as a workbook with a filter row, ready for print on A4 landscape."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet(SHEET.sub(" ", capfirst(terms.measure.many))[:31])
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(zip(_titles(terms), WIDTHS, strict=True)):
            sheet.set_column(column, column, width, body)
            sheet.write_string(0, column, name, head)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(_cells(row)):
                sheet.write_string(number, column, cell, body)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(len(rows), 1), len(WIDTHS) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
    return out.getvalue()
