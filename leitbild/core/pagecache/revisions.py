"""How often a municipality's public content has changed: what tells a page that it is outdated.

Every action counts what it changes in its own transaction (`bump`), so that a page and the count
it was rendered at come from the same database. Every process reads the counts of all
municipalities by one query, at most every half second and only while somebody reads pages; the
process that wrote reads them at once.
"""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db import Error, close_old_connections, transaction
from django.db.models import F, Subquery, Sum
from django.db.models.functions import Greatest
from django.utils import timezone

from leitbild.core.models import ContentRevision

FRESH: Final = 0.5
"""Seconds for which a reading is good."""
BEARABLE: Final = 0.8
"""Seconds for which it will do while somebody else is reading."""
NEVER: Final = float("-inf")
MICROSECOND: Final = 1_000
"""Nanoseconds. Sums of finer moments would soon outgrow the database's numbers."""
Stamp = tuple[dt.date, int, int]
"""Day, count of the installation, count of the municipality: a page is good for one of these."""
log = logging.getLogger(__name__)


def bump(municipality_id: int | None) -> None:
    """Count a change of what everybody may see; without a municipality, one of all of them.

    Call it inside the action's transaction. It never waits for another one: where a count is
    locked by a transaction that isn't over, the next one is taken, or begun.

    What is counted to is the moment, so that a database restored from a backup doesn't come a
    second time to a count for which pages with other words are kept. It always grows.
    """
    moment = time.time_ns() // MICROSECOND
    counts = ContentRevision.objects.filter(municipality_id=municipality_id)
    free = counts.order_by("pk").select_for_update(skip_locked=True).values("pk")[:1]
    with transaction.atomic():
        taken = ContentRevision.objects.filter(pk=Subquery(free))
        if not taken.update(number=Greatest(F("number") + 1, moment)):
            ContentRevision.objects.create(municipality_id=municipality_id, number=moment)
        transaction.on_commit(REVISIONS.look_again)


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted on a day, of the installation (None) and of each municipality."""

    day: dt.date = dt.date.min
    numbers: Mapping[int | None, int] = field(default_factory=dict)

    def stamp(self, municipality_id: int) -> Stamp:
        """By what a page of this municipality is good."""
        return self.day, self.numbers.get(None, 0), self.numbers.get(municipality_id, 0)


def counted() -> Mapping[int | None, int]:
    """What the database counts now. One query."""
    # Outside a request nobody else closes a connection that has become too old.
    close_old_connections()
    try:
        rows = ContentRevision.objects.order_by().values_list("municipality_id")
        return dict(rows.annotate(whole=Sum("number")))
    finally:
        close_old_connections()


class Revisions:
    """The newest counts this process knows."""

    def __init__(
        self,
        source: Callable[[], Mapping[int | None, int]] = counted,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read from `source`; nothing is read before somebody asks."""
        self._source = source
        self._clock = clock
        self._reading = threading.Lock()
        self._changes = 0
        self._known_at = NEVER
        self._known = Counts()

    def look_again(self) -> None:
        """Read before the next answer: this process has just written."""
        self._changes += 1
        self._known_at = NEVER

    def now(self) -> Counts:
        """The counts as they are, or were at most half a second ago."""
        asked = self._clock()
        age = asked - self._known_at
        if age >= FRESH and self._reading.acquire(blocking=age >= BEARABLE):
            try:
                # By when it was asked, not by now: of those who wait for a slow database, each
                # would else read once more, one after the other.
                if asked - self._known_at >= FRESH:
                    self._read()
            finally:
                self._reading.release()
        return self._known

    def _read(self) -> None:
        """What was committed before this began is known when it ends."""
        began, changes = self._clock(), self._changes
        numbers = self._known.numbers
        try:
            numbers = self._source()
        except Error as error:
            # Pages that are known go on being read while the database can't be asked.
            log.warning("The database can’t be asked whether pages have changed: %s", error)
        self._known = Counts(timezone.localdate(), numbers)
        self._known_at = began
        # Where somebody wrote meanwhile, the next answer reads again. Only now, because whoever
        # writes between the two lines counts first and forgets the time afterwards.
        if changes != self._changes:
            self._known_at = NEVER


REVISIONS: Final = Revisions()
"""Those of this process."""
