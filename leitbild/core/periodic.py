"""Jobs that run again and again: each when it is due, and in one worker at a time.

When a job is due stands in the database, so that after a week without any worker it runs once,
not as often as it was missed. A worker takes a turn at a job by a single conditional update;
whoever comes second finds it taken. A worker that dies holds its turn until it ends.
"""

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django_tasks.base import Task

from leitbild.core.ending import ENDING
from leitbild.core.models import PeriodicJob

TURN: Final = dt.timedelta(hours=1)
"""How long a turn lasts at most; much longer than any job takes."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job and how often it runs.

    Without `turns` it runs whenever a worker attends to it, in several at once, too: only for
    jobs that see to that themselves and write nothing where there is nothing to do.
    """

    task: Task[[], Any]
    every: dt.timedelta = dt.timedelta()
    turns: bool = True

    @property
    def name(self) -> str:
        """Under which its turns are kept."""
        return str(self.task.module_path)


def attend(jobs: Iterable[Periodic]) -> None:
    """Run every job that is due. One query where none is."""
    known = {each.name: each for each in PeriodicJob.objects.all()}
    for job in jobs:
        if ENDING.asked:
            return
        if not job.turns:
            _run(job)
        elif turn := _turn(job, known.get(job.name)):
            _run(job)
            _end_turn(job, turn)


def _turn(job: Periodic, row: PeriodicJob | None) -> PeriodicJob | None:
    """This worker's turn at a job, if it is due and nobody else's."""
    if row is None:
        PeriodicJob.objects.bulk_create([PeriodicJob(name=job.name)], ignore_conflicts=True)
        row = PeriodicJob.objects.get(name=job.name)
    now = timezone.now()
    if row.due_at > now or (row.held_until is not None and row.held_until > now):
        return None
    as_read = PeriodicJob.objects.filter(pk=row.pk, due_at=row.due_at, held_until=row.held_until)
    row.held_until = now + TURN
    return row if as_read.update(held_until=row.held_until) else None


def _end_turn(job: Periodic, turn: PeriodicJob) -> None:
    """Let go, unless the turn lasted so long that another worker has it now."""
    still_held = PeriodicJob.objects.filter(pk=turn.pk, held_until=turn.held_until)
    still_held.update(held_until=None, due_at=timezone.now() + job.every)


def _run(job: Periodic) -> None:
    """One job that fails must not keep the others from running."""
    try:
        job.task.call()
    except Exception:
        log.exception("The job %s failed; it runs again when it is next due.", job.name)
