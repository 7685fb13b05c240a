"""What a section of the report says: samples, goals, tables. Nothing here measures anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Final

UNITS: Final = {
    "s": (1.0, "s"),
    "ms": (1_000.0, "ms"),
    "µs": (1_000_000.0, "µs"),
    "/s": (1.0, "/s"),
    "×": (1.0, "×"),
    "MB": (1 / 1_000_000, "MB"),
}
"""By what a value is multiplied to be shown in a unit, and how that is written."""
BIG: Final = 100
SMALL: Final = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """The same thing measured several times; times in seconds, sizes in bytes."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float]) -> "Sample":
        """Keep measured values; without any there is nothing to tell."""
        if not values:
            raise ValueError("Nothing was measured.")
        return cls(tuple(values))

    @property
    def median(self) -> float:
        """As many are below as above."""
        return median(self.values)

    @property
    def lowest(self) -> float:
        """What the rest of the machine disturbed least, of a time."""
        return min(self.values)

    @property
    def highest(self) -> float:
        """The other end."""
        return max(self.values)

    def percentile(self, percent: int) -> float:
        """The value below which so many percent of the others lie."""
        if len(self.values) == 1:
            return self.values[0]
        return quantiles(self.values, n=100, method="inclusive")[percent - 1]

    def over(self, other: "Sample") -> "Sample":
        """One ratio for each round of both."""
        return Sample(tuple(a / b for a, b in zip(self.values, other.values, strict=True)))

    def spread(self, unit: str) -> str:
        """From the lowest to the highest."""
        return f"{shown(self.lowest, unit, with_unit=False)}–{shown(self.highest, unit)}"


def shown(value: float, unit: str, *, with_unit: bool = True) -> str:
    """A value in a unit, with about three digits."""
    factor, name = UNITS[unit]
    number = value * factor
    digits = 0 if abs(number) >= BIG else 1 if abs(number) >= SMALL else 2
    text = f"{number:,.{digits}f}"
    if not with_unit:
        return text
    return f"{text}{name}" if name in {"/s", "×"} else f"{text} {name}"


def duration(seconds: float) -> str:
    """A time in the unit that suits it."""
    return shown(seconds, "s" if seconds >= 1 else "ms" if seconds >= 0.001 else "µs")


@dataclass(frozen=True, slots=True)
class Goal:
    """What the product promises, and what was measured; without a value it couldn't be told."""

    what: str
    limit: float
    unit: str
    value: float | None
    is_least: bool = False
    """Whether the limit is the least that will do, instead of what must be stayed under."""
    figure: str = ""
    ratio: str = ""
    spread: str = ""
    why_not: str = ""
    """Why there is no value."""

    @property
    def is_reached(self) -> bool | None:
        """Whether it is; None where that can't be told."""
        if self.value is None:
            return None
        return self.value >= self.limit if self.is_least else self.value <= self.limit

    @property
    def wanted(self) -> str:
        """The limit in words."""
        return f"{'≥' if self.is_least else '≤'} {shown(self.limit, self.unit)}"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; all but the first columns named in `words` are figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


@dataclass(frozen=True, slots=True)
class Profile:
    """Where the time of something goes."""

    what: str
    lines: tuple[str, ...]


@dataclass(slots=True)
class Section:
    """What one part of the run found out."""

    method: str
    """What was done, with the commands."""
    title: str = ""
    goals: list[Goal] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    profiles: list[Profile] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    failure: str = ""
    """Why something couldn't be measured; what was, is told all the same."""

    @property
    def has_broken_off(self) -> bool:
        """Whether it has nothing to tell but why."""
        return bool(self.failure) and not self.tables

    @property
    def has_missed(self) -> bool:
        """Whether it has a goal that isn't reached."""
        return any(goal.is_reached is False for goal in self.goals)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Something that takes time, and the plainest way to do a comparable thing, in turn."""

    what: str
    sample: Sample
    beside: Sample


COMPARED: Final = ("What", "Time", "Spread", "Beside", "Ratio")


def compared(comparisons: Iterable[Comparison]) -> Table:
    """One row a comparison."""
    return Table(
        COMPARED,
        tuple(
            (
                each.what,
                duration(each.sample.median),
                spread(each.sample),
                duration(each.beside.median),
                shown(each.sample.over(each.beside).median, "×"),
            )
            for each in comparisons
        ),
    )


def spread(times: Sample) -> str:
    """From the shortest to the longest, in the unit that suits them."""
    return times.spread("s" if times.median >= 1 else "ms")
