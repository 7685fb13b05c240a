"""A page is never older than a second, whoever wrote; in the process that wrote it is never old.

This process writes a thousand times by an action and notes when each commit was over; meanwhile
a thousand pages are read from each of two servers. A page is stale if it lacks what had been
committed for more than a second when it was asked for. One clock serves: on Linux it is the
machine's, not the process's.
"""

import datetime as dt
import re
import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Final

from django.utils import timezone

from leitbild.delivery.actions import NewUpdate, record_updates
from leitbild.plan.models import Measure
from tests.durability.sites import Site, sites
from tests.durability.test_killed_server import Writer
from tests.towns import measure, plan, settle

NUMBER: Final = 1_000
"""Writes, and reads from each server."""
WITHIN: Final = 3.5
"""Seconds over which they are spread."""
BEARABLE: Final = 1.0
"""Seconds by which a page may be behind."""
NEWS: Final = "/de/neues/"
STAND: Final = re.compile(r"Stand (\d+)")


@dataclass
class Reads:
    """Who reads one server's page again and again, and notes what it said."""

    site: Site
    told: list[tuple[float, int]] = field(default_factory=list)
    """When a page was asked for, and how many writes it knew."""
    is_over: Event = field(default_factory=Event)
    """Set when nobody writes any more."""

    def go(self, start: float) -> None:
        """Read, as often as wanted and at least as long as somebody writes."""
        with self.site.reader() as reader:
            while len(self.told) < NUMBER or not self.is_over.is_set():
                wait_until(start + len(self.told) * WITHIN / NUMBER)
                began = time.monotonic()
                self.told.append((began, newest_on(reader.read(NEWS))))


def newest_on(page: str) -> int:
    """The number of the last write a page knows; 0 where it knows none."""
    return max(map(int, STAND.findall(page)), default=0)


def wait_until(moment: float) -> None:
    """Sleep; not at all where the moment is over."""
    time.sleep(max(0.0, moment - time.monotonic()))


def write(measures: Sequence[Measure], start: float) -> list[float]:
    """Report a thousand times; when each report was there for everybody."""
    commits, today = [], timezone.localdate()
    for number in range(1, NUMBER + 1):
        wait_until(start + number * WITHIN / NUMBER)
        report(measures[number % len(measures)], number, today)
        commits.append(time.monotonic())
    return commits


def report(measure: Measure, number: int, today: dt.date) -> None:
    """Report something that says how many reports there were."""
    text = f"Stand {number}"
    update = NewUpdate(measure=measure, date=today, state="under_way", text=text)
    record_updates(updates=[update], by=None)


def behind(told: Sequence[tuple[float, int]], commits: Sequence[float]) -> list[tuple[float, int]]:
    """Of each page that was stale: when it was asked for, and how many writes it should know."""
    owed = [(began, bisect_left(commits, began - BEARABLE), known) for began, known in told]
    return [(began, least) for began, least, known in owed if known < least]


def test_page_is_never_older_than_a_second_in_any_process(own_database: str) -> None:
    settle(plan(*(measure(f"1.{number}") for number in range(1, 9))))
    measures = list(Measure.objects.select_related("concept__municipality"))
    with sites(2) as servers:
        readers = [Reads(each) for each in servers]
        start = time.monotonic() + 0.1
        threads = [Thread(target=each.go, args=[start]) for each in readers]
        for thread in threads:
            thread.start()
        commits = write(measures, start)
        for each in readers:
            each.is_over.set()
        for thread in threads:
            thread.join()
        renders = [served.renders_of(NEWS) for served in servers]

    assert len(commits) == NUMBER
    for each in readers:
        assert len(each.told) >= NUMBER
        assert behind(each.told, commits) == []
        # Else nothing was tried: nothing new was read.
        assert each.told[-1][1] > NUMBER // 2
    # Else nothing was tried: nothing was kept.
    assert max(renders) < NUMBER // 10


def test_whoever_wrote_through_a_process_reads_it_there_at_once(own_database: str) -> None:
    town = settle(plan(measure("1.1"), measure("1.2")))
    row = Measure.objects.select_related("concept").get(code="1.1")
    with sites(1) as [served], served.reader() as reader:
        writer = Writer(town, row, port=served.port, number=0)
        for number in range(1, 21):
            writer.text = number
            writer.save()
            assert f"Fassung {number}<" not in reader.read("/de/massnahmen/1.1/")
            writer.publish()
            for path in ("/de/massnahmen/1.1/", "/de/massnahmen/"):
                assert f"Fassung {number}<" in reader.read(path)
                assert f"Fassung {number}<" in reader.read(path)
        renders = served.renders_of("/de/massnahmen/1.1/")

    assert writer.refused == []
    assert renders <= 21
