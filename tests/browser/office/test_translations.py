"""The translation desk in a browser: both sides, preview while writing, on to the next text."""

from playwright.sync_api import Page, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.layout import sticking_out
from tests.browser.office.sitting import sit_down

LIST = "office/uebersetzungen/?language=ar&edition=2022&q=1a"


def test_translator_writes_sees_the_preview_and_goes_on(
    writable_site: str, writable_demo_city: Municipality, page: Page
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.TRANSLATOR)
    page.goto(f"{writable_site}/{LIST}")
    assert_accessible(page)
    page.locator("table.grid--list tbody a").first.click()
    # The toolbar appears with the page's scripts: what is typed before them isn't previewed.
    expect(page.locator(".markdown-bar")).to_be_visible()
    page.wait_for_load_state()
    page.locator("textarea[name=text]").fill("نص **مهم**")

    expect(page.locator("#preview strong")).to_have_text("مهم")
    assert_accessible(page)
    page.locator("button[value=next]").click()

    expect(page.locator(".said")).to_contain_text("1a")
    page.goto(f"{writable_site}/ar/themen/bildung-und-arbeit/")
    expect(page.locator("main strong", has_text="مهم")).to_be_visible()


def test_desk_works_without_script_on_a_phone_from_right_to_left(
    writable_site: str, writable_demo_city: Municipality, without_script: Page
) -> None:
    page = without_script
    page.set_viewport_size(PHONE)
    sit_down(page, writable_site, writable_demo_city, Role.TRANSLATOR, language="ar")
    page.goto(f"{writable_site}/{LIST}")
    page.locator("table.grid--list tbody a").first.click()
    page.locator("textarea[name=text]").fill("نص **مهم**")

    page.locator("button[value=preview]").click()

    expect(page.locator("#preview strong")).to_have_text("مهم")
    expect(page.locator("textarea[name=text]")).to_have_value("نص **مهم**")
    page.locator("button[value=save]").click()
    expect(page.locator(".said")).to_contain_text("1a")
    expect(page.locator("textarea[name=text]")).to_have_value("نص **مهم**")


def test_desk_is_accessible_from_right_to_left(
    writable_site: str, writable_demo_city: Municipality, phone: Page
) -> None:
    sit_down(phone, writable_site, writable_demo_city, Role.TRANSLATOR, language="ar")
    phone.goto(f"{writable_site}/{LIST}")
    assert_accessible(phone)
    assert sticking_out(phone) == []

    phone.locator("table.grid--list tbody a").first.click()

    assert_accessible(phone)
    assert sticking_out(phone) == []
