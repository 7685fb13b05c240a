"""What is away for a while, the database or the store of files: nobody's mistake, and no news.

Whoever asks meanwhile is asked to come back (503), and the log says it in a line each.
"""

import logging
import sqlite3
from typing import Final

from django.db import InterfaceError, OperationalError

WRONG_STATEMENT: Final = sqlite3.SQLITE_ERROR
"""By which SQLite says that a statement is wrong: a mistake of ours, which no waiting mends."""
FAMILY: Final = 0xFF
"""What is above it in SQLite's codes only says it more exactly."""


class StoreAway(OSError):
    """The store of uploaded files doesn't answer as it should."""


def is_outage(error: BaseException | None) -> bool:
    """Whether it may work by itself in a while: away, locked, full, about to start again."""
    if isinstance(error, OperationalError):
        code = getattr(error.__cause__, "sqlite_errorcode", None)
        return code is None or code & FAMILY != WRONG_STATEMENT
    return isinstance(error, InterfaceError | StoreAway)


class Briefly(logging.Filter):
    """Leaves of an outage one line in the log for each request, without saying what was asked."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback off, which says nothing that the sentence doesn't."""
        error = record.exc_info[1] if record.exc_info else None
        if is_outage(error):
            record.msg = "A request could not be answered: %s"
            record.args = (" ".join(str(error).split()),)
            record.exc_info = None
        return True
