"""What happened to a concept's measures in a period, and how things stood at its end."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from django.db.models import OuterRef, Q, QuerySet, Subquery

from leitbild.delivery.enums import MoneySource, UpdateKind
from leitbild.delivery.models import CouncilPaper, Milestone, MilestoneValue, Money, ProgressUpdate
from leitbild.delivery.queries.standings import newest_updates, seen
from leitbild.plan.models import Concept

Row = TypeVar("Row", Money, CouncilPaper)

SOURCES: Final[list[str]] = list(MoneySource.values)


def updates_between(
    concept: Concept, *, since: dt.date, until: dt.date, internal: bool = False
) -> QuerySet[ProgressUpdate]:
    """The updates of all measures in a period, both days included; the newest first."""
    return (
        ProgressUpdate.objects.filter(seen(internal=internal), measure__concept=concept)
        .filter(date__gte=since, date__lte=until)
        .order_by("-date", "-id")
    )


def last_words(
    concept: Concept, *, until: dt.date, internal: bool = False
) -> dict[int, ProgressUpdate]:
    """The newest update of each measure up to a day that says more than “unchanged”. One query."""
    counting = Q(kind=UpdateKind.REPORTED, date__lte=until) & seen(internal=internal)
    return newest_updates(concept, counting)


@dataclass(frozen=True, slots=True)
class MilestoneThen:
    """A milestone as it stood at the end of a day."""

    milestone: Milestone
    done: dt.date | None
    value: int | None
    is_overdue: bool


def milestones_at(concept: Concept, day: dt.date) -> dict[int, list[MilestoneThen]]:
    """The milestones of all measures as they stood at the end of a day, by the measure's id.

    What was done later was open then; on the day it is due a milestone isn't overdue yet. One
    query.
    """
    newest = (
        MilestoneValue.objects.filter(milestone=OuterRef("pk"), date__lte=day)
        .order_by("-date", "-id")
        .values("value")
    )
    found: dict[int, list[MilestoneThen]] = {}
    rows = Milestone.objects.filter(measure__concept=concept).annotate(then=Subquery(newest[:1]))
    for row in rows.order_by("due", "id"):
        done = row.done if row.done and row.done <= day else None
        then = MilestoneThen(row, done, row.then, done is None and row.due < day)
        found.setdefault(row.measure_id, []).append(then)
    return found


def money_of(concept: Concept) -> dict[int, list[Money]]:
    """All money of all measures by the measure's id, by year and source. One query."""
    rows = Money.objects.filter(measure__concept=concept)
    return _by_measure(sorted(rows, key=lambda each: (each.year, SOURCES.index(each.source))))


def papers_until(concept: Concept, day: dt.date) -> dict[int, list[CouncilPaper]]:
    """Papers of the council up to a day, and those without one, the newest first. One query."""
    rows = CouncilPaper.objects.filter(Q(date__lte=day) | Q(date=None), measure__concept=concept)
    return _by_measure(sorted(rows, key=lambda each: (each.date or dt.date.min, each.pk))[::-1])


def _by_measure(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.measure_id, []).append(row)
    return found
