"""Periods one usually reports on."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

HALF: Final = 6
"""Months of half a year."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    since: dt.date
    until: dt.date

    @property
    def before(self) -> dt.date:
        """The last day of the period before."""
        return self.since - dt.timedelta(days=1)

    @property
    def years(self) -> range:
        """The years it touches."""
        return range(self.since.year, self.until.year + 1)


def last_half_year(today: dt.date) -> Period:
    """The half of a year that ended last."""
    begins = dt.date(today.year, 1 if today.month <= HALF else HALF + 1, 1)
    until = begins - dt.timedelta(days=1)
    return Period(dt.date(until.year, 1 if until.month <= HALF else HALF + 1, 1), until)


def last_year(today: dt.date) -> Period:
    """The year that ended last."""
    return Period(dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31))


def since_then(last: dt.date, today: dt.date) -> Period | None:
    """From the day after a report's last day until today; none where that is all told."""
    return Period(last + dt.timedelta(days=1), today) if last < today else None
