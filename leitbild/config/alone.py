"""One process at a time: whoever comes second waits until the first is done."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


@contextmanager
def alone_at_the_structure() -> Iterator[None]:
    """Nobody else looks at the structure of this database to change it, on whichever node."""
    lock = _held_by_server() if connection.vendor == "postgresql" else alone_at("structure")
    with lock:
        yield


@contextmanager
def alone_at(what: str) -> Iterator[None]:
    """No other process of this data directory does the same; the lock ends with its process."""
    path: Path = settings.ENVIRONMENT.data / f"{what}.lock"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _held_by_server() -> Iterator[None]:
    """Hold a lock of the PostgreSQL server for as long as a transaction beside ours lasts.

    Not for a session: a pooler between us and the server may give each transaction another one.
    """
    beside = connection.copy(alias="alone")
    beside.settings_dict["OPTIONS"].pop("pool", None)
    beside.set_autocommit(False)
    try:
        with beside.cursor() as cursor:
            # Changing the structure may take longer than a transaction may otherwise do nothing.
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext('leitbild'), hashtext('structure'))"
            )
        yield
    finally:
        # Never committed: with its transaction the lock ends.
        beside.close()
