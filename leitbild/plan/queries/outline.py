"""A whole concept as its readers meet it: themes, their goals, their measures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet

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
    MeasureGoal,
    TargetGroup,
    Theme,
)


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
    """A concept, whole, in one language. A measure that serves no goal yet stands in `loose`."""

    concept: Concept
    language: str
    themes: tuple[ThemeEntry, ...]
    measures: tuple[MeasureEntry, ...]
    loose: tuple[Measure, ...] = ()

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
) -> Outline:
    """The concept with all its parts, their texts laid over in `language`.

    Seven queries whatever its size: themes with goals, links, measures, stages, target groups,
    partners, translations (none in the source language). Rows `beside` the concept that
    the page shows as well (resolutions, updates) get their texts in the same query.
    """
    themes, goals = _themes_and_goals(concept)
    measures = list(_measures(concept))
    overlay(
        [municipality, concept, *themes, *goals, *_with_related(measures), *beside],
        language=language,
        source=municipality.source_language,
    )
    entries = _entries(themes, goals, measures)
    return Outline(
        concept=concept,
        language=language,
        themes=tuple(_theme_entry(theme, goals, entries) for theme in themes),
        measures=tuple(entries),
        loose=tuple(each for each in measures if not each.goal_links.all()),
    )


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


def _measures(concept: Concept) -> QuerySet[Measure]:
    return (
        Measure.objects.filter(concept=concept)
        .select_related("lead")
        .prefetch_related(
            Prefetch("goal_links", MeasureGoal.objects.order_by("position", "id")),
            "stages",
            "target_groups",
            "partners",
        )
    )


def _with_related(measures: list[Measure]) -> Iterator[Translatable]:
    for measure in measures:
        yield measure
        yield from measure.stages.all()
        yield from measure.target_groups.all()
        yield from measure.partners.all()
        if measure.lead:
            yield measure.lead


def _entries(themes: list[Theme], goals: list[Goal], measures: list[Measure]) -> list[MeasureEntry]:
    theme_by_id = {theme.pk: theme for theme in themes}
    goal_by_id = {goal.pk: goal for goal in goals}
    return [
        MeasureEntry(
            measure=measure,
            theme=theme_by_id[goal_by_id[links[0].goal_id].theme_id],
            goals=tuple(goal_by_id[link.goal_id] for link in links),
            stages=tuple(measure.stages.all()),
            target_groups=tuple(measure.target_groups.all()),
            lead=measure.lead,
            partners=tuple(measure.partners.all()),
        )
        for measure in measures
        if (links := list(measure.goal_links.all()))
    ]


def _theme_entry(theme: Theme, goals: list[Goal], entries: list[MeasureEntry]) -> ThemeEntry:
    return ThemeEntry(
        theme=theme,
        goals=tuple(
            GoalEntry(
                goal=goal,
                measures=tuple(each for each in entries if each.goals[0].pk == goal.pk),
                also=tuple(
                    each for each in entries if goal.pk in {other.pk for other in each.goals[1:]}
                ),
            )
            for goal in goals
            if goal.theme_id == theme.pk
        ),
    )
