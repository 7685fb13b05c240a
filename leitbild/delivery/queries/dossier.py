"""Everything the public may know of one measure's delivery, or everything there is."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from leitbild.core.models import Translatable
from leitbild.core.prepared import Given
from leitbild.core.together import Together
from leitbild.delivery.conduct import Conduct
from leitbild.delivery.enums import MoneySource
from leitbild.delivery.models import (
    Attachment,
    CouncilPaper,
    Milestone,
    MilestoneValue,
    Money,
    ProgressUpdate,
    Rhythm,
)
from leitbild.delivery.queries.periods import MilestoneThen
from leitbild.delivery.queries.standings import Standing, seen
from leitbild.plan.enums import Outcome
from leitbild.plan.models import Concept, Decision, Measure, Resolution

SOURCES: Final[list[str]] = list(MoneySource.values)
_CONCEPT: Final = Given("concept", BigIntegerField())
_CODE: Final = Given("code", CharField())
_TODAY: Final = Given("today", DateField())


@dataclass(frozen=True, slots=True)
class Dossier:
    """What was reported of a measure, its milestones, money, papers and files.

    Resolutions and adoptions are about the whole concept; an adoption has the `number` of its
    publication.
    """

    conduct: Conduct
    rhythm: int | None
    updates: list[ProgressUpdate]
    milestones: list[MilestoneThen]
    money: list[Money]
    papers: list[CouncilPaper]
    attachments: list[Attachment]
    resolutions: list[Resolution]
    adoptions: list[Decision]
    today: dt.date = field(default_factory=timezone.localdate)

    def standing(self, measure: Measure) -> Standing:
        """Where the measure stands by its newest update."""
        newest = next(iter(self.updates), None)
        return Standing(newest, self.conduct, self.rhythm, measure.start, self.today)

    @property
    def last_word(self) -> ProgressUpdate | None:
        """The newest update that says more than “unchanged”."""
        return next((each for each in self.updates if not each.is_confirmation), None)

    def rows(self) -> list[Translatable]:
        """Everything with texts, for the reader's language to be laid over."""
        steps = [each.milestone for each in self.milestones]
        return [*self.updates, *steps, *self.papers, *self.resolutions]


def dossier(concept: Concept, code: str, conduct: Conduct, *, internal: bool = False) -> Dossier:
    """What there is on the concept's measure with this code. One query.

    Internal news, files that aren't public, and money that isn't published come only where
    `internal` is asked for.
    """
    today = timezone.localdate()
    question = _question(internal=internal, with_money=internal or conduct.money_is_public)
    rhythms, updates, milestones, sums, papers, attachments, resolutions, adoptions = question.rows(
        concept=concept.pk, code=code, today=today
    )
    return Dossier(
        conduct=conduct,
        rhythm=_months(rhythms),
        updates=sorted(updates, key=lambda each: (each.date, each.pk), reverse=True),
        milestones=[
            MilestoneThen(each, each.done, each.newest, each.done is None and each.due < today)
            for each in sorted(milestones, key=lambda each: (each.due, each.pk))
        ],
        money=sorted(sums, key=lambda each: (each.year, SOURCES.index(each.source))),
        papers=sorted(papers, key=lambda each: (each.date or dt.date.min, each.pk), reverse=True),
        attachments=sorted(attachments, key=lambda each: each.pk, reverse=True),
        resolutions=sorted(resolutions, key=lambda each: (each.position, each.pk)),
        adoptions=sorted(adoptions, key=lambda each: each.pk),
        today=today,
    )


@cache
def _question(*, internal: bool, with_money: bool) -> Together:
    """What is asked above, of any measure."""
    own = Q(measure__concept=_CONCEPT, measure__code=_CODE)
    money, files = Money.objects.filter(own), Attachment.objects.filter(own)
    return Together(
        Rhythm.objects.filter(Q(measure=None) | Q(measure__code=_CODE), concept=_CONCEPT),
        ProgressUpdate.objects.filter(own, seen(internal=internal)),
        _with_values(Milestone.objects.filter(own)),
        money if with_money else money.none(),
        CouncilPaper.objects.filter(own),
        files if internal else files.filter(public=True),
        Resolution.objects.filter(concept=_CONCEPT),
        Decision.objects.filter(publication__concept=_CONCEPT, outcome=Outcome.ADOPTED).annotate(
            number=F("publication__number")
        ),
    )


def _with_values(milestones: QuerySet[Milestone]) -> QuerySet[Milestone]:
    """Each with the number that was last reported of it."""
    values = MilestoneValue.objects.filter(milestone=OuterRef("pk"), date__lte=_TODAY)
    newest = values.order_by("-date", "-id").values("value")[:1]
    return milestones.annotate(newest=Subquery(newest))


def _months(rhythms: Iterable[Rhythm]) -> int | None:
    """The measure's own rhythm, else the concept's."""
    by_measure = {each.measure_id is not None: each.months for each in rhythms}
    return by_measure.get(True, by_measure.get(False))
