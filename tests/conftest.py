"""Fixtures of all tests. SQLite by default; with DATABASE_URL the same tests use PostgreSQL."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test.utils import override_settings, teardown_databases
from django.utils.translation import override
from pytest_django import DjangoDbBlocker

from leitbild.accounts.models import Municipality
from tests.cities.neustadt import neustadt_city
from tests.clients import cheap_clients
from tests.database import copied_database, rolled_back, using_database
from tests.migrated import empty_database
from tests.rows import filled_once

# A busy machine is no reason to fail, and what fails for one must fail for all.
hypothesis.settings.register_profile("tests", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("tests")

IN_MEMORY: Final = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
QUICK: Final = "django.contrib.auth.hashers.MD5PasswordHasher"
PAGES: Final = (
    "tests/office/",
    "tests/portal/",
    "tests/cities/",
    "tests/architecture/",
    "tests/plan/exchange/",
    "tests/reports/test_concept_pdf.py",
    "tests/reports/council/test_agreement.py",
)
"""Where tests look at pages and files; those that walk all pages, `everywhere`, aren't meant."""
DEMO: Final = {"demo_city", "writable_demo_city", "site", "writable_site"}
FIRST: Final = (
    "tests/test_wheel.py",
    # Without the demo city, so that a second worker isn't waiting for the first one to load it.
    "tests/durability/test_staleness.py",
    "tests/durability/",
    "tests/browser/",
    "tests/config/test_server.py",
    "tests/office/",
    "tests/portal/",
)
"""What takes longest: with many short files at the end no core is left without work."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests that would have two databases; say what PostgreSQL is needed for."""
    items.sort(key=_turn)
    for item in items:
        if item.nodeid.startswith(PAGES) and not item.get_closest_marker("everywhere"):
            item.add_marker("page")
        fixtures = set(getattr(item, "fixturenames", ()))
        marked = bool(item.get_closest_marker("django_db"))
        if not marked and "django_db_setup" not in fixtures:
            item.add_marker("plain")
        if fixtures & DEMO and ("db" in fixtures or marked):
            raise pytest.UsageError(f"{item.nodeid}: the demo city brings its own database.")


def _turn(item: pytest.Item) -> int:
    return next((at for at, each in enumerate(FIRST) if item.nodeid.startswith(each)), len(FIRST))


def pytest_collection_finish() -> None:
    """Look for no garbage among what is there from now on to the end."""
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite in a file, as in production: each thread of a live server opens it."""
    database = settings.DATABASES["default"]
    # A connection kept open would go on reading the database of the test before.
    database["CONN_MAX_AGE"] = 0
    if database["ENGINE"] == "django.db.backends.sqlite3":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(file)
        # Whoever forgets to ask for an order notices here, not one day on PostgreSQL.
        database["OPTIONS"]["init_command"] += "PRAGMA reverse_unordered_selects=1;"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Create the empty database also when only copies of it are asked for."""
    with django_db_blocker.unblock():
        made = empty_database()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collect static files under hashed names, so that pages link to what production serves."""
    root = tmp_path_factory.mktemp("static")
    settings.STATIC_ROOT = root
    call_command("collectstatic", interactive=False, verbosity=0)
    return root


@pytest.fixture(scope="session", autouse=True)
def _light_settings() -> Iterator[None]:
    """What a test without a database can empty, and passwords that need not be safe.

    Limits count in memory here instead of in a table; one test of them uses the table.
    """
    with override_settings(CACHES=IN_MEMORY, PASSWORD_HASHERS=[QUICK]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _cheap_clients() -> Iterator[None]:
    with cheap_clients():
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _source_language() -> Iterator[None]:
    """Sentences as they stand in the code; those of pages follow the address that is asked for."""
    with override("en"):
        yield


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Name of an empty database of the test's own, for what commits or runs in other processes."""
    with django_db_blocker.unblock(), copied_database("own") as name, using_database(name):
        yield name


@pytest.fixture(scope="session")
def demo_database(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Name of a database filled with the demo city, which no test writes.

    It is loaded once in a run; further workers write the rows the first one got.
    """
    # Tests without the demo city run also while its loader is being changed.
    from leitbild.demo.load import load_demo  # noqa: PLC0415

    # Beside the folders of all workers; alone, a run has none beside it that is its own.
    together = "PYTEST_XDIST_WORKER" in os.environ
    folder = tmp_path_factory.getbasetemp()
    with django_db_blocker.unblock(), copied_database("demo") as name:
        with using_database(name):
            filled_once(folder.parent if together else folder, "demo", load_demo)
        yield name


@pytest.fixture
def demo_city(demo_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Municipality]:
    """The demo city for tests without a browser; takes the place of `db`, writes are undone."""
    with django_db_blocker.unblock(), using_database(demo_database), rolled_back():
        yield Municipality.objects.get()


@pytest.fixture
def writable_demo_city(
    demo_database: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Municipality]:
    """A demo city of the test's own, for what commits; slower than `demo_city`."""
    with (
        django_db_blocker.unblock(),
        using_database(demo_database),
        copied_database("own") as name,
        using_database(name),
    ):
        yield Municipality.objects.get()


@pytest.fixture(scope="session")
def neustadt_database(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Name of the database that holds Neustadt, a quite different city; no test writes it."""
    folder = tmp_path_factory.mktemp("neustadt")
    with django_db_blocker.unblock(), neustadt_city(folder, suffix="neustadt") as name:
        yield name
