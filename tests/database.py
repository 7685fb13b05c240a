"""Databases for tests: an empty one for each worker, and copies of it beside it.

A copy takes the place of emptying tables after a test that commits: rows that are written once
can't be deleted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Final

from django.db import connection, transaction

# A new file of an old name would get what a late request left in the write-ahead log.
_NUMBERS: Final = count(1)


@contextmanager
def using_database(name: str) -> Iterator[None]:
    """Point every connection opened from here on, in any thread, to the database `name`."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def copied_database(suffix: str) -> Iterator[str]:
    """Copy the database in use; yield the copy's name, never used before; remove it in the end."""
    # SQLite's write-ahead log reaches the file that is copied when the last connection closes.
    connection.close()
    suffix = f"{suffix}{next(_NUMBERS)}"
    connection.creation.clone_test_db(suffix=suffix, verbosity=0)
    try:
        yield str(connection.creation.get_test_db_clone_settings(suffix)["NAME"])
    finally:
        connection.creation.destroy_test_db(suffix=suffix, verbosity=0)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo what is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
