"""Periodic jobs run when they are due: once after a standstill, never twice at once."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django_tasks import task

from leitbild.core.ending import ENDING
from leitbild.core.models import PeriodicJob
from leitbild.core.periodic import TURN, Periodic, attend
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ran: list[str] = []


@task()
def sweep() -> None:
    """Runs whenever anybody looks."""
    ran.append("sweep")


@task()
def remind() -> None:
    """Runs every hour; while it does, another worker looks what is due."""
    ran.append("remind")
    attend([REMIND])


@task()
def break_off() -> None:
    """Can't be done."""
    ran.append("break_off")
    raise ZeroDivisionError


REMIND = Periodic(remind, every=HOUR)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Monday morning; nothing has run."""
    ran.clear()
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def test_job_runs_each_time_it_is_due_and_once_after_a_week_of_standstill(
    clock: time_machine.Traveller,
) -> None:
    jobs = [Periodic(sweep, turns=False), REMIND]
    for pause in (dt.timedelta(), HOUR - dt.timedelta(seconds=1), dt.timedelta(seconds=1)):
        clock.shift(pause)
        attend(jobs)
    assert ran == ["sweep", "remind", "sweep", "sweep", "remind"]

    clock.shift(dt.timedelta(days=7))
    attend(jobs)
    attend(jobs)
    assert ran[5:] == ["sweep", "remind", "sweep"]

    # While nothing is due, looking costs one query and writes nothing.
    assert [each.split()[0] for each in queries_of(lambda: attend(jobs))] == ["SELECT"]


def test_turn_of_a_worker_that_died_ends(clock: time_machine.Traveller) -> None:
    PeriodicJob.objects.create(name=REMIND.name, held_until=MONDAY + TURN)

    attend([REMIND])
    assert ran == []

    clock.shift(TURN)
    attend([REMIND])
    assert ran == ["remind"]


def test_job_that_fails_is_logged_and_keeps_no_other_from_running(
    caplog: pytest.LogCaptureFixture, clock: time_machine.Traveller
) -> None:
    jobs = [Periodic(break_off, every=HOUR), REMIND]

    attend(jobs)
    clock.shift(HOUR)
    attend(jobs)

    assert ran == ["break_off", "remind"] * 2
    assert [each.message for each in caplog.records] == [
        "The job tests.core.test_periodic.break_off failed; it runs again when it is next due."
    ] * 2


def test_worker_that_shall_end_begins_no_other_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ENDING, "asked", True)

    attend([Periodic(sweep, turns=False), REMIND])

    assert ran == []
