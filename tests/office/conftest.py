"""A small town whose measures people write; and a city with unfinished work of every kind."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from leitbild.accounts.models import HostName, Municipality
from tests.database import copied_database, rolled_back, using_database
from tests.office.city import small_city
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
    """Name of a database in which a small city is at work, and who and what is in it."""
    with django_db_blocker.unblock(), copied_database("world") as name:
        with using_database(name):
            world = world_of(small_city())
        yield name, world


@pytest.fixture
def world(
    world_database: tuple[str, World],
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    settings: Any,
) -> Iterator[World]:
    """A small city at work; brings its own database, writes are undone."""
    settings.MEDIA_ROOT = tmp_path
    name, world = world_database
    with django_db_blocker.unblock(), using_database(name), rolled_back():
        yield deepcopy(world)


@pytest.fixture
def neighbour(world: World) -> World:
    """Another municipality of the same installation, with the same kinds of things."""
    HostName.objects.create(municipality=world.town, name="testserver")
    town = settle(
        plan(
            measure("1.1", lead="schulamt"),
            measure("1.2", lead="amt-fuer-bau"),
            municipality={"slug": "nachbar", "name": "Nachbar", "languages": ["de", "ar"]},
            concept={"slug": "nachbar-2025", "title": "Nachbarplan", "edition": 2025},
        )
    )
    return world_of(town)
