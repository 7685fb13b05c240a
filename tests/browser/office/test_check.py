"""The plan check in a browser: usable in both directions of script, and each line mends itself."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.models import Concept, FindingCount, Measure
from tests.browser.accessibility import assert_accessible, violations
from tests.browser.conftest import PHONE
from tests.browser.layout import LEAST, enlarge_text, sticking_out, too_low
from tests.browser.office.sitting import sit_down

CHECK = "/office/konzepte/2022/check/"


def work_done(town: Municipality) -> None:
    """A long sentence to quote, and counts of an earlier day for the curve."""
    measure = Measure.objects.filter(concept__slug="2022").order_by("code")[0]
    Measure.objects.filter(pk=measure.pk).update(summary=" ".join(["Wort"] * 30) + ".")
    concept = Concept.objects.get(municipality=town, slug="2022")
    day = FindingCount.objects.filter(concept=concept)[0].day - dt.timedelta(days=9)
    FindingCount.objects.create(concept=concept, day=day, check_name="lead-missing", count=12)


@pytest.mark.parametrize("language", ["de", "ar"])
def test_check_is_usable(
    writable_site: str, writable_demo_city: Municipality, page: Page, language: str
) -> None:
    work_done(writable_demo_city)
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER, language=language)
    page.goto(f"{writable_site}{CHECK}")
    for summary in page.locator("main summary").all():
        summary.click()
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_accessible(page)
    assert sticking_out(page) == []
    assert too_low(page, "main a, main button, main select, main summary", LEAST) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert violations(page, rules=["color-contrast"]) == []
    page.set_viewport_size({"width": 320, "height": 640})
    enlarge_text(page)
    assert sticking_out(page) == []


def test_editor_narrows_the_check_to_their_own_on_a_phone(
    writable_site: str, writable_demo_city: Municipality, phone: Page
) -> None:
    office = writable_demo_city.organisations.get(slug="volkshochschule")
    sit_down(phone, writable_site, writable_demo_city, Role.EDITOR, organisation=office)
    phone.goto(f"{writable_site}{CHECK}")

    assert sticking_out(phone) == []
    words = phone.locator(".filter .field--check .field__label").bounding_box()
    assert words
    assert words["height"] < words["width"]


def test_finding_leads_to_its_field_by_keyboard(
    writable_site: str, writable_demo_city: Municipality, page: Page
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER)
    page.goto(f"{writable_site}{CHECK}?check=lead-missing")

    page.locator(".finding a").first.press("Enter")

    expect(page.locator("h1")).to_contain_text("Schnuppertage")
    expect(page.locator("#id_lead")).to_be_in_viewport()


def test_findings_are_narrowed_down_without_script(
    writable_site: str, writable_demo_city: Municipality, without_script: Page
) -> None:
    sit_down(without_script, writable_site, writable_demo_city, Role.OFFICER)
    without_script.goto(f"{writable_site}{CHECK}")

    without_script.locator("[name=theme]").select_option("3")
    without_script.locator(".filter button").press("Enter")

    expect(without_script.locator(".finding__line")).to_have_count(1)
