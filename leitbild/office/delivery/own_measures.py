"""The measures somebody reports on: what is owed first, what is near, what they reported."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from leitbild.accounts.models import Organisation
from leitbild.delivery.enums import Freshness
from leitbild.delivery.models import Milestone, ProgressUpdate, UpdateRequest
from leitbild.delivery.queries import Standing, standings
from leitbild.delivery.queries.answers import open_requests
from leitbild.delivery.queries.evidence import Step
from leitbild.delivery.rules import is_reported_on, may_conduct
from leitbild.office.delivery.sheets import MAIN_THEME
from leitbild.office.desk import Desk
from leitbild.plan.models import Concept, Measure

SOON: Final = dt.timedelta(days=30)
"""How long before it is due a milestone is brought up."""
ORDER: Final = (Freshness.SILENT, Freshness.DUE, Freshness.FRESH, Freshness.CLOSED)
OWED: Final = (Freshness.SILENT, Freshness.DUE)


@dataclass(frozen=True, slots=True)
class OwnMeasure:
    """A measure with where it stands, its next steps, and the round that asks for it."""

    measure: Measure
    standing: Standing
    steps: Sequence[Step] = ()
    request: UpdateRequest | None = None

    @property
    def is_owed(self) -> bool:
        """Whether news is due, or overdue."""
        return self.standing.freshness in OWED

    @property
    def can_be_unchanged(self) -> bool:
        """Whether there is something that could be unchanged, and news of it still matters."""
        return self.standing.update is not None and self.standing.freshness != Freshness.CLOSED


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """The measures of an organisation."""

    lead: Organisation | None
    measures: Sequence[OwnMeasure]


class OwnMeasures:
    """What the person at a desk reports on: an editor's measures, for the officer all."""

    def __init__(self, desk: Desk) -> None:
        """Look at the desk."""
        self.desk = desk
        self.sees_all = may_conduct(desk.access)

    @cached_property
    def concept(self) -> Concept | None:
        """The edition that is carried out."""
        return next((each for each in self.desk.concepts if is_reported_on(each)), None)

    @cached_property
    def _standings(self) -> list[tuple[Measure, Standing]]:
        """The measures with where they stand; what is owed first, then in the plan's order."""
        if self.concept is None:
            return []
        rows = Measure.objects.filter(concept=self.concept).select_related("lead")
        rows = rows.annotate(theme_id=MAIN_THEME)
        if not self.sees_all:
            rows = rows.filter(lead__in=self.desk.access.organisations)
        found = standings(self.concept, self.desk.municipality, internal=True)
        pairs = [(each, found.of_measure(each)) for each in rows]
        return sorted(pairs, key=lambda pair: ORDER.index(pair[1].freshness))

    @cached_property
    def owed(self) -> list[OwnMeasure]:
        """The measures of which news is due or overdue."""
        found = (OwnMeasure(*pair) for pair in self._standings)
        return [each for each in found if each.is_owed]

    @cached_property
    def groups(self) -> list[OwnGroup]:
        """All measures by who leads them; those that nobody leads come last."""
        ids = [measure.pk for measure, _standing in self._standings]
        near, asked = self._near(ids), self._asked(ids)
        found = [
            OwnMeasure(measure, standing, near.get(measure.pk, ()), asked.get(measure.pk))
            for measure, standing in self._standings
        ]
        found.sort(key=lambda each: _place(each.measure.lead))
        return [
            OwnGroup(own[0].measure.lead, own)
            for own in (
                list(each) for _key, each in groupby(found, key=lambda one: one.measure.lead_id)
            )
        ]

    @property
    def total(self) -> int:
        """How many measures."""
        return len(self._standings)

    @property
    def history(self) -> QuerySet[ProgressUpdate]:
        """What the person reported, the last first."""
        own = ProgressUpdate.objects.filter(
            author=self.desk.user, measure__concept__municipality=self.desk.municipality
        )
        return own.select_related("measure__concept").order_by("-pk")

    def _near(self, ids: Sequence[int]) -> dict[int, list[Step]]:
        """Open milestones that are due soon, or should be done by now. One query."""
        until = timezone.localdate() + SOON
        found: dict[int, list[Step]] = {}
        for each in Milestone.objects.filter(measure__in=ids, done=None, due__lte=until):
            found.setdefault(each.measure_id, []).append(Step(each))
        return found

    def _asked(self, ids: Sequence[int]) -> dict[int, UpdateRequest]:
        """Questions of rounds that wait for an answer. One query."""
        sent = UpdateRequest.objects.filter(
            measure__in=ids, round__sent_at__isnull=False, round__closed_at=None
        )
        rows = open_requests(sent).select_related("round", "recipient")
        return {each.measure_id: each for each in rows}


def _place(lead: Organisation | None) -> tuple[bool, int, int]:
    return (lead is None, lead.position if lead else 0, lead.pk if lead else 0)
