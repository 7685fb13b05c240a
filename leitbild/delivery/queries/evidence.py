"""What belongs to a measure beside its news: milestones with their numbers, money, files."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from leitbild.accounts.models import Municipality
from leitbild.delivery.enums import MoneySource
from leitbild.delivery.models import Attachment, Milestone, MilestoneValue, Money
from leitbild.plan.models import Measure
from leitbild.plan.queries.outline import public_concepts


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone and the numbers that were reported of it, the newest first."""

    milestone: Milestone
    values: Sequence[MilestoneValue] = ()
    today: dt.date = field(default_factory=timezone.localdate)

    @property
    def latest(self) -> MilestoneValue | None:
        """The newest number."""
        return next(iter(self.values), None)

    @property
    def is_overdue(self) -> bool:
        """Whether it should be done by now; not yet on the day itself."""
        return self.milestone.done is None and self.milestone.due < self.today

    @property
    def mark(self) -> str:
        """By which it is known whether somebody has changed it since it was shown."""
        return mark_of(milestone_content(self.milestone))


def steps_of(measure: Measure) -> list[Step]:
    """A measure's milestones, the first due first. Two queries."""
    values = Prefetch("values_read", MilestoneValue.objects.order_by("-date", "-pk"))
    rows = Milestone.objects.filter(measure=measure).order_by("due", "pk").prefetch_related(values)
    return [Step(row, list(row.values_read.all())) for row in rows]


def sums_of(measure: Measure) -> list[Money]:
    """A measure's money by year and source. One query."""
    sources: list[str] = list(MoneySource.values)
    rows = Money.objects.filter(measure=measure)
    return sorted(rows, key=lambda row: (row.year, sources.index(row.source)))


def milestone_content(milestone: Milestone) -> dict[str, Any]:
    """What a milestone says."""
    return {
        "title": milestone.title,
        "due": milestone.due,
        "done": milestone.done,
        "target": milestone.target,
        "unit": milestone.unit,
    }


def sums_content(money: Money | None) -> dict[str, int | None]:
    """What a row of money says, in cents; nothing where there is none."""
    return {
        "planned": money.planned_cents if money else None,
        "spent": money.spent_cents if money else None,
    }


def mark_of(content: Mapping[str, Any]) -> str:
    """By which what somebody had before them is compared with what is there now."""
    said = "\x1f".join(
        f"{name}={value.isoformat() if isinstance(value, dt.date) else value}"
        for name, value in sorted(content.items())
    )
    return sha256(said.encode()).hexdigest()[:16]


def attachments(municipality: Municipality) -> QuerySet[Attachment]:
    """Every attached file of a municipality's measures, for those who work here."""
    return Attachment.objects.filter(measure__concept__municipality=municipality)


def public_attachments(municipality: Municipality) -> QuerySet[Attachment]:
    """Attached files everybody may read: public ones of measures everybody may read."""
    return Attachment.objects.filter(
        public=True, measure__concept__in=public_concepts(municipality)
    )
