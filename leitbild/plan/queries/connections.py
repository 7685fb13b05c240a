"""What a concept's measures are connected to: goals, stages, target groups, organisations.

Many measures share few of these rows: each is read once, and beside them who is connected to what.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final, TypeAlias, TypeVar

from django.db.models import Model, Q, QuerySet, Value

from leitbild.accounts.models import Municipality, Organisation
from leitbild.core.models import Translatable
from leitbild.plan.models import ArrivalStage, Concept, Goal, Measure, MeasureGoal, TargetGroup

Row = TypeVar("Row", bound=Model)
Links: TypeAlias = Iterable[tuple[int, int]]
"""Ids of a measure and of what it is connected to."""
MeasureIds: TypeAlias = Collection[int] | QuerySet[Any, Any]
"""Some measures of a concept; a queryset of their ids is not asked by itself."""

_LISTS: Final[Mapping[str, tuple[type[Model], str]]] = {
    "stages": (Measure.stages.through, "arrivalstage_id"),
    "target_groups": (Measure.target_groups.through, "targetgroup_id"),
    "partners": (Measure.partners.through, "organisation_id"),
}


@dataclass(frozen=True, slots=True)
class Connections:
    """Rows by the measure's id, each in the order of its list, of goals the main one first.

    Measures that are connected to none are left out. `lists` are all stages, target groups and
    organisations of the municipality.
    """

    goals: Mapping[int, Sequence[Goal]]
    stages: Mapping[int, Sequence[ArrivalStage]]
    target_groups: Mapping[int, Sequence[TargetGroup]]
    partners: Mapping[int, Sequence[Organisation]]
    organisations: Mapping[int, Organisation]
    lists: Sequence[Translatable]


def connections(
    concept: Concept,
    municipality: Municipality,
    goals: Iterable[Goal],
    only: MeasureIds | None = None,
) -> Connections:
    """Everything a concept's measures are connected to, or `only` some of them. Four queries."""
    stages = list(ArrivalStage.objects.filter(municipality=municipality))
    groups = list(TargetGroup.objects.filter(municipality=municipality))
    organisations = list(Organisation.objects.filter(municipality=municipality))
    links = _links(concept, only)
    return Connections(
        goals=_by_links(links["goals"], goals),
        stages=_by_list(links["stages"], stages),
        target_groups=_by_list(links["target_groups"], groups),
        partners=_by_list(links["partners"], organisations),
        organisations={row.pk: row for row in organisations},
        lists=[*stages, *groups, *organisations],
    )


def serving(concept: Concept, theme: str) -> MeasureIds:
    """The concept's measures that serve a goal of the theme with this slug, mainly or also."""
    links = MeasureGoal.objects.filter(concept=concept, goal__theme__slug=theme).order_by()
    return links.values("measure")


def _links(concept: Concept, only: MeasureIds | None) -> Mapping[str, list[tuple[int, int]]]:
    """All links of a concept's measures by their kind; a measure's first goal comes first."""
    asked = Q() if only is None else Q(measure__in=only)
    goals = MeasureGoal.objects.filter(asked, concept=concept).order_by()
    lists: list[Any] = [
        links._default_manager.filter(asked, measure__concept=concept).values_list(
            Value(name), "measure_id", column, Value(0), "id"
        )
        for name, (links, column) in _LISTS.items()
    ]
    rows = goals.values_list(Value("goals"), "measure_id", "goal_id", "position", "id")
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for kind, measure, row, *_place in sorted(rows.union(*lists, all=True), key=itemgetter(3, 4)):
        found[kind].append((measure, row))
    return found


def _by_links(links: Links, rows: Iterable[Row]) -> Mapping[int, Sequence[Row]]:
    """The rows of each measure in the order of the links."""
    known = {row.pk: row for row in rows}
    found: dict[int, list[Row]] = defaultdict(list)
    for measure, row in links:
        # What was linked after the rows were read, waits for the next reader.
        if row in known:
            found[measure].append(known[row])
    return found


def _by_list(links: Links, rows: Iterable[Row]) -> Mapping[int, Sequence[Row]]:
    """The rows of each measure in the order of their list."""
    measures: dict[int, list[int]] = defaultdict(list)
    for measure, row in links:
        measures[row].append(measure)
    found: dict[int, list[Row]] = defaultdict(list)
    for each in rows:
        for measure in measures[each.pk]:
            found[measure].append(each)
    return found
