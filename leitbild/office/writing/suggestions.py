"""What a new part is likely to be called, so that nobody has to count."""

from collections.abc import Iterable

from leitbild.core.colour import palette_colour
from leitbild.office.writing.forms.choices import Choices
from leitbild.plan.enums import MeasureKind, PartKind, Sign
from leitbild.plan.models import Concept, Goal, Measure, Theme
from leitbild.plan.queries.codes import pattern_of
from leitbild.plan.queries.contents import Content


def beginning(
    concept: Concept, kind: PartKind, choices: Choices, *, theme: str = "", goal: str = ""
) -> Content:
    """A new part as it lies on the desk: empty, but for what can be guessed.

    `theme` and `goal` are the number and the code of the part it is added below.
    """
    common: Content = {"source_url": "", "sample": False}
    if kind == PartKind.THEME:
        return {**common, **_theme(choices.themes)}
    above = next((each for each in choices.themes if str(each.number) == theme), None)
    if kind == PartKind.GOAL:
        return {**common, **_goal(above, choices.goals)}
    served = next((each for each in choices.goals if each.code == goal), None)
    return {**common, **_measure(concept, served, choices)}


def _theme(themes: Iterable[Theme]) -> Content:
    number = max((each.number for each in themes), default=0) + 1
    signs = list(Sign.values)
    used = {each.sign for each in themes}
    free = next((each for each in signs if each not in used), signs[0])
    return {"number": number, "colour": palette_colour(number), "sign": free}


def _goal(theme: Theme | None, goals: Iterable[Goal]) -> Content:
    if theme is None:
        return {}
    codes = [each.code for each in goals]
    code = pattern_of(PartKind.GOAL, codes).free(theme.number, codes)
    return {"theme": theme.number, "code": code}


def _measure(concept: Concept, goal: Goal | None, choices: Choices) -> Content:
    content: Content = {"kind": MeasureKind.ONE_OFF.value}
    if goal is None:
        return content
    theme = next(each for each in choices.themes if each.pk == goal.theme_id)
    codes = list(Measure.objects.filter(concept=concept).values_list("code", flat=True))
    code = pattern_of(PartKind.MEASURE, codes).free(theme.number, codes)
    return {**content, "goals": [goal.code], "code": code}
