"""A city with the longest words, titles and links there may be, on the narrowest phone."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import DESKTOP, Server
from tests.browser.layout import cut_off, enlarge_text, sticking_out, too_low
from tests.browser.test_pages import NARROW
from tests.cities.test_neustadt import PAGES
from tests.database import using_database

EASY: Final = {"filtered list", "markup", "imprint", "accessibility", "search"}
HARDEST: Final = [PAGES[name] for name in PAGES if name not in EASY]


@pytest.fixture
def neustadt_site(
    server: Server, neustadt_database: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Address of Neustadt; reading tests only."""
    with django_db_blocker.unblock(), using_database(neustadt_database):
        yield server.url


@pytest.mark.parametrize("path", HARDEST)
def test_nothing_sticks_out_or_is_cut_off(neustadt_site: str, page: Page, path: str) -> None:
    page.set_viewport_size(NARROW)
    for language in ("de", "ar"):
        page.goto(f"{neustadt_site}/{language}/{path}")

        assert sticking_out(page) == []
        assert too_low(page) == []
        assert [each for each in cut_off(page) if "breadcrumb" not in each] == []
    page.set_viewport_size(DESKTOP)
    assert sticking_out(page) == []
    enlarge_text(page)
    assert sticking_out(page) == []


@pytest.mark.parametrize("path", ["", "massnahmen/", "massnahmen/B-001/"])
def test_other_colours_and_words_are_accessible(neustadt_site: str, page: Page, path: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{neustadt_site}/de/{path}")

    assert_accessible(page)
