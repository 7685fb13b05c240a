"""Everything is done by keyboard alone, and one sees where one is (WCAG 2.1.1, 2.4.7)."""

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.layout import focus

# Far more than any page has; the walk ends when it comes back to the address bar.
MOST_STEPS: Final = 400
TABBABLE: Final = """() =>
  [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter((each) => each.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}))
    .length"""


def tab_to(page: Page, selector: str) -> dict[str, Any]:
    """Press Tab until an element that fits has the focus."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return focus(page)
    raise AssertionError(f"Tab never reaches {selector}")


def walked(page: Page) -> list[dict[str, Any]]:
    """All stops from the top of the page to its end."""
    stops: list[dict[str, Any]] = []
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        stop = focus(page)
        if stop["tag"] == "body":
            return stops
        stops.append(stop)
    raise AssertionError("Tab never leaves the page")


@pytest.mark.parametrize("path", ["de/", "ar/massnahmen/?theme=2", "de/massnahmen/2.3/"])
def test_every_stop_is_seen(site: str, page: Page, path: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/{path}")

    stops = walked(page)

    assert len(stops) == page.evaluate(TABBABLE)
    assert [stop["name"] for stop in stops if stop["outline"] < 2] == []
    assert [stop["name"] for stop in stops if not (stop["onScreen"] and stop["uncovered"])] == []


def test_first_stop_skips_to_the_content(site: str, page: Page) -> None:
    page.goto(f"{site}/de/")

    page.keyboard.press("Tab")
    assert focus(page)["href"] == "#inhalt"
    page.keyboard.press("Enter")
    assert focus(page)["id"] == "inhalt"
    page.keyboard.press("Tab")
    assert "stone" in page.evaluate("document.activeElement.closest('main').innerHTML")


def test_header_is_walked_in_its_order(site: str, page: Page) -> None:
    page.goto(f"{site}/de/")
    page.keyboard.press("Tab")

    stops = []
    for _step in range(8):
        page.keyboard.press("Tab")
        stops.append(focus(page))

    assert [stop["href"] for stop in stops] == [
        "/de/",
        "/de/",
        "/de/massnahmen/",
        "/de/neues/",
        "/de/ankommen/",
        "/de/konzept/",
        "/de/suche/",
        None,
    ]


def test_language_menu_opens_closes_and_leads(site: str, page: Page) -> None:
    page.goto(f"{site}/de/massnahmen/?theme=2")
    menu = page.locator("details.menu").first

    tab_to(page, ".menu summary")
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    assert focus(page)["href"] == "/de/massnahmen/?theme=2"
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert focus(page)["tag"] == "summary"

    page.keyboard.press("Enter")
    for _step in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/ar/massnahmen/?theme=2")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_menu_closes_when_left(site: str, page: Page) -> None:
    page.goto(f"{site}/de/")

    tab_to(page, ".menu summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")

    expect(page.locator("details.menu").first).not_to_have_attribute("open", "")


def test_main_menu_of_a_phone_leads(site: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/de/")

    tab_to(page, ".menu--main summary")
    page.keyboard.press("Space")
    tab_to(page, ".menu--main a[href$='massnahmen/']")
    page.keyboard.press("Enter")

    page.wait_for_url(f"{site}/de/massnahmen/")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_stone_shows_its_words_and_leads(site: str, page: Page, language: str) -> None:
    page.goto(f"{site}/{language}/")

    tab_to(page, ".stone-link")
    label = page.locator(".stone-link:focus .stone-link__label")
    expect(label).to_have_css("opacity", "1")
    expect(label).to_be_in_viewport(ratio=1)
    words = label.inner_text()
    page.keyboard.press("Enter")

    page.wait_for_url(f"{site}/{language}/massnahmen/1.1/")
    assert re.match(r"1\.1 .{10,}: .+", words)
    expect(page.locator("h1")).to_contain_text(words.removeprefix("1.1 ").rpartition(":")[0])


def test_stone_pointed_at_shows_its_words(site: str, page: Page) -> None:
    page.goto(f"{site}/de/")
    stone = page.locator(".stone-link").nth(5)

    expect(stone.locator(".stone-link__label")).to_have_css("opacity", "0")
    stone.hover()

    expect(stone.locator(".stone-link__label")).to_have_css("opacity", "1")


def test_filters_are_set_and_removed(site: str, page: Page) -> None:
    page.goto(f"{site}/de/massnahmen/")

    tab_to(page, "input[name=theme][value='3']")
    page.keyboard.press("Space")
    tab_to(page, ".filters__facets button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/massnahmen/?*theme=3*")
    expect(page.locator(".measures tbody tr")).to_have_count(7)
    expect(page.locator("[role=status]")).to_contain_text("7")

    tab_to(page, ".chip")
    page.keyboard.press("Enter")
    expect(page.locator(".measures tbody tr")).to_have_count(32)


def test_search_is_asked_with_enter(site: str, page: Page) -> None:
    page.goto(f"{site}/de/suche/")

    tab_to(page, "main input[type=search]")
    page.keyboard.type("LERNPATEN")
    page.keyboard.press("Enter")

    page.wait_for_url("**/suche/?q=LERNPATEN")
    expect(page.locator(".hits__item mark").first).to_have_text(
        re.compile("lernpaten", re.IGNORECASE)
    )
