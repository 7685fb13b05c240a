"""Every kind of page, in both directions of script and on a phone (STYLE rule 19)."""

from typing import Final

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import PHONE

PATHS: Final = (
    "",
    "massnahmen/",
    "ankommen/",
    "konzept/",
    "suche/?q=sprache",
    "impressum/",
    "datenschutz/",
    "barrierefreiheit/",
    "gibt-es-nicht/",
)


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("path", PATHS)
def test_page_is_accessible(site: str, page: Page, language: str, path: str) -> None:
    page.goto(f"{site}/{language}/{path}")

    assert_accessible(page)


@pytest.mark.parametrize("path", PATHS)
def test_page_is_accessible_on_a_phone(site: str, phone: Page, path: str) -> None:
    phone.goto(f"{site}/de/{path}")

    assert_accessible(phone)


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("path", PATHS)
def test_page_fits_a_phone(site: str, phone: Page, language: str, path: str) -> None:
    phone.goto(f"{site}/{language}/{path}")

    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
