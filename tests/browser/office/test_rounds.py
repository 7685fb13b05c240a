"""The officer asks for news in a browser: on a phone from right to left, and with a keyboard."""

import datetime as dt

from django.utils import timezone
from playwright.sync_api import Page, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.delivery.models import Round
from tests.browser.accessibility import assert_accessible
from tests.browser.layout import sticking_out
from tests.browser.office.sitting import sit_down

ROUNDS = "office/umsetzung/2022/runden/"


def test_round_is_begun_looked_at_sent_and_watched(
    writable_site: str, writable_demo_city: Municipality, page: Page, phone: Page
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER, language="en")
    sit_down(phone, writable_site, writable_demo_city, Role.OFFICER, language="ar")

    page.goto(f"{writable_site}/{ROUNDS}neu/")
    everything = page.get_by_role("button", name="Choose all or none")
    everything.press("Enter")
    expect(page.locator("[data-chosen]")).to_have_text("32 chosen")
    everything.press("Enter")
    expect(page.locator("[data-chosen]")).to_have_text("0 chosen")
    page.locator("[name=m]").first.press("Space")
    expect(page.locator("[data-chosen]")).to_have_text("1 chosen")
    assert_accessible(page)
    page.get_by_role("button", name="See the mails").press("Enter")
    expect(page.get_by_role("heading", name="The mails as they will look")).to_be_visible()
    preview = page.url
    phone.goto(preview)
    assert_accessible(phone)
    assert sticking_out(phone) == []
    page.get_by_role("button", name="Send 1 mail").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 mail is on its way.")

    assert Round.objects.get().due > timezone.localdate() + dt.timedelta(days=20)
    for place in (f"{writable_site}/{ROUNDS}neu/", f"{writable_site}/{ROUNDS}", preview):
        phone.goto(place)
        assert sticking_out(phone) == []
    assert_accessible(phone)
    page.get_by_role("link", name="Ask somebody else").press("Enter")
    expect(page.get_by_label("Contact person")).to_be_visible()
    assert_accessible(page)
