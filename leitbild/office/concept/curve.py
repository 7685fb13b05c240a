"""A small curve of counts over time: steps, because between two days of work nothing changes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from leitbild.plan.queries.review.counts import DayCount

WIDTH: Final = 600
HEIGHT: Final = 72


@dataclass(frozen=True, slots=True)
class Curve:
    """What a page draws and, for whoever reads numbers, the days behind it, newest first."""

    line: str
    end: tuple[str, str]
    days: list[DayCount]

    @property
    def first(self) -> DayCount:
        """The oldest day."""
        return self.days[-1]

    @property
    def last(self) -> DayCount:
        """The newest day."""
        return self.days[0]

    @property
    def highest(self) -> int:
        """The most there ever were."""
        return max(day.count for day in self.days)


def curve(days: Sequence[DayCount], today: dt.date) -> Curve | None:
    """The curve from the first day until today; none before there are two days to compare."""
    if len(days) < 2:
        return None
    span = max((today - days[0].day).days, 1)
    highest = max(1, *(day.count for day in days))
    points = [(_x(day.day, days[0].day, span), _y(day.count, highest)) for day in days]
    steps = [f"M{points[0][0]} {points[0][1]}", *(f"H{x}V{y}" for x, y in points[1:]), f"H{WIDTH}"]
    return Curve("".join(steps), (str(WIDTH), str(points[-1][1])), list(reversed(days)))


def _x(day: dt.date, first: dt.date, span: int) -> int:
    return round((day - first).days / span * WIDTH)


def _y(count: int, highest: int) -> int:
    return HEIGHT - round(count / highest * HEIGHT)
