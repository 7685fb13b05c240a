"""One measure taken out of its concept: what it is connected to, and which stand beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeVar

from django.db.models import BigIntegerField, CharField, Exists, OuterRef, Q, QuerySet, Subquery

from leitbild.accounts.models import Organisation
from leitbild.core.models import Translatable
from leitbild.core.prepared import Given
from leitbild.core.together import Together
from leitbild.plan.models import (
    ArrivalStage,
    Concept,
    Goal,
    Measure,
    MeasureGoal,
    TargetGroup,
    Theme,
)
from leitbild.plan.queries.outline import MeasureEntry

Listed = TypeVar("Listed", ArrivalStage, TargetGroup, Organisation, MeasureGoal)
_CONCEPT: Final = Given("concept", BigIntegerField())
_CODE: Final = Given("code", CharField())
_LINKS: Final = MeasureGoal.objects.filter(measure=OuterRef("pk")).order_by("position", "id")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A measure that stands before or after another one, and the theme of its main goal."""

    measure: Measure
    theme_id: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A measure with all it is connected to, and its neighbours in the order of the concept."""

    entry: MeasureEntry
    previous: Neighbour | None
    next: Neighbour | None

    def rows(self) -> Iterator[Translatable]:
        """Everything with texts, for the reader's language to be laid over."""
        entry = self.entry
        yield from (entry.measure, entry.theme, *entry.goals, *entry.stages, *entry.target_groups)
        yield from (*entry.partners, *([entry.lead] if entry.lead else ()))
        yield from (each.measure for each in (self.previous, self.next) if each)


def leaf(concept: Concept, code: str) -> Leaf | None:
    """The concept's measure with this code; none where there is none that serves a goal.

    One query, whatever the concept's size.
    """
    found, links, goals, themes, stages, groups, partners, leads, previous, following = (
        _question().rows(concept=concept.pk, code=code)
    )
    goal_by_id = {goal.pk: goal for goal in goals}
    served = tuple(goal_by_id[link.goal_id] for link in _in_order(links))
    if not served:
        return None
    [measure] = found
    measure.lead = next(iter(leads), None)
    entry = MeasureEntry(
        measure=measure,
        theme=next(each for each in themes if each.pk == served[0].theme_id),
        goals=served,
        stages=_in_order(stages),
        target_groups=_in_order(groups),
        lead=measure.lead,
        partners=_in_order(partners),
    )
    return Leaf(entry, previous=_neighbour(previous), next=_neighbour(following))


@cache
def _question() -> Together:
    """What is asked above, of any measure."""
    own = Measure.objects.filter(concept=_CONCEPT, code=_CODE)
    position, pk = Subquery(own.values("position")), Subquery(own.values("pk"))
    before = Q(position__lt=position) | Q(position=position, pk__lt=pk)
    behind = Q(position__gt=position) | Q(position=position, pk__gt=pk)
    return Together(
        own,
        MeasureGoal.objects.filter(_of("measure")),
        Goal.objects.filter(_of("measures")),
        Theme.objects.filter(_of("goals__measures")),
        ArrivalStage.objects.filter(_of("measures")),
        TargetGroup.objects.filter(_of("measures")),
        Organisation.objects.filter(_of("partnered_measures")),
        Organisation.objects.filter(_of("led_measures")),
        _first(before, "-position", "-pk"),
        _first(behind, "position", "pk"),
    )


def _of(measure: str) -> Q:
    """What is connected to it; `measure` is the way from there to the measure."""
    return Q(**{f"{measure}__concept": _CONCEPT, f"{measure}__code": _CODE})


def _first(where: Q, *order: str) -> QuerySet[Measure]:
    """The first measure there that serves a goal, with the theme of its main goal."""
    measures = Measure.objects.filter(where, Exists(_LINKS), concept=_CONCEPT)
    first = Subquery(measures.order_by(*order).values("pk")[:1])
    main = Subquery(_LINKS.values("goal__theme")[:1])
    return Measure.objects.filter(pk=first).annotate(main_theme=main)


def _in_order(rows: Iterable[Listed]) -> tuple[Listed, ...]:
    return tuple(sorted(rows, key=lambda row: (row.position, row.pk)))


def _neighbour(found: list[Any]) -> Neighbour | None:
    return next((Neighbour(row, row.main_theme) for row in found), None)
