"""The worker runs jobs and ends when asked; its companion starts it again when it dies."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from leitbild.config.companion import Companion
from leitbild.config.periodic import JOBS
from leitbild.config.worker import Worker
from leitbild.core.ending import ENDING
from leitbild.core.models import PeriodicJob
from leitbild.core.periodic import Periodic, attend
from tests.queries import queries_of

LIVES = """
import os, pathlib, sys, time
pathlib.Path(sys.argv[1], str(os.getpid())).touch()
time.sleep(60)
"""
ran: list[str] = []


@task()
def work() -> None:
    """A job that was enqueued."""
    ran.append("work")


@task()
def last() -> None:
    """A job in the midst of which the process is asked to end."""
    os.kill(os.getpid(), signal.SIGTERM)
    ran.append("last")


@pytest.fixture(autouse=True)
def _restored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing has run; what a worker does to its process is undone."""
    ran.clear()
    monkeypatch.setattr(ENDING, "asked", False)
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_worker_runs_what_waits_and_what_is_due_until_it_is_asked_to_end(
    own_database: str,
) -> None:
    work.enqueue()
    ending, never = Periodic(last, turns=False), Periodic(work, turns=False)

    Worker([ending, never]).run()

    assert ran == ["work", "last"]
    assert [each.status for each in DBTaskResult.objects.all()] == ["SUCCESSFUL"]
    ENDING.asked = False
    # A look at a queue in which nothing waits reads, and writes nothing.
    statements = queries_of(lambda: Worker([ending]).run())
    assert [each.split()[0] for each in statements] == ["SELECT", "SELECT"]


def test_worker_whose_server_is_gone_ends(own_database: str) -> None:
    work.enqueue()

    Worker([], server=os.getpid()).run()

    assert ran == []


@pytest.mark.django_db
def test_all_periodic_jobs_can_be_done(caplog: pytest.LogCaptureFixture) -> None:
    attend(JOBS)

    assert caplog.messages == []
    assert set(PeriodicJob.objects.values_list("name", flat=True)) == {
        each.name for each in JOBS if each.turns
    }


def test_companion_starts_what_died_again_and_ends_it(tmp_path: Path) -> None:
    companion = Companion([sys.executable, "-c", LIVES, str(tmp_path)])

    companion.start()
    [first] = _pids(tmp_path, 1)
    os.kill(first, signal.SIGKILL)
    [second] = _pids(tmp_path, 2) - {first}
    companion.stop()

    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)
    time.sleep(0.3)
    assert len(_pids(tmp_path, 2)) == 2


def _pids(folder: Path, number: int) -> set[int]:
    """The processes that were born, as soon as there are so many."""
    until = time.monotonic() + 20
    while len(list(folder.iterdir())) < number:
        assert time.monotonic() < until
        time.sleep(0.01)
    return {int(each.name) for each in folder.iterdir()}
