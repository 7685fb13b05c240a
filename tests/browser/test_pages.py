"""Every kind of page in both directions of script: WCAG 2.2 AA, phone, large text (STYLE rule 19).

One visit of a page serves all its checks, because loading and judging a page takes longest: the
German page is judged as wide as a desktop, the Arabic one as narrow as a phone.
"""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Page, ViewportSize
from pytest_django import DjangoDbBlocker

from tests.browser.accessibility import assert_accessible, violations
from tests.browser.conftest import DESKTOP, PHONE, Server
from tests.browser.layout import LEAST, cut_off, enlarge_text, sticking_out, too_low
from tests.pages import MISSING, PAGES

NARROW: Final = ViewportSize(width=320, height=640)
DARK_IN_ARABIC: Final = {PAGES["home"], PAGES["list"], PAGES["measure"]}


def assert_usable(page: Page, *, judged: ViewportSize = DESKTOP, dark: bool = True) -> None:
    """Judge the page at one size, in the dark, at 320 pixels, and with large text."""
    page.set_viewport_size(judged)
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert too_low(page) == []
    if dark:
        # Without motion, since a colour half way between light and dark is not to be judged.
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert violations(page, rules=["color-contrast"]) == []
    page.set_viewport_size(NARROW)
    assert sticking_out(page) == []
    assert too_low(page, ".facet__option", LEAST) == []
    page.set_viewport_size(DESKTOP)
    before = cut_off(page)
    enlarge_text(page)
    assert sticking_out(page) == []
    assert [each for each in cut_off(page) if each not in before] == []


@pytest.mark.parametrize("path", [*PAGES.values(), MISSING])
def test_page_is_usable_in_both_directions_of_script(site: str, page: Page, path: str) -> None:
    page.goto(f"{site}/de/{path}")
    assert_usable(page)

    page.emulate_media(color_scheme="light")
    enlarge_text(page, times=1)
    page.goto(f"{site}/ar/{path}")
    assert_usable(page, judged=PHONE, dark=path in DARK_IN_ARABIC)


@pytest.fixture
def workshop(site: str, settings: Any) -> str:
    """The demo city with a broken page and the gallery."""
    settings.ROOT_URLCONF = "tests.workshop"
    return site


@pytest.mark.parametrize("path", ["_broken/", "_gallery/"])
def test_page_beside_the_concept_is_usable(workshop: str, page: Page, path: str) -> None:
    page.goto(f"{workshop}/{path}")

    assert_usable(page)


@pytest.fixture
def empty_site(server: Server, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Address of an installation in which nobody answers."""
    with django_db_blocker.unblock():
        yield server.url


def test_page_of_nobody_is_usable(empty_site: str, page: Page) -> None:
    response = page.goto(f"{empty_site}/de/")

    assert response
    assert response.status == 404
    assert_usable(page)


@pytest.mark.parametrize("path", ["", "massnahmen/?theme=1"])
def test_page_is_as_wide_as_a_phone(site: str, phone: Page, path: str) -> None:
    phone.goto(f"{site}/ar/{path}")

    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
