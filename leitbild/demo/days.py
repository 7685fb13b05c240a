"""When the demo's samples happen.

Their files hold days as they fall for somebody who starts the demo on `BASE`. Freshness, due dates
and reminders are counted from today, so the same days would show a silent plan a year later. That
is why `leitbild demo` moves all samples by the same number of whole weeks: the picture stays as it
was meant, weekdays stay weekdays, and texts that name neither a year nor a month stay true. Years
of money move once half a year has gone by. What is public knowledge (the council's resolution,
when a measure is to begin) never moves.

`load_demo` moves nothing unless it is told which day it is: tests always see the same days.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

BASE: Final = dt.date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where the days of the files lie for whoever starts the demo on `today`."""

    today: dt.date = BASE

    @property
    def moved(self) -> dt.timedelta:
        """By how much: whole weeks, so that nothing lies after today."""
        return dt.timedelta(weeks=(self.today - BASE).days // 7)

    def day(self, written: dt.date) -> dt.date:
        """The day a file names."""
        return written + self.moved

    def year(self, written: int) -> int:
        """The year a file names."""
        return written + round(self.moved.days / 365.25)
