"""The plan at a glance for whoever steers it: states, freshness, milestones, money."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from leitbild.accounts.models import Organisation
from leitbild.delivery.enums import Freshness
from leitbild.delivery.models import Milestone, Money
from leitbild.delivery.queries.standings import Standing, Standings, state_names
from leitbild.plan.models import Concept, Theme
from leitbild.plan.queries.outline import MeasureEntry, Outline

SOON: Final = dt.timedelta(days=90)
"""How far ahead milestones are brought up."""


@dataclass(frozen=True, slots=True)
class Line:
    """A measure, where it stands, and its next milestone."""

    entry: MeasureEntry
    standing: Standing
    next_step: Milestone | None


@dataclass(frozen=True, slots=True)
class ThemeStates:
    """How many measures of a theme are in which of the states that occur, each with its word."""

    theme: Theme
    counts: Sequence[tuple[str, int]]
    total: int


@dataclass(frozen=True, slots=True)
class Department:
    """The measures an organisation leads, by the freshness of their news; None: nobody leads."""

    organisation: Organisation | None
    lines: Mapping[Freshness, Sequence[Line]]

    @property
    def longest_silence(self) -> int | None:
        """Days since the oldest news that is owed; None where nothing is."""
        owed = [*self.lines[Freshness.DUE], *self.lines[Freshness.SILENT]]
        days = [days for line in owed if (days := line.standing.silent_days) is not None]
        return max(days, default=None)

    @property
    def owed(self) -> int:
        """How many measures owe news."""
        return len(self.lines[Freshness.DUE]) + len(self.lines[Freshness.SILENT])


@dataclass(frozen=True, slots=True)
class Sum:
    """Money of some measures in a year, in cents, and how many of them gave a figure."""

    planned: int | None
    spent: int | None
    planned_by: int
    spent_by: int


@dataclass(frozen=True, slots=True)
class ThemeMoney:
    """A theme's money, a sum for each year that occurs."""

    theme: Theme
    years: Sequence[Sum]


@dataclass(frozen=True, slots=True)
class DueStep:
    """A milestone that isn't done, its measure, and how many days are left or have passed."""

    milestone: Milestone
    entry: MeasureEntry
    days: int

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed."""
        return self.days < 0


class Board:
    """Everything the board says of some of a concept's measures."""

    def __init__(
        self,
        outline: Outline,
        standings: Standings,
        steps: Sequence[Milestone],
        money: Sequence[Money],
        entries: Iterable[MeasureEntry] | None = None,
    ) -> None:
        """Look at all measures, or at those given."""
        self.standings = standings
        self.entries = list(outline.measures if entries is None else entries)
        self._themes = [each.theme for each in outline.themes]
        shown = {each.measure.pk: each for each in self.entries}
        self._steps = [(each, shown[each.measure_id]) for each in steps if each.measure_id in shown]
        self._money = [each for each in money if each.measure_id in shown]

    @cached_property
    def lines(self) -> list[Line]:
        """The measures in the order of the concept."""
        first: dict[int, Milestone] = {}
        for step, _entry in self._steps:
            first.setdefault(step.measure_id, step)
        return [
            Line(each, self.standings.of(each), first.get(each.measure.pk)) for each in self.entries
        ]

    @cached_property
    def state_names(self) -> list[str]:
        """The states that occur, silence last."""
        found = {line.standing.name for line in self.lines}
        return [name for name in state_names() if name in found]

    @cached_property
    def themes(self) -> list[ThemeStates]:
        """The matrix of themes and states; themes of which nothing is shown are left out."""
        names = self.state_names
        counts: dict[int, Counter[str]] = defaultdict(Counter)
        for line in self.lines:
            counts[line.entry.theme.pk][line.standing.name] += 1
        return [
            ThemeStates(
                theme,
                [(self.standings.label(name), counts[theme.pk][name]) for name in names],
                counts[theme.pk].total(),
            )
            for theme in self._themes
            if theme.pk in counts
        ]

    @cached_property
    def totals(self) -> list[int]:
        """How many measures are in each of the states that occur."""
        found = Counter(line.standing.name for line in self.lines)
        return [found[name] for name in self.state_names]

    @cached_property
    def departments(self) -> list[Department]:
        """Who leads what, whoever owes most news first."""
        by_lead: dict[int | None, list[Line]] = defaultdict(list)
        for line in self.lines:
            by_lead[line.entry.measure.lead_id].append(line)
        found = [
            Department(
                lines[0].entry.lead,
                {
                    freshness: [each for each in lines if each.standing.freshness == freshness]
                    for freshness in Freshness
                },
            )
            for lines in by_lead.values()
        ]
        return sorted(found, key=lambda each: (-each.owed, -(each.longest_silence or 0)))

    @cached_property
    def steps(self) -> list[DueStep]:
        """Milestones that aren't done: overdue ones and those of the next weeks, by their day."""
        today = self.standings.today
        return [
            DueStep(step, entry, (step.due - today).days)
            for step, entry in self._steps
            if step.due <= today + SOON
        ]

    @cached_property
    def years(self) -> list[int]:
        """Years of which money is known."""
        return sorted({each.year for each in self._money})

    @cached_property
    def money(self) -> list[ThemeMoney]:
        """Money by theme and year; themes without any figure have empty sums."""
        theme_of = {each.measure.pk: each.theme.pk for each in self.entries}
        rows: dict[tuple[int, int], list[Money]] = defaultdict(list)
        for each in self._money:
            rows[theme_of[each.measure_id], each.year].append(each)
        shown = set(theme_of.values())
        return [
            ThemeMoney(theme, [_sum(rows[theme.pk, year]) for year in self.years])
            for theme in self._themes
            if theme.pk in shown
        ]

    @cached_property
    def money_in_all(self) -> list[Sum]:
        """Money of all measures by year."""
        return [_sum([each for each in self._money if each.year == year]) for year in self.years]


def _sum(rows: Sequence[Money]) -> Sum:
    planned = [each for each in rows if each.planned_cents is not None]
    spent = [each for each in rows if each.spent_cents is not None]
    return Sum(
        planned=sum(each.planned_cents or 0 for each in planned) if planned else None,
        spent=sum(each.spent_cents or 0 for each in spent) if spent else None,
        planned_by=len({each.measure_id for each in planned}),
        spent_by=len({each.measure_id for each in spent}),
    )


def open_milestones(concept: Concept) -> list[Milestone]:
    """Milestones of a concept that aren't done, the first due first. One query."""
    return list(Milestone.objects.filter(measure__concept=concept, done=None).order_by("due", "pk"))


def money_of(concept: Concept) -> list[Money]:
    """All money of a concept's measures. One query."""
    return list(Money.objects.filter(measure__concept=concept))
