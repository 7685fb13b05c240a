"""Where measures stand, and how fresh their news is."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final

from dateutil.relativedelta import relativedelta
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from leitbild.accounts.models import Municipality
from leitbild.core.templatetags.components import day
from leitbild.delivery.conduct import NO_NEWS, Conduct, conduct_of
from leitbild.delivery.enums import Freshness, State
from leitbild.delivery.models import ProgressUpdate, Rhythm
from leitbild.plan.models import Concept, Measure
from leitbild.plan.queries.connections import MeasureIds
from leitbild.plan.queries.outline import MeasureEntry

AT_REST: Final = (State.DONE, State.STOPPED)
"""States after which no news is owed."""
PATIENCE: Final = 1.5
"""After how many rhythms without news a measure counts as silent."""
_UPDATE: Final = [field.attname for field in ProgressUpdate._meta.concrete_fields]


def state_names() -> list[str]:
    """All states in the order in which they are shown, silence last."""
    return [*State.values, NO_NEWS]


@dataclass(frozen=True)
class Standing:
    """Where a measure stands by its newest update; silence is a standing, too.

    `rhythm` is in months, `starts` the day it is planned to begin. Pages ask for the same often:
    to filter, to count, to sort, to show.
    """

    update: ProgressUpdate | None
    conduct: Conduct = field(default_factory=Conduct)
    rhythm: int | None = None
    starts: dt.date | None = None
    today: dt.date = field(default_factory=timezone.localdate)

    @property
    def name(self) -> str:
        """The state's name, or `no_news`."""
        return self.update.state if self.update else NO_NEWS

    @property
    def label(self) -> str:
        """The state in the reader's words."""
        return self.conduct.label(self.name)

    @property
    def shape(self) -> str:
        """The form of its stone."""
        return self.conduct.shape(self.name)

    @property
    def months(self) -> int:
        """The rhythm in which news is owed."""
        return self.rhythm or self.conduct.rhythm

    @property
    def silent_days(self) -> int | None:
        """Days since the last news; None where there never was any."""
        return (self.today - self.update.date).days if self.update else None

    @property
    def news(self) -> str:
        """How recent its news is, in words: silence is told in days."""
        if self.update is None:
            return gettext("No news yet")
        if self.freshness == Freshness.SILENT:
            days = (self.today - self.update.date).days
            text = ngettext("No news for {number} day", "No news for {number} days", days)
            return text.format(number=days)
        if self.freshness == Freshness.DUE:
            text = gettext("Last news {day}, the next is due")
        else:
            text = gettext("Last news {day}")
        return text.format(day=day(self.update.date))

    @cached_property
    def due(self) -> dt.date | None:
        """The day by which the next news is owed; None where none is, or none ever came."""
        if self.update is None or self.update.state in AT_REST:
            return None
        return self.update.date + relativedelta(months=self.months)

    @cached_property
    def freshness(self) -> Freshness:
        """Fresh within its rhythm, then due, and silent after one and a half rhythms.

        A measure that is done or stopped owes nothing more; one that never had any news is
        silent, unless it is yet to begin.
        """
        if self.update is None:
            is_to_come = self.starts is not None and self.starts > self.today
            return Freshness.FRESH if is_to_come else Freshness.SILENT
        if self.due is None:
            return Freshness.CLOSED
        if self.today <= self.due:
            return Freshness.FRESH
        days = (self.due - self.update.date).days * PATIENCE
        is_due = self.today <= self.update.date + dt.timedelta(days=int(days))
        return Freshness.DUE if is_due else Freshness.SILENT


@dataclass(frozen=True, slots=True)
class Standings:
    """Where the measures of a concept stand."""

    by_id: Mapping[int, ProgressUpdate]
    conduct: Conduct
    concept_rhythm: int | None = None
    rhythms: Mapping[int, int] = field(default_factory=dict)
    today: dt.date = field(default_factory=timezone.localdate)
    _known: dict[int, Standing] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, entry: MeasureEntry) -> Standing:
        """Where this measure stands."""
        return self.of_measure(entry.measure)

    def of_measure(self, measure: Measure) -> Standing:
        """Where this measure stands."""
        if measure.pk not in self._known:
            self._known[measure.pk] = Standing(
                update=self.by_id.get(measure.pk),
                conduct=self.conduct,
                rhythm=self.rhythms.get(measure.pk, self.concept_rhythm),
                starts=measure.start,
                today=self.today,
            )
        return self._known[measure.pk]

    def label(self, name: str) -> str:
        """A state or `no_news` in the reader's words."""
        return self.conduct.label(name)

    def shape(self, name: str) -> str:
        """The form of a state's stone."""
        return self.conduct.shape(name)


def standings(
    concept: Concept,
    municipality: Municipality,
    *,
    internal: bool = False,
    until: dt.date | None = None,
    only: MeasureIds | None = None,
) -> Standings:
    """Where all measures of a concept stand today, or stood at the end of a day. One query.

    Internal updates count only where `internal` is asked for. A page that shows few of the
    measures asks for `only` those.
    """
    measures = Q(concept=concept) if only is None else Q(concept=concept, pk__in=only)
    rows = list(_updates_and_rhythms(measures, internal=internal, until=until))
    return Standings(
        by_id={pk: update for pk, update, _own, _rest in rows if update},
        conduct=conduct_of(municipality),
        concept_rhythm=next((rest for _pk, _update, _own, rest in rows), None),
        rhythms={pk: own for pk, _update, own, _rest in rows if own},
        today=until or timezone.localdate(),
    )


def _updates_and_rhythms(
    measures: Q, *, internal: bool, until: dt.date | None
) -> Iterator[tuple[int, ProgressUpdate | None, int | None, int | None]]:
    """Of each measure: its id, its newest update that counts, its rhythm, and the concept's."""
    rows = _measures_with_updates(internal=internal, until=until).filter(measures)
    for pk, own, rest, *values in rows:
        has_news = values[0] is not None
        update = ProgressUpdate.from_db(rows.db, _UPDATE, values) if has_news else None
        yield pk, update, own, rest


@lru_cache(maxsize=8)
def _measures_with_updates(*, internal: bool, until: dt.date | None) -> "QuerySet[Measure, Any]":
    """The question asked above, of all concepts; putting it together takes longer than asking."""
    beside = {f"newest_{name}": F(f"newest__{name}") for name in _UPDATE}
    counting = Q(updates__pk=Subquery(_newest(_counting(internal=internal, until=until))))
    rest = Rhythm.objects.filter(concept=OuterRef("concept"), measure=None).values("months")[:1]
    rows = Measure.objects.order_by().annotate(
        newest=FilteredRelation("updates", condition=counting),
        own=F("rhythm__months"),
        rest=Subquery(rest),
        **beside,
    )
    return rows.values_list("pk", "own", "rest", *beside)


def current_updates(
    concept: Concept, *, internal: bool = False, until: dt.date | None = None
) -> dict[int, ProgressUpdate]:
    """The last progress update of each measure that has one, by the measure's id. One query."""
    return newest_updates(concept, _counting(internal=internal, until=until))


def newest_updates(concept: Concept, counting: Q) -> dict[int, ProgressUpdate]:
    """Of the updates that count, the newest of each measure, by the measure's id. One query."""
    wanted = Measure.objects.filter(concept=concept).values(newest=Subquery(_newest(counting)))
    return {update.measure_id: update for update in ProgressUpdate.objects.filter(pk__in=wanted)}


def _newest(counting: Q) -> QuerySet[ProgressUpdate, Any]:
    """Within a query of measures: the id of the newest update that counts."""
    rows = ProgressUpdate.objects.filter(counting, measure=OuterRef("pk"))
    return rows.order_by("-date", "-id").values("pk")[:1]


def updates_of(concept: Concept, code: str, *, internal: bool = False) -> QuerySet[ProgressUpdate]:
    """All progress updates of the concept's measure with this code, the newest first."""
    updates = ProgressUpdate.objects.filter(measure__concept=concept, measure__code=code)
    return updates.filter(seen(internal=internal)).order_by("-date", "-id")


def seen(*, internal: bool) -> Q:
    """Which updates count: the public ones, or all."""
    return Q() if internal else Q(public=True)


def _counting(*, internal: bool, until: dt.date | None) -> Q:
    return seen(internal=internal) & (Q(date__lte=until) if until else Q())
