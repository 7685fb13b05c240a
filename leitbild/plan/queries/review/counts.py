"""How many findings a concept had on the days on which it was worked on."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum

from leitbild.plan.models import Concept, FindingCount
from leitbild.plan.queries.review import CHECKS


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many findings there were at the end of a day."""

    day: dt.date
    count: int


def counts_over_time(concept: Concept, name: str = "") -> list[DayCount]:
    """The findings of one check, or of all, day by day, the oldest first. One query.

    Only days on which the concept changed are kept; between two of them nothing did.
    """
    names = [name] if name else [check.name for check in CHECKS]
    days = FindingCount.objects.filter(concept=concept, check_name__in=names).values("day")
    counted = days.annotate(total=Sum("count")).order_by("day")
    return [DayCount(day, total) for day, total in counted.values_list("day", "total")]
