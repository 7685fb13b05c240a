"""An editor reports a stop on a phone: without a reason it comes back, with one it appears."""

from playwright.sync_api import Page, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.models import Measure
from tests.browser.accessibility import assert_accessible
from tests.browser.layout import sticking_out
from tests.browser.office.sitting import sit_down


def test_stop_without_a_reason_is_mended_and_appears(
    writable_site: str, writable_demo_city: Municipality, phone: Page
) -> None:
    measure = Measure.objects.filter(concept__status="adopted", updates__isnull=False)[0]
    sit_down(phone, writable_site, writable_demo_city, Role.OFFICER, language="en")
    phone.goto(f"{writable_site}/office/meine-massnahmen/")
    assert sticking_out(phone) == []
    phone.locator(f"#measure-{measure.pk} a").first.tap()
    form = phone.locator("form[action$='/stand/']")
    expect(form.get_by_label("Why it is delayed or stopped")).to_be_hidden()

    form.get_by_text("stopped", exact=True).tap()
    form.get_by_label("What has happened").fill("Wir hören auf.")
    form.get_by_role("button", name="Report news").tap()
    expect(phone.locator("[data-faults]")).to_be_focused()
    expect(form.get_by_label("What has happened")).to_have_value("Wir hören auf.")
    assert_accessible(phone)
    assert sticking_out(phone) == []
    phone.locator("[data-faults] a").tap()
    expect(form.get_by_label("Why it is delayed or stopped")).to_be_focused()
    phone.keyboard.type("Die Förderung endet.")
    form.get_by_role("button", name="Report news").tap()

    first = phone.locator(".delivery__update").first
    expect(first).to_contain_text("Wir hören auf.")
    expect(first).to_contain_text("Die Förderung endet.")
    expect(phone.locator(".leaf__state")).to_have_text("stopped")
    expect(phone.get_by_role("status")).to_contain_text("Everybody can read it now.")


def test_sheet_and_own_measures_are_accessible_from_right_to_left(
    writable_site: str, writable_demo_city: Municipality, page: Page
) -> None:
    measure = Measure.objects.filter(concept__status="adopted", milestones__isnull=False)[0]
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER, language="ar")

    page.goto(f"{writable_site}/office/umsetzung/{measure.concept.slug}/{measure.pk}/")
    page.evaluate("document.querySelectorAll('main details').forEach((each) => each.open = true)")
    assert_accessible(page)
    page.goto(f"{writable_site}/office/meine-massnahmen/")
    assert_accessible(page)
