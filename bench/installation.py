"""An installation of the benchmark's own, on SQLite in a temporary directory."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection


@contextmanager
def installation() -> Iterator[None]:
    """Set Django up beside whatever installation this machine has."""
    with tempfile.TemporaryDirectory(prefix="leitbild-bench-") as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ["LEITBILD_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "leitbild.config.settings"
        django.setup()
        call_command("collectstatic", interactive=False, verbosity=0)
        yield
        connection.close()


def empty_database() -> None:
    """Start over with nothing but tables."""
    connection.close()
    file = Path(settings.DATABASES["default"]["NAME"])
    for part in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        part.unlink(missing_ok=True)
    call_command("migrate", verbosity=0)
