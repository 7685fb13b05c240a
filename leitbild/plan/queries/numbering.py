"""The codes a concept's parts would have, were they numbered as they stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from leitbild.plan.enums import PartKind
from leitbild.plan.models import Concept, Goal, Measure, MeasureGoal, Theme
from leitbild.plan.queries.codes import pattern_of


@dataclass(frozen=True, slots=True)
class NewCode:
    """A part's code now and as it would be; `position` is its place as one reads downwards."""

    kind: PartKind
    pk: int
    title: str
    old: str
    new: str
    position: int

    @property
    def changes(self) -> bool:
        """Whether the part would get another code."""
        return self.old != self.new


def new_codes(concept: Concept) -> list[NewCode]:
    """Every theme, goal and measure in reading order, with its code now and as it would be.

    Themes count from 1; goals and measures follow the pattern most of their codes have. Four
    queries whatever the concept's size.
    """
    themes = list(Theme.objects.filter(concept=concept))
    number_of = {theme.pk: number for number, theme in enumerate(themes, start=1)}
    goals = [(goal, number_of[goal.theme_id]) for goal in Goal.objects.filter(concept=concept)]
    goals.sort(key=lambda pair: pair[1])
    return [
        *(
            NewCode(PartKind.THEME, each.pk, each.name, str(each.number), str(place + 1), place)
            for place, each in enumerate(themes)
        ),
        *_numbered(PartKind.GOAL, goals),
        *_numbered(PartKind.MEASURE, _measures(concept, goals)),
    ]


def _measures(concept: Concept, goals: Sequence[tuple[Goal, int]]) -> list[tuple[Measure, int]]:
    """Measures with their theme's new number, under their main goals from top to bottom."""
    links = MeasureGoal.objects.filter(concept=concept).order_by("-position", "-id")
    # The main goal comes last here and so stays.
    main = dict(links.values_list("measure_id", "goal_id"))
    place = {goal.pk: (order, number) for order, (goal, number) in enumerate(goals)}
    measures = [row for row in Measure.objects.filter(concept=concept) if row.pk in main]
    measures.sort(key=lambda row: place[main[row.pk]][0])
    return [(row, place[main[row.pk]][1]) for row in measures]


def _numbered(kind: PartKind, rows: Sequence[tuple[Goal | Measure, int]]) -> list[NewCode]:
    pattern = pattern_of(kind, [row.code for row, _number in rows])
    counted: Counter[int] = Counter()
    found = []
    for position, (row, number) in enumerate(rows):
        group = number if pattern.by_theme else 0
        counted[group] += 1
        code = pattern.code(number, counted[group])
        found.append(NewCode(kind, row.pk, row.title, row.code, code, position))
    return found
