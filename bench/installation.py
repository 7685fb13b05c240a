"""An installation of a section's own, in a temporary directory and away from any other."""

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.postgres import postgres

EMPTY: Final = "empty.sqlite3"


@contextmanager
def installation(*, on_postgres: bool) -> Iterator[None]:
    """Set Django up beside whatever installation this machine has, with empty tables."""
    with tempfile.TemporaryDirectory(prefix="leitbild-bench-") as folder, _database(on_postgres):
        os.environ["LEITBILD_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "leitbild.config.settings"
        django.setup()
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("migrate", verbosity=0)
        if not on_postgres:
            _keep_empty()
        try:
            yield
        finally:
            connection.close()


@contextmanager
def _database(on_postgres: bool) -> Iterator[None]:
    """SQLite needs no address; a server that DATABASE_URL names is never touched."""
    for name in [name for name in os.environ if name.startswith("LEITBILD_")]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    if not on_postgres:
        yield
        return
    with postgres() as url:
        os.environ["DATABASE_URL"] = url
        yield


def empty_database() -> None:
    """Start over with nothing but tables, on SQLite."""
    connection.close()
    file = _database_file()
    for part in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        part.unlink(missing_ok=True)
    shutil.copyfile(file.with_name(EMPTY), file)


def read_plainly(*tables: str) -> str:
    """All rows of these tables as JSON, on SQLite: what reading them takes at least."""
    connection.close()
    with closing(sqlite3.connect(_database_file())) as database:
        known = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        rows = {
            name: database.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 # our own names
            for (name,) in known
            if any(fnmatchcase(name, each) for each in tables)
        }
    # Files among them.
    return json.dumps(rows, default=repr)


def _keep_empty() -> None:
    """Migrating takes seconds, copying doesn't; once closed, the database is one file."""
    connection.close()
    file = _database_file()
    shutil.copyfile(file, file.with_name(EMPTY))


def _database_file() -> Path:
    return Path(settings.DATABASES["default"]["NAME"])
