"""A new edition in a browser: begun and decided by keyboard, in both directions of script."""

import pytest
from playwright.sync_api import Page, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.enums import Fate
from leitbild.plan.models import MeasureLineage
from leitbild.plan.queries.lineage import undecided
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.layout import sticking_out
from tests.browser.office.sitting import sit_down
from tests.plan.editions import begun, decide, of


def test_officer_begins_an_edition_and_decides_by_keyboard(
    writable_site: str, writable_demo_city: Municipality, page: Page
) -> None:
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER)
    page.goto(f"{writable_site}/office/konzepte/2022/fortschreiben/")
    page.locator("[name=edition]").fill("2031")
    page.locator("[name=title]").fill("Integrationskonzept 2031")
    page.locator("[name=title]").press("Enter")
    page.locator(".head a.button").press("Enter")

    expect(page.locator("[name=into]")).to_be_hidden()
    page.locator("[name=fate]").first.focus()
    for _each in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.locator("[name=into]")).to_be_visible()
    page.locator("[name=into]").select_option(index=1)
    page.locator("[name=reason]").fill("Beides geschieht an denselben Schulen.")
    page.locator("form.fate-form .button--main").press("Enter")

    expect(page.locator("h1")).to_contain_text("1.2")
    row = MeasureLineage.objects.get(concept__slug="2031", fate=Fate.MERGED)
    assert (row.before and row.before.code, row.after and row.after.code) == ("1.1", "1.2")
    assert len(undecided(row.concept)) == 31


@pytest.mark.parametrize("language", ["de", "ar"])
def test_pages_of_a_new_edition_are_usable(
    writable_site: str, writable_demo_city: Municipality, page: Page, language: str
) -> None:
    old, new = begun(writable_demo_city)
    decide(new, "1.1", Fate.SPLIT, "Zwei Vorhaben.", titles=["Vorlesen"])
    waiting = of(old, "1.2").pk
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER, language=language)
    page.goto(f"{writable_site}/office/konzepte/{new.slug}/fortschreiben/{waiting}/")
    page.locator("[value=split]").check()
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    for path in (f"{waiting}/", "herkunft/"):
        page.goto(f"{writable_site}/office/konzepte/{new.slug}/fortschreiben/{path}")
        assert sticking_out(page) == []
        assert_accessible(page)


def test_page_that_begins_an_edition_is_usable(
    writable_site: str, writable_demo_city: Municipality, phone: Page
) -> None:
    sit_down(phone, writable_site, writable_demo_city, Role.OFFICER, language="ar")
    phone.goto(f"{writable_site}/office/konzepte/2022/fortschreiben/")

    assert sticking_out(phone) == []
    assert_accessible(phone)


def test_all_fields_stand_there_without_script(
    writable_site: str, writable_demo_city: Municipality, without_script: Page
) -> None:
    old, new = begun(writable_demo_city)
    first = of(old, "1.1").pk
    sit_down(without_script, writable_site, writable_demo_city, Role.OFFICER)
    without_script.goto(f"{writable_site}/office/konzepte/{new.slug}/fortschreiben/{first}/")
    without_script.locator("[value=split]").check()
    without_script.locator("[name=titles]").fill("Vorlesen")
    without_script.locator("[name=reason]").fill("Zwei Vorhaben.")
    without_script.locator("form.fate-form .button--main").click()

    expect(without_script.locator("h1")).to_contain_text("1.2")
    assert new.measures.filter(title="Vorlesen").exists()
