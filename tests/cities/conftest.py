"""Neustadt, imported once a worker."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from leitbild.accounts.models import Municipality
from tests.cities.neustadt import neustadt_city
from tests.database import rolled_back, using_database


@pytest.fixture(scope="session")
def neustadt_database(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Name of the database that holds Neustadt; no test writes it."""
    folder = tmp_path_factory.mktemp("neustadt")
    with django_db_blocker.unblock(), neustadt_city(folder, suffix="neustadt") as name:
        yield name


@pytest.fixture
def neustadt_town(
    neustadt_database: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Municipality]:
    """Neustadt for tests without a browser; takes the place of `db`, writes are undone."""
    with django_db_blocker.unblock(), using_database(neustadt_database), rolled_back():
        yield Municipality.objects.get()
