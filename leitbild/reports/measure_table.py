"""The list of measures as a table for spreadsheets: CSV and XLSX."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import xlsxwriter
from django.utils.translation import gettext, gettext_lazy as _

from leitbild.delivery.queries import Standing
from leitbild.plan.queries.outline import MeasureEntry

CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS: Final = (
    (_("Code"), 8),
    (_("Title"), 44),
    (_("Summary"), 60),
    (_("Theme"), 24),
    (_("Goals"), 44),
    (_("Stages of arrival"), 24),
    (_("Target groups"), 24),
    (_("Kind"), 16),
    (_("Start"), 12),
    (_("End"), 12),
    (_("Lead"), 30),
    (_("Partners"), 40),
    (_("State"), 16),
    (_("State as of"), 12),
    (_("Sample"), 9),
    (_("Source"), 30),
    (_("Page"), 40),
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A measure, where it stands, and the address of its page."""

    entry: MeasureEntry
    standing: Standing
    url: str


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


def measure_csv(rows: Sequence[TableRow]) -> bytes:
    """The table as CSV: UTF-8 with byte order mark, semicolons, as Excel expects in German."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([str(title) for title, _width in COLUMNS])
    writer.writerows([_inert(cell) for cell in _cells(row)] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def measure_xlsx(rows: Sequence[TableRow], *, title: str) -> bytes:
    """The table as a workbook with a filter row, ready for print on A4 landscape."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet(gettext("Measures")[:31])
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width, body)
            sheet.write_string(0, column, str(name), head)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(_cells(row)):
                sheet.write_string(number, column, cell, body)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
    return out.getvalue()
