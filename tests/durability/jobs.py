"""Jobs that leave a trace when they begin and when they end; for workers that are killed."""

import datetime as dt
import time
from typing import Final

from django_tasks import task

from leitbild.core.actions import record_event
from leitbild.core.periodic import Periodic

BEGUN: Final = "test.begun"
ENDED: Final = "test.ended"


class Pace:
    """How long a job of this process lasts."""

    seconds = 0.01


@task()
def queued(number: int) -> None:
    """A job of the queue."""
    _trace(BEGUN, number)
    time.sleep(Pace.seconds)
    _trace(ENDED, number)


@task()
def turning() -> None:
    """A job that is somebody's turn."""
    _trace(BEGUN, -1)
    time.sleep(Pace.seconds)
    _trace(ENDED, -1)


TURNING: Final = Periodic(turning, every=dt.timedelta(minutes=10))


def _trace(what: str, number: int) -> None:
    record_event(action=what, by=None, changes={"number": number}, public=False)
