"""What only one process may do at a time, others wait for; tried with processes of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Final
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import DjangoDbBlocker, Settings

from leitbild.config.command import database_is_ready, prepare_database
from leitbild.config.environment import Environment
from leitbild.config.server import refresh_static_files

ENDS_WITHIN: Final = 120
BRINGS_UP_TO_DATE: Final = """
import django
django.setup()
from leitbild.config.command import bring_up_to_date
print("loaded", flush=True)
input()
print(bring_up_to_date())
"""


@contextmanager
def empty_database(folder: Path) -> Iterator[Mapping[str, str]]:
    """The variables of an installation in whose database there is nothing."""
    variables = {"LEITBILD_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "leitbild.config.settings"}
    if connection.vendor == "sqlite":
        yield variables
        return
    name = f"leitbild_empty_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield {
            **variables,
            "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl(),
        }
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def started(variables: Mapping[str, str]) -> "subprocess.Popen[str]":
    """A process that has loaded everything and waits for a line to begin."""
    process = subprocess.Popen(
        [sys.executable, "-c", BRINGS_UP_TO_DATE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **variables},
    )
    assert process.stdout
    assert process.stdout.readline() == "loaded\n"
    return process


def test_two_processes_bring_a_database_up_to_date_once(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), empty_database(tmp_path) as variables:
        processes = [started(variables) for _ in range(2)]
        for each in processes:
            assert each.stdin
            each.stdin.write("\n")
            each.stdin.flush()
        answers = [each.communicate(timeout=ENDS_WITHIN) for each in processes]

    steps = sorted(int(out) for out, _err in answers)
    assert [
        (each.returncode, err) for each, (_out, err) in zip(processes, answers, strict=True)
    ] == [
        (0, ""),
        (0, ""),
    ]
    assert steps[0] == 0
    assert steps[1] > 50


def test_database_of_an_older_version_is_waited_for_as_long_as_asked(own_database: str) -> None:
    recorder = MigrationRecorder(connection)
    newest = MigrationLoader(connection).graph.leaf_nodes("core")[0]
    recorder.record_unapplied(*newest)

    with pytest.raises(CommandError, match="is from an older version"):
        prepare_database()

    def update() -> None:
        """As another process would."""
        recorder.record_applied(*newest)
        connection.close()

    updating = Timer(0.2, update)
    updating.start()
    prepare_database(patience=ENDS_WITHIN)
    updating.join()
    assert database_is_ready()


def test_static_files_are_renewed_once_by_those_who_start_together(
    settings: Settings, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = Environment.read({"LEITBILD_DATA": str(tmp_path)})

    with ThreadPoolExecutor(2) as pool:
        renewed = [pool.submit(refresh_static_files) for _ in range(2)]

    assert sorted(each.result() for each in renewed) == [False, True]
