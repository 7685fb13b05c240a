"""The worker: runs jobs as they come, and once a minute those that are due."""

import logging
import os
import signal
import time
from collections.abc import Iterable
from contextlib import closing
from select import select
from socket import socketpair
from typing import Any, Final

from django.db import DatabaseError, close_old_connections, connection, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from leitbild.core.ending import ENDING
from leitbild.core.periodic import Periodic, attend

INTERVAL: Final = 1.0
"""Seconds between two looks at the queue; a look is one reading query."""
ATTENDING: Final = 60.0
"""Seconds between two looks at what is due."""
PATIENCE: Final = 10.0
"""Seconds it leaves a database alone that can't be used."""
log = logging.getLogger(__name__)


class Worker:
    """Works until it is asked to end, or until the server it belongs to is gone."""

    def __init__(self, jobs: Iterable[Periodic], *, server: int | None = None) -> None:
        """Take the periodic jobs; `server` is the process id of who started it."""
        self._jobs = list(jobs)
        self._server = server
        self._attended: float | None = None
        # Its `run` takes the write lock each time it looks: it is called only where there is work.
        self._tasks = TaskWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )

    def run(self) -> None:
        """Work; signals are taken up between two jobs."""
        if connection.vendor == "sqlite":
            # The last one who closes the database writes its log back: not once a second.
            connection.settings_dict["CONN_MAX_AGE"] = None
        woken, waker = socketpair()
        with closing(woken), closing(waker):
            waker.setblocking(False)
            signal.set_wakeup_fd(waker.fileno())
            for each in (signal.SIGINT, signal.SIGTERM):
                signal.signal(each, self._ask_to_end)
            while not self._shall_end():
                pause = self._work()
                if not ENDING.asked:
                    select([woken], [], [], pause)
            signal.set_wakeup_fd(-1)

    def _ask_to_end(self, *_signal: Any) -> None:
        ENDING.asked = True
        self._tasks.running = False

    def _shall_end(self) -> bool:
        return ENDING.asked or (self._server is not None and os.getppid() != self._server)

    def _work(self) -> float:
        """Do what there is to do; the seconds until the next look."""
        try:
            close_old_connections()
            if DBTaskResult.objects.ready().exists():
                self._tasks.run()
            if self._attended is None or time.monotonic() - self._attended >= ATTENDING:
                self._attended = time.monotonic()
                attend(self._jobs)
        except DatabaseError as error:
            log.warning("The worker can't use the database and tries again soon: %s", error)
            connections.close_all()
            return PATIENCE
        return INTERVAL
