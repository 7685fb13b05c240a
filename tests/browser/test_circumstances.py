"""Pages under other circumstances: without script, without motion, on paper, on a slow line."""

import re
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.layout import cut_off, sticking_out
from tests.pages import PAGES

FIRST_VIEW: Final = 60_000
"""Most bytes of a first visit to home, all files and headers."""


def test_lists_are_filtered_without_script(site: str, without_script: Page) -> None:
    page = without_script
    page.goto(f"{site}/de/massnahmen/")

    page.locator(".facet:has([name=state]) > summary").click()
    page.locator("input[name=state][value=done]").check()
    page.locator("select[name=sort]").select_option("title")
    page.locator(".filters__facets button[type=submit]").click()

    expect(page.locator(".chip")).to_have_count(1)
    titles = page.locator(".measures__title a").all_inner_texts()
    assert titles == sorted(titles)
    assert page.locator(".measures .stone use").count() == len(titles) > 0


def test_language_is_changed_without_script(site: str, without_script: Page) -> None:
    page = without_script
    page.goto(f"{site}/de/massnahmen/2.3/")

    page.locator("details.menu summary").first.click()
    page.locator("details.menu a[hreflang=ar]").click()

    page.wait_for_url(f"{site}/ar/massnahmen/2.3/")


@pytest.mark.parametrize(
    ("path", "says_so"),
    [("/de/massnahmen/2.3/", False), ("/en/massnahmen/2.3/", False), ("/ar/massnahmen/2.3/", True)],
)
def test_page_says_where_it_is_not_translated(
    site: str, without_script: Page, path: str, says_so: bool
) -> None:
    without_script.goto(f"{site}{path}")

    assert without_script.locator("main > .untranslated").is_visible() is says_so


def test_search_finds_without_script(site: str, without_script: Page) -> None:
    page = without_script
    page.goto(f"{site}/de/")

    page.locator(".masthead__search").click()
    page.locator("main input[type=search]").fill("wohnung")
    page.locator("main button[type=submit]").click()

    # The click returns before the answer is there.
    expect(page.locator(".hits__item")).not_to_have_count(0)


def test_nothing_useless_is_offered_without_script(site: str, without_script: Page) -> None:
    without_script.goto(f"{site}/de/massnahmen/2.3/")

    expect(without_script.locator("[data-print]")).to_be_hidden()
    assert without_script.locator("[data-copy]").get_attribute("href") == (
        f"{site}/de/massnahmen/2.3/"
    )


def test_link_is_copied_with_script(site: str, open_page: Callable[..., Page]) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/de/massnahmen/2.3/")
    words = page.locator("[data-copy]").inner_text()

    page.locator("[data-copy]").click()

    expect(page.locator("[data-copy]")).not_to_have_text(words)
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/de/massnahmen/2.3/"
    expect(page.locator("[data-print]")).to_be_visible()


def test_nothing_moves_for_who_wants_no_motion(site: str, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/de/")

    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((each) => {
          const style = getComputedStyle(each);
          return style.transitionDuration !== "0s" || style.animationName !== "none";
        }).length"""
    )

    assert moving == 0
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize(
    ("path", "least", "most"), [("", 1, 3), ("massnahmen/2.3/", 1, 4), ("konzept/", 6, 40)]
)
def test_page_is_printed(site: str, page: Page, path: str, least: int, most: int) -> None:
    page.goto(f"{site}/de/{path}")
    page.emulate_media(media="print")

    for hidden in (".masthead__nav", ".masthead__search", ".menu", ".skip", ".no-print"):
        for each in page.locator(hidden).all():
            expect(each).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    assert least <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= most


def test_stones_keep_their_forms_on_paper(site: str, page: Page) -> None:
    page.goto(f"{site}/de/")
    page.emulate_media(media="print")

    expect(page.locator(".stone-link .stone")).to_have_count(32)
    expect(page.locator(".stone-link .stone").first).to_have_css("color", "rgb(0, 0, 0)")


@pytest.mark.parametrize("path", ["massnahmen/", "ankommen/"])
def test_tables_stay_tables_on_paper(site: str, phone: Page, path: str) -> None:
    phone.goto(f"{site}/de/{path}")
    expect(phone.locator("main table").first).not_to_have_css("display", "table")

    phone.emulate_media(media="print")

    expect(phone.locator("main table").first).to_have_css("display", "table")
    expect(phone.locator("main thead").first).to_have_css("position", "static")


def test_what_is_shut_is_left_out_on_paper(site: str, page: Page) -> None:
    page.goto(f"{site}/de/konzept/2022/vergleich/")
    words = page.locator(".passage__words")
    words.first.locator("summary").click()

    page.emulate_media(media="print")

    expect(words.first).to_be_visible()
    expect(words.nth(1)).to_be_hidden()


def sizes_of_answers(page: Page) -> list[int]:
    """A list that fills with the bytes each answer takes on the line, headers included."""
    sizes: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.loadingFinished", lambda event: sizes.append(round(event["encodedDataLength"]))
    )
    return sizes


@pytest.mark.parametrize("language", ["de", "ar"])
def test_first_view_of_home_is_light(site: str, page: Page, language: str) -> None:
    sizes = sizes_of_answers(page)

    page.goto(f"{site}/{language}/", wait_until="networkidle")

    # Chromium asks for Brotli over HTTPS alone; a visitor of a real portal gets less than this.
    assert len(sizes) >= 9
    assert sum(sizes) <= FIRST_VIEW


def test_second_view_brings_the_page_alone(site: str, page: Page) -> None:
    page.goto(f"{site}/de/", wait_until="networkidle")
    sizes = sizes_of_answers(page)

    page.goto(f"{site}/de/massnahmen/", wait_until="networkidle")

    assert len([size for size in sizes if size]) == 1


@pytest.mark.parametrize("language", ["de", "ar"])
def test_no_text_of_the_list_is_cut_off_on_a_phone(site: str, phone: Page, language: str) -> None:
    phone.goto(f"{site}/{language}/{PAGES['list']}")

    assert [each for each in cut_off(phone) if "breadcrumb" not in each] == []


def test_years_and_amounts_stay_whole_on_a_phone(site: str, phone: Page) -> None:
    phone.goto(f"{site}/de/{PAGES['measure']}")

    lines = phone.locator(".figures tbody").evaluate_all(
        """(years) => years.flatMap((year) => [...year.querySelectorAll("th, .figures__amount")])
          .map((cell) => {
            const words = document.createRange();
            words.selectNodeContents(cell);
            return new Set([...words.getClientRects()].map((each) => each.top)).size;
          })"""
    )

    assert len(lines) > 10
    assert set(lines) == {1}


def test_way_to_a_page_is_whole_on_a_desktop(site: str, page: Page) -> None:
    page.goto(f"{site}/de/{PAGES['measure']}")

    assert [each for each in cut_off(page) if "breadcrumb" in each] == []


@pytest.mark.parametrize("address", ["massnahmen/?state=under_way&theme=1", "massnahmen/?q=xyzzyq"])
def test_what_a_filter_found_stands_on_the_first_screen_of_a_phone(
    site: str, phone: Page, address: str
) -> None:
    phone.goto(f"{site}/de/{address}")

    box = phone.locator(":is(.measures__title, .empty)").first.bounding_box()

    assert box is not None
    assert box["y"] + box["height"] < PHONE["height"]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_many_stones_run_below_their_goal(site: str, phone: Page, language: str) -> None:
    phone.goto(f"{site}/{language}/")
    row = phone.locator(".band__row").first

    row.locator(".band__stones").evaluate(
        "(stones) => { while (stones.children.length < 40)"
        " stones.append(stones.firstElementChild.cloneNode(true)); }"
    )

    goal, stones = (row.locator(each).bounding_box() for each in (".band__goal", ".band__stones"))
    assert goal is not None
    assert stones is not None
    assert stones["y"] >= goal["y"] + goal["height"]
    assert stones["height"] < 6 * 44
    assert sticking_out(phone) == []
