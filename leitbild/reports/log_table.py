"""The audit log as a table for spreadsheets: CSV and XLSX."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext

from leitbild.core.models import AuditEvent
from leitbild.reports.log import log_lines
from leitbild.reports.tables import csv_table, xlsx_table

WIDTHS: Final = (10, 20, 26, 50, 24, 20, 10, 90)
"""Widths of the columns, in characters."""


def log_csv(events: Iterable[AuditEvent]) -> bytes:
    """The events as CSV, in the order given."""
    return csv_table(_titles(), _rows(events))


def log_xlsx(events: Iterable[AuditEvent], *, title: str) -> bytes:
    """The events as a workbook, in the order given."""
    return xlsx_table(
        _titles(), _rows(events), widths=WIDTHS, title=title, sheet=gettext("Audit log")
    )


def _titles() -> list[str]:
    return [
        gettext("Number"),
        gettext("When"),
        gettext("Who"),
        gettext("What"),
        gettext("Action"),
        gettext("Kind of record"),
        gettext("Record"),
        gettext("Details"),
    ]


def _rows(events: Iterable[AuditEvent]) -> Iterator[list[str]]:
    for line in log_lines(events):
        event = line.event
        yield [
            str(event.pk),
            timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M:%S"),
            line.who,
            line.what,
            event.action,
            event.record,
            str(event.record_id or ""),
            "\n".join(map(str, line.details)),
        ]
