"""A browser, pages of two sizes, and the product to look at."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from leitbild.accounts.models import Municipality
from tests.browser.chromium import HELP, find
from tests.browser.watch import watched
from tests.database import using_database

DESKTOP: Final = ViewportSize(width=1280, height=900)
PHONE: Final = ViewportSize(width=390, height=844)
# Root may not use Chromium's sandbox; the rest keeps it from asking anyone anything.
ARGUMENTS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder, so that `-m "not browser"` is the quick half."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _as_it_is(application: WSGIHandler) -> WSGIHandler:
    return application


class Server(LiveServer):
    """Serves static files as production does: by the middleware, under their hashed names."""

    def __init__(self, address: str) -> None:
        """Start without Django's own handler of static files, which knows no hashed names."""
        super().__init__(address, start=False)
        self.thread.static_handler = _as_it_is  # type: ignore[assignment]  # any callable will do
        self.start()


@pytest.fixture(scope="session")
def server(django_db_setup: None, static_root: Path) -> Iterator[Server]:
    """The product, served from whatever database is in use when a request comes."""
    server = Server("localhost")
    yield server
    server.stop()


@pytest.fixture
def site(server: Server, demo_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Address of the demo city; reading tests only, since nothing undoes what a request writes."""
    with django_db_blocker.unblock(), using_database(demo_database):
        yield server.url


@pytest.fixture
def writable_site(server: Server, writable_demo_city: Municipality) -> str:
    """Address of a demo city that this test alone uses and may change."""
    return server.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium a worker."""
    executable = find()
    if executable is None:
        pytest.fail(f"{HELP} Or run: python -m tests.browser.chromium", pytrace=False)
    # Playwright keeps an event loop in this thread, beside which Django has connections of its own;
    # one left open from before would keep the database from being copied.
    connections.close_all()
    # And beside it Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages, each a fresh visitor; takes what `Browser.new_context` takes."""
    with ExitStack() as stack:

        def visitor(**options: Any) -> Page:
            context = browser.new_context(**{"viewport": DESKTOP, "locale": "de-DE", **options})
            stack.callback(context.close)
            stack.enter_context(watched(context))
            return context.new_page()

        yield visitor


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A desktop visitor's page."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A page as wide as a phone, with touch."""
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def without_script(open_page: Callable[..., Page]) -> Page:
    """A page that runs no script (STYLE rule 15)."""
    return open_page(java_script_enabled=False)
