"""A whole concept as its readers meet it: themes, their goals, their measures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from leitbild.accounts.models import Municipality, Organisation
from leitbild.core.models import Translatable
from leitbild.core.queries import overlay
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.models import (
    ArrivalStage,
    Concept,
    ConceptQuerySet,
    Goal,
    Measure,
    TargetGroup,
    Theme,
)
from leitbild.plan.queries.connections import Connections, MeasureIds, connections


@dataclass(frozen=True, slots=True)
class MeasureEntry:
    """A measure with everything it is connected to; the first goal is its main one."""

    measure: Measure
    theme: Theme
    goals: tuple[Goal, ...]
    stages: tuple[ArrivalStage, ...]
    target_groups: tuple[TargetGroup, ...]
    lead: Organisation | None
    partners: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class GoalEntry:
    """A goal, the measures of which it is the main goal, and those that also serve it."""

    goal: Goal
    measures: tuple[MeasureEntry, ...]
    also: tuple[MeasureEntry, ...]


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """A theme with its goals."""

    theme: Theme
    goals: tuple[GoalEntry, ...]

    @property
    def measures(self) -> list[MeasureEntry]:
        """The theme's measures, each once, in the order of the concept."""
        entries = [entry for goal in self.goals for entry in goal.measures]
        return sorted(entries, key=lambda entry: (entry.measure.position, entry.measure.pk))


@dataclass(frozen=True, slots=True)
class Outline:
    """A concept, whole, in one language. A measure that serves no goal yet stands in `loose`.

    What such a measure is connected to otherwise, say the `connections`.
    """

    concept: Concept
    language: str
    themes: tuple[ThemeEntry, ...]
    measures: tuple[MeasureEntry, ...]
    loose: tuple[Measure, ...]
    connections: Connections

    def measure(self, code: str) -> MeasureEntry | None:
        """The measure with this code."""
        return next((each for each in self.measures if each.measure.code == code), None)

    def theme(self, slug: str) -> ThemeEntry | None:
        """The theme with this slug."""
        return next((each for each in self.themes if each.theme.slug == slug), None)


def public_concepts(municipality: Municipality) -> "ConceptQuerySet":
    """The municipality's concepts that everybody may read, the newest edition first."""
    return Concept.objects.filter(municipality=municipality).public().newest_first()


def in_force(editions: Sequence[Concept]) -> Concept | None:
    """Of editions listed newest first: the newest adopted one, else the newest of all."""
    adopted = [each for each in editions if each.status == ConceptStatus.ADOPTED]
    return next(iter(adopted or editions), None)


def outline(
    concept: Concept,
    *,
    language: str,
    municipality: Municipality,
    beside: Iterable[Translatable] = (),
    only: MeasureIds | None = None,
) -> Outline:
    """The concept with all its parts, their texts laid over in `language`.

    A page that shows few of the measures asks for `only` those; all themes and goals come along.

    Seven queries whatever its size: themes with goals, measures, stages, target groups,
    organisations, who is connected to what, translations (none in the source language). Rows
    `beside` the concept that the page shows as well (resolutions, updates) get their texts in
    the same query.
    """
    themes, goals = _themes_and_goals(concept)
    measures = list(_measures(concept, only))
    connected = connections(concept, municipality, goals, only)
    overlay(
        [municipality, concept, *themes, *goals, *measures, *connected.lists, *beside],
        language=language,
        source=municipality.source_language,
    )
    for measure in measures:
        if lead := connected.organisations.get(measure.lead_id or 0):
            measure.lead = lead
    entries = _entries(themes, measures, connected)
    return Outline(
        concept=concept,
        language=language,
        themes=tuple(_theme_entries(themes, goals, entries)),
        measures=tuple(entries),
        loose=tuple(each for each in measures if each.pk not in connected.goals),
        connections=connected,
    )


def _measures(concept: Concept, only: MeasureIds | None) -> QuerySet[Measure]:
    measures = Measure.objects.filter(concept=concept)
    return measures if only is None else measures.filter(pk__in=only)


def _themes_and_goals(concept: Concept) -> tuple[list[Theme], list[Goal]]:
    """Both in their order, by one query: a goal beside its theme, which may have none."""
    names = [field.attname for field in Goal._meta.concrete_fields]
    beside = {f"goal_{name}": F(f"goals__{name}") for name in names}
    themes: dict[int, Theme] = {}
    goals: list[Goal] = []
    for row in Theme.objects.filter(concept=concept).annotate(**beside):
        values = [row.__dict__.pop(name) for name in beside]
        themes.setdefault(row.pk, row)
        if values[0] is not None:
            goals.append(Goal.from_db(row._state.db, names, values))
    return list(themes.values()), sorted(goals, key=lambda goal: (goal.position, goal.pk))


def _entries(
    themes: Iterable[Theme], measures: Iterable[Measure], connected: Connections
) -> list[MeasureEntry]:
    theme_by_id = {theme.pk: theme for theme in themes}
    return [
        MeasureEntry(
            measure=measure,
            theme=theme_by_id[goals[0].theme_id],
            goals=tuple(goals),
            stages=tuple(connected.stages.get(measure.pk, ())),
            target_groups=tuple(connected.target_groups.get(measure.pk, ())),
            lead=measure.lead,
            partners=tuple(connected.partners.get(measure.pk, ())),
        )
        for measure in measures
        if (goals := connected.goals.get(measure.pk))
    ]


def _theme_entries(
    themes: Iterable[Theme], goals: Iterable[Goal], entries: Iterable[MeasureEntry]
) -> Iterator[ThemeEntry]:
    mainly: dict[int, list[MeasureEntry]] = defaultdict(list)
    also: dict[int, list[MeasureEntry]] = defaultdict(list)
    for entry in entries:
        mainly[entry.goals[0].pk].append(entry)
        for goal in entry.goals[1:]:
            also[goal.pk].append(entry)
    by_theme: dict[int, list[GoalEntry]] = defaultdict(list)
    for goal in goals:
        by_theme[goal.theme_id].append(
            GoalEntry(goal, measures=tuple(mainly[goal.pk]), also=tuple(also[goal.pk]))
        )
    for theme in themes:
        yield ThemeEntry(theme, goals=tuple(by_theme[theme.pk]))
