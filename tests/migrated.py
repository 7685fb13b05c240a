"""The empty database of a test run; on SQLite it is migrated once and kept for later runs.

Migrating takes a worker three seconds. What is kept bears the digest of all that it was made from,
so it can't be older than the migrations.
"""

import hashlib
import os
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases

ROOT: Final = Path(__file__).parent.parent
KEPT: Final = Path(sys.prefix) / "tests"
MADE_FROM: Final = (
    "leitbild/*/migrations/*.py",
    # All that migrations take from elsewhere; tests.architecture.test_migrations sees to it.
    "leitbild/core/constraints.py",
    "leitbild/config/settings.py",
    "requirements/dev.lock",
    "tests/migrated.py",
)


def empty_database() -> list[Any]:
    """Make it, and use it from now on; what `teardown_databases` wants to know."""
    if connection.vendor != "sqlite":
        return _made()
    kept = KEPT / f"{_digest()}.sqlite3"
    if copied := _copied(kept):
        return copied
    made = _made()
    _keep(kept)
    return made


def _made() -> list[Any]:
    return setup_databases(verbosity=0, interactive=False, serialized_aliases=[])


def _digest() -> str:
    versions = (sys.version, sqlite3.sqlite_version, settings.INSTALLED_APPS)
    digest = hashlib.sha256(repr(versions).encode())
    for file in sorted(each for pattern in MADE_FROM for each in ROOT.glob(pattern)):
        digest.update(f"{file}\n{file.read_text('utf-8')}".encode())
    return digest.hexdigest()[:16]


def _copied(kept: Path) -> list[Any]:
    """Use a copy of what is kept, as Django uses a database it has made; nothing if none is."""
    before, name = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    try:
        shutil.copyfile(kept, name)
    except FileNotFoundError:
        return []
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    return [(connection, before, True)]


def _keep(kept: Path) -> None:
    """Keep the database in use, and no other."""
    # Its write-ahead log reaches the file when the last connection closes.
    connection.close()
    KEPT.mkdir(exist_ok=True)
    for old in KEPT.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    # Whole or not at all: another worker may copy it at this moment, or keep its own.
    copy = kept.with_suffix(f".{os.getpid()}")
    shutil.copyfile(connection.settings_dict["NAME"], copy)
    copy.replace(kept)
