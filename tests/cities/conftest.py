"""Neustadt, imported once a worker."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from leitbild.accounts.models import Municipality
from tests.database import rolled_back, using_database


@pytest.fixture
def neustadt_town(
    neustadt_database: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Municipality]:
    """Neustadt for tests without a browser; takes the place of `db`, writes are undone."""
    with django_db_blocker.unblock(), using_database(neustadt_database), rolled_back():
        yield Municipality.objects.get()
