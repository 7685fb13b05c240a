"""The concept at a glance: one band a theme, one row a goal, one stone a measure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from leitbild.core.text import LocalText
from leitbild.delivery.queries import Standing, Standings, state_names
from leitbild.plan.models import Goal, Theme
from leitbild.plan.queries.outline import MeasureEntry, Outline, ThemeEntry


@dataclass(frozen=True, slots=True)
class Stone:
    """A measure's sign, with where it stands."""

    entry: MeasureEntry
    standing: Standing


@dataclass(frozen=True, slots=True)
class Row:
    """A goal and the stones of the measures that mainly serve it."""

    goal: Goal
    stones: tuple[Stone, ...]


@dataclass(frozen=True, slots=True)
class StateCount:
    """A state that occurs, and how often."""

    name: str
    label: str
    shape: str
    count: int


@dataclass(frozen=True, slots=True)
class Band:
    """A theme with the first sentence of its vision and its rows."""

    theme: Theme
    vision: LocalText
    rows: tuple[Row, ...]
    counts: tuple[StateCount, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """The picture and its legend."""

    bands: tuple[Band, ...]
    legend: tuple[StateCount, ...]


def glance(outline: Outline, standings: Standings) -> Glance:
    """The picture of a concept; each measure stands in it once, at its main goal."""
    return Glance(
        bands=tuple(_band(theme, standings) for theme in outline.themes),
        legend=state_counts(outline.measures, standings),
    )


def _band(theme: ThemeEntry, standings: Standings) -> Band:
    return Band(
        theme=theme.theme,
        vision=first_sentence(theme.theme.t.vision),
        rows=tuple(
            Row(
                goal=goal.goal,
                stones=tuple(Stone(each, standings.of(each)) for each in goal.measures),
            )
            for goal in theme.goals
        ),
        counts=state_counts(theme.measures, standings),
    )


def state_counts(measures: Iterable[MeasureEntry], standings: Standings) -> tuple[StateCount, ...]:
    """How many measures are in which of the states that occur, in their usual order."""
    counts = Counter(standings.of(each).name for each in measures)
    return tuple(
        StateCount(name, standings.label(name), standings.shape(name), counts[name])
        for name in state_names()
        if counts[name]
    )


def first_sentence(text: LocalText) -> LocalText:
    """The text up to its first full stop, question or exclamation mark."""
    ends = [at for mark in (". ", "! ", "? ", "؟ ", "。") if (at := text.plain.find(mark)) >= 0]
    cut = text.plain[: min(ends) + 1] if ends else text.plain
    return LocalText(cut, language=text.language, is_fallback=text.is_fallback)
