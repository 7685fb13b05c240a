"""The report to the council in a browser: looked at and frozen, in both directions of script."""

import pytest
from playwright.sync_api import Page, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from tests.browser.accessibility import assert_accessible, violations
from tests.browser.conftest import PHONE
from tests.browser.layout import LEAST, sticking_out, too_low
from tests.browser.office.sitting import sit_down

REPORTS = "/office/umsetzung/2022/berichte/"


@pytest.mark.parametrize(("language", "report"), [("de", "ar"), ("ar", "de")])
def test_officer_looks_at_a_report_and_freezes_it_by_keyboard(
    writable_site: str,
    writable_demo_city: Municipality,
    page: Page,
    language: str,
    report: str,
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER, language=language)
    page.goto(f"{writable_site}{REPORTS}")
    page.locator("#id_language").select_option(report)
    page.locator("form.filter button").press("Enter")
    page.wait_for_url(f"**/berichte/?*language={report}*")

    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert sticking_out(page) == []
    assert too_low(page, "main form button, main form select, main .button", LEAST) == []
    page.locator(".report__freeze button").press("Enter")

    expect(page.locator(".said__line--success")).to_be_visible()
    assert page.url.startswith(f"{writable_site}{REPORTS}")
    assert_accessible(page)
    assert sticking_out(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert violations(page, rules=["color-contrast"]) == []
