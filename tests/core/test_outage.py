"""What is away for a while is told from what is broken, and said in a line."""

import logging
import sqlite3
from pathlib import Path

import pytest
from django.db import Error, InterfaceError, OperationalError, connection, transaction

from leitbild.core.outage import StoreAway, is_outage


def locked(path: Path) -> sqlite3.Error:
    """What SQLite says of a file that somebody else is writing to."""
    with (
        sqlite3.connect(path, isolation_level=None) as writing,
        sqlite3.connect(path, timeout=0) as waiting,
    ):
        writing.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as error:
            waiting.execute("CREATE TABLE stadt (name)")
        writing.execute("ROLLBACK")
    writing.close()
    waiting.close()
    return error.value


def refused_connection() -> OperationalError:
    """What the driver says of a server that isn't there, over several lines."""
    return OperationalError("connection failed: refused\n\tIs the server running on that host?")


def test_database_that_is_locked_or_away_is_an_outage(tmp_path: Path) -> None:
    error = OperationalError("database is locked")
    error.__cause__ = locked(tmp_path / "a.sqlite3")

    assert is_outage(error)
    assert is_outage(refused_connection())
    assert is_outage(InterfaceError("connection already closed"))
    assert is_outage(StoreAway("The store of files doesn’t answer"))


def test_wrong_statement_is_a_mistake(db: None) -> None:
    with pytest.raises(Error) as error, transaction.atomic():
        connection.cursor().execute("SELECT nothing FROM nowhere")

    assert not is_outage(error.value)


@pytest.mark.parametrize("error", [None, OSError("no such file"), ValueError("x")])
def test_anything_else_is_none(error: Exception | None) -> None:
    assert not is_outage(error)


def test_outage_is_one_line_in_the_log_and_a_mistake_keeps_its_traceback(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = logging.getLogger("django.request")
    for error in (refused_connection(), ValueError("x")):
        log.error("%s: %s", "Error", "/de/suche/?q=privat", exc_info=error)

    outage, mistake = caplog.records
    assert outage.getMessage() == (
        "A request could not be answered: connection failed: refused "
        "Is the server running on that host?"
    )
    assert outage.exc_info is None
    assert mistake.exc_info is not None
