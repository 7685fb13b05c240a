"""The audit log in a browser: filter by keyboard, unfold, in both directions of script."""

import pytest
from playwright.sync_api import Page, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.layout import sticking_out
from tests.browser.office.sitting import sit_down


@pytest.mark.parametrize("language", ["de", "ar"])
def test_administrator_filters_and_unfolds_the_log(
    writable_site: str, writable_demo_city: Municipality, page: Page, language: str
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.ADMINISTRATOR, language=language)
    page.goto(f"{writable_site}/office/protokoll/")
    page.locator("select[name=action]").select_option("concept.import")
    page.locator("form.filter button").press("Enter")

    expect(page.locator("tbody tr")).to_have_count(2)
    page.locator("details.log__details summary").first.press("Enter")
    expect(page.locator("details.log__details[open] dl")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert sticking_out(page) == []
    assert_accessible(page)
