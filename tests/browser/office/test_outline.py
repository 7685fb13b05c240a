"""The outline in a browser: arranging by keyboard and by hand, undoing, without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.actions.continuing import continue_concept
from leitbild.plan.models import BinEntry, Concept, Measure, MeasureGoal
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.layout import cut_off, focus, sticking_out
from tests.browser.office.sitting import sit_down


@pytest.fixture
def concept(writable_demo_city: Municipality) -> Concept:
    """The next edition, a draft: nobody asks for reasons, and nothing was reported yet."""
    adopted = Concept.objects.get(slug="2022")
    return continue_concept(concept=adopted, edition=2031, title="Konzept 2031", by=None)


def ids(*codes: str, edition: str = "2031") -> list[int]:
    return [Measure.objects.get(concept__slug=edition, code=code).pk for code in codes]


def order(concept: Concept, goal: str) -> list[str]:
    links = MeasureGoal.objects.filter(concept=concept, goal__code=goal, position=0)
    return list(links.order_by("measure__position").values_list("measure__code", flat=True))


def sat_down(page: Page, site: str, city: Municipality, path: str, edition: str = "2031") -> Page:
    sit_down(page, site, city, Role.OFFICER)
    page.goto(f"{site}/office/konzepte/{edition}/{path}")
    return page


def test_measure_is_moved_by_keyboard_alone(
    writable_site: str, writable_demo_city: Municipality, concept: Concept, page: Page
) -> None:
    sat_down(page, writable_site, writable_demo_city, "anordnen/")
    [pk] = ids("1.3")
    page.locator(f"#measure-{pk} [data-up]").focus()

    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_contain_text("1.3")
    assert page.evaluate("document.activeElement.closest('[data-line]').id") == f"measure-{pk}"
    first = page.locator("[data-said]").inner_text()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-said]")).not_to_have_text(first)

    assert order(concept, "1a") == ["1.3", "1.1", "1.2"]
    assert page.evaluate("document.activeElement.closest('[data-line]').id") == f"measure-{pk}"
    assert focus(page)["outline"] >= 2
    page.keyboard.press("Alt+ArrowUp")
    assert page.locator("[data-kind=measure]").first.get_attribute("id") == f"measure-{pk}"


def drag(page: Page, source: str, target: str, *, below: bool) -> None:
    """Take a line by its handle and let it go in the upper or lower half of another."""
    page.locator(f"{source} [data-handle]").hover()
    page.mouse.down()
    box = page.locator(target).bounding_box()
    assert box is not None
    edge = box["y"] + box["height"] * (0.8 if below else 0.2)
    page.mouse.move(box["x"] + 90, edge, steps=4)
    page.mouse.up()


def test_measures_are_dragged_within_and_to_another_goal(
    writable_site: str, writable_demo_city: Municipality, concept: Concept, page: Page
) -> None:
    sat_down(page, writable_site, writable_demo_city, "anordnen/")
    first, second, third, other = ids("1.1", "1.2", "1.3", "1.4")
    said = page.locator("[data-said]")

    drag(page, f"#measure-{first}", f"#measure-{second}", below=True)
    expect(said).to_have_text(re.compile(r"^1\.1 "))
    assert order(concept, "1a") == ["1.2", "1.1", "1.3"]

    drag(page, f"#measure-{third}", f"#measure-{other}", below=False)
    expect(said).to_have_text(re.compile(r"^1\.3 "))
    assert order(concept, "1a") == ["1.2", "1.1"]
    assert order(concept, "1b") == ["1.3", "1.4", "1.6"]


def test_drag_that_is_broken_off_moves_nothing(
    writable_site: str, writable_demo_city: Municipality, concept: Concept, page: Page
) -> None:
    sat_down(page, writable_site, writable_demo_city, "anordnen/")
    first, second = ids("1.1", "1.2")
    page.locator(f"#measure-{first} [data-handle]").hover()
    page.mouse.down()
    page.locator(f"#measure-{second}").hover()

    page.keyboard.press("Escape")
    page.mouse.up()

    expect(page.locator(".arrange__line--after, .arrange__line--dragged")).to_have_count(0)
    assert order(concept, "1a") == ["1.1", "1.2", "1.3"]


def test_everything_works_without_a_script(
    writable_site: str, writable_demo_city: Municipality, concept: Concept, without_script: Page
) -> None:
    page = sat_down(without_script, writable_site, writable_demo_city, "anordnen/")
    pk, other = ids("1.2", "1.1")
    expect(page.locator("[data-handle]").first).to_be_hidden()

    page.locator(f"#measure-{pk} [data-up]").click()
    assert order(concept, "1a") == ["1.2", "1.1", "1.3"]
    assert page.url.endswith(f"#measure-{pk}")

    page.goto(f"{writable_site}/office/konzepte/2031/")
    for each in (pk, other):
        page.locator(f"input[name=m][value='{each}']").check()
    page.locator("#chosen button[type=submit]").click()
    page.locator("select[name=lead]").select_option(index=2)
    page.locator("button[name=preview]").click()
    page.locator("button[name=apply]").click()
    assert Measure.objects.filter(pk__in=[pk, other]).values("lead").distinct().count() == 1


def test_deletion_is_undone_at_once(
    writable_site: str, writable_demo_city: Municipality, concept: Concept, page: Page
) -> None:
    [pk] = ids("1.1")
    sat_down(page, writable_site, writable_demo_city, "")

    page.locator(f"#measure-{pk} .outline__more summary").click()
    page.locator(f"#measure-{pk} .menu__list a").last.click()
    page.locator(".button--danger").click()
    expect(page.locator(".outline__undo")).to_contain_text("1.1")
    assert order(concept, "1a") == ["1.2", "1.3"]

    page.locator(".outline__undo button").click()

    expect(page.locator(f"#measure-{pk}")).to_be_visible()
    assert order(concept, "1a") == ["1.1", "1.2", "1.3"]


def test_reason_is_asked_once_while_arranging(
    writable_site: str, writable_demo_city: Municipality, page: Page
) -> None:
    adopted = Concept.objects.get(slug="2022")
    sat_down(page, writable_site, writable_demo_city, "anordnen/", edition="2022")
    [pk] = ids("1.3", edition="2022")

    page.locator(f"#measure-{pk} [data-up]").click()
    expect(page.locator("[data-faults]")).to_be_focused()
    assert order(adopted, "1a") == ["1.1", "1.2", "1.3"]

    page.locator("textarea[name=reason]").fill("So liest es sich leichter.")
    for expected in (["1.1", "1.3", "1.2"], ["1.3", "1.1", "1.2"]):
        page.locator("[data-said]").evaluate("(each) => { each.textContent = '' }")
        page.locator(f"#measure-{pk} [data-up]").click()
        expect(page.locator("[data-said]")).to_contain_text("1.3")
        assert order(adopted, "1a") == expected
    expect(page.locator("[data-faults]")).to_have_count(0)


@pytest.mark.parametrize(("language", "judged"), [("de", DESKTOP), ("ar", PHONE)])
def test_pages_are_accessible_wide_and_narrow(
    writable_site: str,
    writable_demo_city: Municipality,
    open_page: Callable[..., Page],
    language: str,
    judged: ViewportSize,
) -> None:
    """The outline, arranging, numbering, editing several measures and the bin."""
    concept = Concept.objects.get(slug="2022")
    BinEntry.objects.create(
        concept=concept, kind="measure", part_id=9_999, label="1.9 Schwimmen", content={}
    )
    chosen = "&".join(f"m={pk}" for pk in ids("1.1", "1.2", "2.3", edition="2022"))
    page = open_page()
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER, language=language)
    for path in ("", "anordnen/", "nummern/", f"auswahl/?{chosen}", "papierkorb/"):
        page.goto(f"{writable_site}/office/konzepte/2022/{path}")
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert sticking_out(page) == []
            assert cut_off(page) == []
        page.set_viewport_size(judged)
        assert_accessible(page)
