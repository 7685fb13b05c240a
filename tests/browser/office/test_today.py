"""The office's first page and its frame: both directions of script, menu, keyboard shortcuts."""

from typing import Final

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.models import Draft, Measure
from leitbild.plan.queries.contents import content_of
from tests.browser.accessibility import assert_accessible, violations
from tests.browser.conftest import PHONE
from tests.browser.layout import LEAST, enlarge_text, focus, sticking_out, too_low
from tests.browser.office.sitting import sit_down
from tests.people import member

TODAY: Final = "/office/"


def handed_in(town: Municipality) -> None:
    """An editor's draft that waits for the officer."""
    row = Measure.objects.filter(concept__slug="2022").select_related("concept")[0]
    Draft.objects.create(
        concept=row.concept,
        kind="measure",
        part_id=row.pk,
        content=content_of(row),
        author=member(town, Role.EDITOR, organisation=row.lead),
        note="Bitte vor der Sitzung des Beirats.",
        handed_in_at=timezone.now(),
    )


@pytest.mark.parametrize("language", ["de", "ar"])
def test_today_is_usable(
    writable_site: str, writable_demo_city: Municipality, page: Page, language: str
) -> None:
    handed_in(writable_demo_city)
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER, language=language)
    page.goto(f"{writable_site}{TODAY}")
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    page.locator(".bar__menu summary").click()
    assert_accessible(page)
    assert sticking_out(page) == []
    assert too_low(page, ".bar a, .bar summary, .foot a, main a, main button", LEAST) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert violations(page, rules=["color-contrast"]) == []
    page.set_viewport_size({"width": 320, "height": 640})
    enlarge_text(page)
    assert sticking_out(page) == []


def test_line_leads_to_where_it_is_mended(
    writable_site: str, writable_demo_city: Municipality, page: Page
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER)
    page.goto(f"{writable_site}{TODAY}")

    page.locator("[aria-labelledby=date-missing] a").first.press("Enter")

    expect(page.locator("#id_start")).to_be_in_viewport()


def test_shortcuts_lead_to_rooms_and_are_listed(
    writable_site: str, writable_demo_city: Municipality, page: Page
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER)
    page.goto(f"{writable_site}{TODAY}")

    page.keyboard.press("?")
    expect(page.locator(".keys")).to_be_visible()
    expect(page.locator(".keys li")).to_have_count(8)
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator(".keys")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("p")

    page.wait_for_url(f"{writable_site}/office/protokoll/")


def test_shortcuts_keep_still_while_one_types(
    writable_site: str, writable_demo_city: Municipality, page: Page
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER)
    page.goto(f"{writable_site}/office/konzepte/2022/check/")

    page.locator("[name=theme]").focus()
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.keyboard.press("?")

    expect(page.locator(".keys")).to_be_hidden()
    assert page.url == f"{writable_site}/office/konzepte/2022/check/"


def test_shortcuts_are_switched_off_for_good(
    writable_site: str, writable_demo_city: Municipality, page: Page
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER)
    page.goto(f"{writable_site}{TODAY}")
    page.locator("[data-keys-open]").click()
    page.locator("[data-keys-use]").uncheck()
    page.goto(f"{writable_site}/office/protokoll/")

    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("h")

    expect(page.locator(".keys")).to_be_hidden()
    assert page.url == f"{writable_site}/office/protokoll/"
    page.locator("[data-keys-open]").click()
    expect(page.locator("[data-keys-use]")).not_to_be_checked()


def test_first_stop_skips_to_the_content(
    writable_site: str, writable_demo_city: Municipality, page: Page
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER)
    page.goto(f"{writable_site}{TODAY}")

    page.keyboard.press("Tab")
    assert focus(page)["href"] == "#content"
    page.keyboard.press("Enter")

    assert focus(page)["id"] == "content"


def test_menu_opens_and_closes_on_a_phone(
    writable_site: str, writable_demo_city: Municipality, phone: Page
) -> None:
    sit_down(phone, writable_site, writable_demo_city, Role.OFFICER)
    phone.goto(f"{writable_site}{TODAY}")
    menu = phone.locator(".bar__menu")

    menu.locator("summary").press("Enter")
    expect(menu.get_by_role("link", name="Protokoll", exact=True)).to_be_visible()
    phone.keyboard.press("Escape")

    expect(menu.get_by_role("link", name="Protokoll", exact=True)).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_public_view_is_one_click_away(
    writable_site: str, writable_demo_city: Municipality, page: Page
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER)
    row = Measure.objects.get(concept__slug="2022", code="2.3")
    page.goto(f"{writable_site}/office/konzepte/2022/massnahmen/{row.pk}/")

    page.locator("[data-public]").click()

    page.wait_for_url(f"{writable_site}/de/massnahmen/2.3/")
