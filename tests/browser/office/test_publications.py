"""To the council and back in a browser: usable in both directions of script, and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.actions.changing import changing
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import Concept, Measure
from tests.browser.accessibility import assert_accessible, violations
from tests.browser.conftest import PHONE
from tests.browser.layout import LEAST, sticking_out, too_low
from tests.browser.office.sitting import sit_down

LIST = "/office/konzepte/2022/fassungen/"


def amend(town: Municipality) -> None:
    concept = Concept.objects.get(municipality=town, slug="2022")
    with changing(
        concept=concept,
        by=None,
        action="measure.edit",
        change=RevisionChange.EDITED,
        reason="Der Rat wünscht es kürzer.",
    ):
        Measure.objects.filter(concept=concept, code="2.3").update(summary="Kürzer.", lead=None)


@pytest.mark.parametrize(
    ("language", "path"),
    [
        ("de", ""),
        ("ar", ""),
        ("ar", "vorlegen/"),
        ("ar", "1/?verify=1"),
        ("de", "1/zurueckziehen/"),
        ("ar", "1/beschluss/"),
    ],
)
def test_page_of_publications_is_usable(
    writable_site: str, writable_demo_city: Municipality, page: Page, language: str, path: str
) -> None:
    amend(writable_demo_city)
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER, language=language)
    page.goto(f"{writable_site}{LIST}{path}")

    if language == "de":
        assert_accessible(page)
    page.set_viewport_size(PHONE)
    if language == "ar":
        assert_accessible(page)
    assert sticking_out(page) == []
    assert too_low(page, "main form button, main form select, main .button", LEAST) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert violations(page, rules=["color-contrast"]) == []


def test_officer_goes_to_the_council_and_back_by_keyboard(
    writable_site: str, writable_demo_city: Municipality, page: Page
) -> None:
    amend(writable_demo_city)
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER)
    page.goto(f"{writable_site}{LIST}")

    page.locator(f'a[href="{LIST}vorlegen/"]').press("Enter")
    page.locator("#id_note").press_sequentially("Zuerst in den Ausschuss.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("2")
    page.locator(f'a[href="{LIST}2/beschluss/"]').press("Enter")
    page.locator("#id_body").press_sequentially("Stadtrat")
    page.locator("#id_date").fill("2026-03-12")
    page.locator("main form button").press("Enter")

    expect(page.locator(".standing")).to_contain_text("Stadtrat")
    expect(page.locator(".altered")).to_have_count(0)
    page.goto(f"{writable_site}/de/konzept/2022/fassungen/1/vergleich/2/")
    expect(page.locator("ins").first).to_contain_text("Kürzer")
