import datetime as dt
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
import time_machine
from django.db import InterfaceError, OperationalError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from leitbild.core.actions import record_event
from leitbild.core.models import ContentRevision
from leitbild.core.pagecache.revisions import BEARABLE, FRESH, REVISIONS, Revisions, bump, counted
from tests.parallel import at_once


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        """Begin somewhere."""
        self.now = 1_000.0

    def __call__(self) -> float:
        """What it shows."""
        return self.now


class Source:
    """Counts that change as a test likes; knows how often it was read."""

    def __init__(self) -> None:
        """Nothing was counted or read."""
        self.numbers: dict[int | None, int] = {}
        self.reads = 0

    def __call__(self) -> Mapping[int | None, int]:
        """Read them."""
        self.reads += 1
        return dict(self.numbers)


@contextmanager
def counting_by_ones() -> Iterator[None]:
    """A clock that stands at its first microsecond, so that each change counts one."""
    with time_machine.travel(1.5e-6, tick=False):
        yield


def test_counts_are_read_at_most_every_half_second() -> None:
    clock, source = Clock(), Source()
    revisions = Revisions(source, clock)
    for _request in range(100):
        revisions.now()
        clock.now += FRESH / 50

    assert source.reads == 2


def test_day_ends_at_midnight_in_the_zone_of_the_installation() -> None:
    clock = Clock()
    revisions = Revisions(Source(), clock)
    stamps = []
    # Summer in Berlin is two hours ahead.
    for moment in ("2026-07-01T21:59:59Z", "2026-07-01T22:00:00Z", "2026-07-02T00:00:00Z"):
        clock.now += FRESH
        with time_machine.travel(dt.datetime.fromisoformat(moment), tick=False):
            stamps.append(revisions.now().stamp(1))

    assert stamps[0] != stamps[1] == stamps[2]


def test_change_is_known_after_half_a_second_and_at_once_where_it_was_made() -> None:
    clock, source = Clock(), Source()
    here, elsewhere = Revisions(source, clock), Revisions(source, clock)
    before = here.now().stamp(1), elsewhere.now().stamp(1)

    source.numbers[1] = 1
    here.look_again()

    assert here.now().stamp(1) != before[0]
    assert elsewhere.now().stamp(1) == before[1]
    clock.now += FRESH
    assert elsewhere.now().stamp(1) != before[1]


def test_change_of_one_municipality_leaves_the_others_alone_and_one_of_all_does_not() -> None:
    source = Source()
    revisions = Revisions(source)
    before = revisions.now()
    source.numbers[1] = 1
    revisions.look_again()
    one = revisions.now()
    source.numbers[None] = 1
    revisions.look_again()
    everything = revisions.now()

    assert one.stamp(1) != before.stamp(1)
    assert one.stamp(2) == before.stamp(2)
    assert everything.stamp(2) != one.stamp(2)


def test_what_is_written_while_somebody_reads_is_read_again() -> None:
    clock = Clock()
    reads: list[int] = []

    def source() -> Mapping[int | None, int]:
        reads.append(1)
        if len(reads) == 1:
            # Committed after the query, before its result is known.
            revisions.look_again()
        return {}

    revisions = Revisions(source, clock)
    revisions.now()
    revisions.now()
    revisions.now()

    assert len(reads) == 2


def test_others_go_on_while_one_reads_unless_the_reading_is_too_old() -> None:
    clock, source = Clock(), Source()
    reading, go_on = threading.Event(), threading.Event()

    def slow() -> Mapping[int | None, int]:
        if source.reads:
            reading.set()
            assert go_on.wait(10)
        return source()

    revisions = Revisions(slow, clock)
    old = revisions.now()
    clock.now += FRESH
    source.numbers[1] = 1
    reader = threading.Thread(target=revisions.now)
    reader.start()
    assert reading.wait(10)

    assert revisions.now() is old
    clock.now += BEARABLE
    waiting: list[object] = []
    waiter = threading.Thread(target=lambda: waiting.append(revisions.now().stamp(1)))
    waiter.start()
    waiter.join(0.05)
    assert not waiting
    go_on.set()
    reader.join()
    waiter.join()
    assert waiting == [revisions.now().stamp(1)]
    assert waiting != [old.stamp(1)]


def test_those_who_wait_for_a_slow_database_share_one_reading() -> None:
    clock, source = Clock(), Source()
    reading, go_on = threading.Event(), threading.Event()

    def slow() -> Mapping[int | None, int]:
        reading.set()
        assert go_on.wait(10)
        clock.now += 2 * FRESH
        return source()

    revisions = Revisions(slow, clock)
    threads = [threading.Thread(target=revisions.now) for _reader in range(5)]
    for each in threads:
        each.start()
    assert reading.wait(10)
    # Those who ask before it began may use it, however long it takes.
    time.sleep(0.05)
    go_on.set()
    for each in threads:
        each.join()

    assert source.reads == 1


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_pages_that_are_known_stay_while_the_database_is_away(
    caplog: pytest.LogCaptureFixture, error: type[Exception]
) -> None:
    clock, source = Clock(), Source()
    source.numbers[1] = 7
    is_away: list[bool] = []

    def read() -> Mapping[int | None, int]:
        if is_away:
            raise error("no route to host")
        return source()

    revisions = Revisions(read, clock)
    known = revisions.now().stamp(1)
    is_away.append(True)
    clock.now += FRESH

    assert revisions.now().stamp(1) == known
    assert "no route to host" in caplog.text


def test_events_count_for_their_municipality_unless_nobody_can_see_what_changed(
    own_database: str,
) -> None:
    with counting_by_ones():
        record_event(action="progress.record", by=None, municipality_id=3)
        record_event(action="draft.save", by=None, municipality_id=3, public=False)
        record_event(action="progress.record", by=None, municipality_id=3)

    assert counted() == {3: 2}


def test_restored_database_never_comes_back_to_a_count_that_was(own_database: str) -> None:
    bump(1)
    backup = list(ContentRevision.objects.all())
    bump(1)
    known = counted()
    ContentRevision.objects.bulk_update(backup, ["number"])
    assert counted() != known
    bump(1)

    assert counted()[1] > known[1]


def test_count_grows_while_the_clock_goes_back(own_database: str) -> None:
    bump(1)
    now = counted()[1]
    with counting_by_ones():
        bump(1)

    assert counted() == {1: now + 1}


def test_counting_takes_one_query_and_reading_another(
    own_database: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for municipality in range(30):
        bump(municipality)
    with transaction.atomic(), django_assert_num_queries(3):
        # Two of them are the savepoint.
        bump(1)
    with django_assert_num_queries(1):
        counted()


def test_writer_is_known_at_once_in_its_process_and_only_if_it_commits(own_database: str) -> None:
    before = REVISIONS.now().stamp(5)
    with transaction.atomic():
        record_event(action="progress.record", by=None, municipality_id=5)
        transaction.set_rollback(True)
    assert REVISIONS.now().stamp(5) == before

    with transaction.atomic():
        record_event(action="progress.record", by=None, municipality_id=5)
    assert REVISIONS.now().stamp(5) != before


def test_nobody_waits_for_a_count_and_none_is_lost(own_database: str) -> None:
    """On PostgreSQL all writers are in the midst of their transactions at once."""
    together = threading.Barrier(4, timeout=10)
    at_once_possible = connection.vendor == "postgresql"

    def write() -> None:
        with transaction.atomic():
            bump(1)
            if at_once_possible:
                together.wait()

    with counting_by_ones():
        for _round in range(3):
            assert at_once([write] * 4) == [None] * 4

    assert counted() == {1: 12}
    assert ContentRevision.objects.count() <= 4
