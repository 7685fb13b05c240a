"""The list of measures as a table for spreadsheets: CSV and XLSX."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext

from leitbild.accounts.terminology import Terms
from leitbild.delivery.queries import Standing
from leitbild.plan.queries.outline import MeasureEntry
from leitbild.reports.tables import csv_table, xlsx_table

WIDTHS: Final = (8, 44, 60, 24, 44, 24, 24, 16, 12, 12, 30, 40, 16, 12, 12, 12, 9, 30, 40)
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
        gettext("Last news"),
        gettext("News"),
        gettext("Days since the last news"),
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
        str(row.standing.freshness.label),
        _moment(row.standing.silent_days),
        gettext("yes") if measure.sample else "",
        measure.source_url,
        row.url,
    ]


def _moment(moment: object) -> str:
    return "" if moment is None else str(moment)


def measure_csv(rows: Sequence[TableRow], *, terms: Terms) -> bytes:
    """The table as CSV."""
    return csv_table(_titles(terms), map(_cells, rows))


def measure_xlsx(rows: Sequence[TableRow], *, terms: Terms, title: str) -> bytes:
    """The table as a workbook."""
    return xlsx_table(
        _titles(terms),
        map(_cells, rows),
        widths=WIDTHS,
        title=title,
        sheet=capfirst(terms.measure.many),
    )
