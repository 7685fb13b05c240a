"""A small town whose measures people write; and the demo city at work."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from leitbild.accounts.models import Municipality
from leitbild.demo.load import load_demo
from tests.database import copied_database, rolled_back, using_database
from tests.office.worlds import World, world_of
from tests.towns import measure, plan, settle


@pytest.fixture
def writing_town(db: None) -> Municipality:
    """A town with a measure of the school office and one of another."""
    return settle(
        plan(
            measure("1.1", lead="schulamt", text="Ein *Absatz*.", start=2025, end="2026-12-31"),
            measure("1.2", "Rechnen", lead="amt-fuer-bau"),
        )
    )


@pytest.fixture(scope="session")
def world_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, World]]:
    """Name of a database in which the demo city is at work, and who and what is in it."""
    with django_db_blocker.unblock(), copied_database("world") as name:
        with using_database(name):
            world = world_of(load_demo())
        yield name, world


@pytest.fixture
def world(
    world_database: tuple[str, World],
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    settings: Any,
) -> Iterator[World]:
    """The demo city at work; brings its own database, writes are undone."""
    settings.MEDIA_ROOT = tmp_path
    name, world = world_database
    with django_db_blocker.unblock(), using_database(name), rolled_back():
        yield deepcopy(world)
