"""What a report counts and sums; every measure is counted once, and nothing is averaged."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from leitbild.delivery.conduct import Conduct
from leitbild.delivery.enums import MoneySource
from leitbild.delivery.queries import state_names
from leitbild.reports.council.content import ReportedMeasure, StateCount, Sum


def state_counts(measures: Iterable[ReportedMeasure], conduct: Conduct) -> list[StateCount]:
    """How many measures are in which state now and were before, states that occur in order."""
    measures = list(measures)
    now = Counter(each.now.state for each in measures)
    before = Counter(each.before.state for each in measures)
    return [
        StateCount(
            state=name,
            label=conduct.label(name),
            shape=conduct.shape(name),
            now=now[name],
            before=before[name],
        )
        for name in state_names()
        if now[name] or before[name]
    ]


def sums(measures: Iterable[ReportedMeasure]) -> list[Sum]:
    """The measures' money by year and source."""
    rows = [row for each in measures for row in each.money]
    return [
        _sum([row for row in rows if (row.year, row.source) == (year, source)], year, source)
        for year in sorted({row.year for row in rows})
        for source in MoneySource.values
        if any((row.year, row.source) == (year, source) for row in rows)
    ]


def totals(measures: Iterable[ReportedMeasure]) -> list[Sum]:
    """The measures' money by year over all sources; a measure with two sources gave one figure."""
    whole = [row for each in measures for row in each.totals]
    return [
        _sum([row for row in whole if row.year == year], year)
        for year in sorted({row.year for row in whole})
    ]


def yearly(rows: Sequence[Sum]) -> list[Sum]:
    """One measure's money by year over all sources."""
    merged = (
        _sum([row for row in rows if row.year == year], year)
        for year in sorted({row.year for row in rows})
    )
    return [
        each.model_copy(
            update={
                "planned_known": min(each.planned_known, 1),
                "spent_known": min(each.spent_known, 1),
            }
        )
        for each in merged
    ]


def source_label(source: str) -> str:
    """Where money comes from in words; without a source it is from all."""
    return str(MoneySource(source).label) if source else _("all sources")


def _sum(rows: Sequence[Sum], year: int, source: str = "") -> Sum:
    planned = [row.planned_cents for row in rows if row.planned_cents is not None]
    spent = [row.spent_cents for row in rows if row.spent_cents is not None]
    return Sum(
        year=year,
        source=source,
        label=source_label(source),
        planned_cents=sum(planned) if planned else None,
        spent_cents=sum(spent) if spent else None,
        planned_known=sum(row.planned_known for row in rows),
        spent_known=sum(row.spent_known for row in rows),
        sample=any(row.sample for row in rows),
    )
