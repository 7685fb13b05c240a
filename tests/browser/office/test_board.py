"""How the plan stands, in a browser: tables of words and sums fit the screen in every language."""

import pytest
from playwright.sync_api import Page, ViewportSize

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.layout import enlarge_text, sticking_out
from tests.browser.office.sitting import sit_down

BOARD = "/office/umsetzung/2022/"


# Ukrainian has the longest words beside sums of money.
@pytest.mark.parametrize(("language", "judged"), [("uk", DESKTOP), ("ar", PHONE)])
def test_board_is_usable(
    writable_site: str,
    writable_demo_city: Municipality,
    page: Page,
    language: str,
    judged: ViewportSize,
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER, language=language)
    page.goto(f"{writable_site}{BOARD}")
    page.set_viewport_size(judged)
    assert_accessible(page)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert sticking_out(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    enlarge_text(page)
    assert sticking_out(page) == []
