"""Writing in a real browser: what is typed is kept, seen as readers will see it, and published."""

import re
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User
from leitbild.plan.models import Draft, Measure, Revision
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.layout import sticking_out
from tests.office.writing import address, filled, post, send
from tests.people import member, signed_in

CODE: Final = "2.3"
REASON: Final = "Der Rat hat mehr Geld bereitgestellt."
SAVED: Final = re.compile(r"Draft saved \d\d:\d\d")


def the_measure() -> Measure:
    return Measure.objects.select_related("concept", "lead").get(
        concept__status="adopted", code=CODE
    )


@pytest.fixture
def officer(writable_demo_city: Municipality) -> User:
    return member(writable_demo_city, Role.OFFICER, email="office@example.org")


@pytest.fixture
def editor(writable_demo_city: Municipality) -> User:
    lead = the_measure().lead
    return member(writable_demo_city, Role.EDITOR, organisation=lead, email="edit@example.org")


def sign_in(page: Page, user: User, site: str) -> Page:
    """Give the browser the session a sign-in would give it."""
    cookie = signed_in(user).cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])
    return page


def expect_state(page: Page, words: str | re.Pattern[str]) -> None:
    """The line that says whether the text is saved."""
    expect(page.locator("[data-saving]")).to_have_text(words, use_inner_text=True)


def test_officer_writes_sees_the_preview_and_publishes(
    writable_site: str, page: Page, officer: User
) -> None:
    sign_in(page, officer, writable_site).goto(writable_site + address(the_measure()))
    text = page.get_by_label("What is to be done, step by step")
    text.fill("Alle lesen laut.")
    text.select_text()
    page.keyboard.press("Control+b")

    expect(page.locator("#preview strong").first).to_have_text("Alle lesen laut.")
    expect_state(page, SAVED)
    assert Draft.objects.get().content["text"] == "**Alle lesen laut.**"
    page.get_by_label("Why does this change?").fill(REASON)
    page.get_by_role("button", name="Publish the change").click()

    expect(page.get_by_text("The change is published, with its reason.")).to_be_visible()
    page.goto(f"{writable_site}/de/massnahmen/{CODE}/")
    expect(page.locator("main .prose strong")).to_have_text("Alle lesen laut.")


def test_two_people_collide_and_nothing_is_lost(
    writable_site: str, page: Page, officer: User, editor: User
) -> None:
    path = address(the_measure())
    sign_in(page, editor, writable_site).goto(writable_site + path)
    page.get_by_label("Title").fill("Lernpaten finden")
    expect_state(page, SAVED)
    send(signed_in(officer), path, "apply", title="Lernpaten ausbilden", note=REASON)

    page.get_by_role("button", name="Hand in to the office").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Two versions of the same text")
    expect(page.locator(".meeting__text").nth(0)).to_contain_text("ausbilden")
    expect(page.locator(".meeting__text").nth(1)).to_contain_text("finden")
    # Writing a text of both is choosing it.
    page.get_by_label("Title: A text of both").fill("Lernpaten finden und ausbilden")
    page.get_by_role("button", name="Take over this version").click()
    expect(page.get_by_label("Title")).to_have_value("Lernpaten finden und ausbilden")
    assert the_measure().title == "Lernpaten ausbilden"


def test_text_survives_lost_connection_and_reload(
    writable_site: str, page: Page, officer: User
) -> None:
    sign_in(page, officer, writable_site).goto(writable_site + address(the_measure()))
    page.on("dialog", lambda dialog: dialog.accept())

    saving = f"**{address(the_measure())}"

    def refuse(route: Route) -> None:
        route.abort() if route.request.method == "POST" else route.continue_()

    page.route(saving, refuse)
    page.get_by_label("Title").fill("Im Tunnel geschrieben")
    expect_state(page, "No connection – your text stays on this device.")
    page.reload()

    offer = page.locator("[data-offer]")
    expect(offer).to_be_visible()
    page.unroute(saving, refuse)
    offer.get_by_text("Look at it").click()
    expect(offer).to_contain_text("Im Tunnel geschrieben")
    offer.get_by_role("button", name="Take it over").click()
    expect_state(page, SAVED)
    assert Draft.objects.get().content["title"] == "Im Tunnel geschrieben"
    assert page.evaluate("Object.keys(localStorage)") == []


def test_second_window_is_told_and_overwrites_nothing(
    writable_site: str, browser: Browser, officer: User
) -> None:
    # Not watched: the answer 409 is what this test is about.
    context = browser.new_context(viewport=DESKTOP)
    first, second = context.new_page(), context.new_page()
    sign_in(first, officer, writable_site)
    for window in (first, second):
        window.goto(writable_site + address(the_measure()))
    first.get_by_label("Title").fill("Aus dem ersten")
    expect_state(first, SAVED)

    second.get_by_label("Title").fill("Aus dem zweiten")
    expect_state(second, "Another window has saved this text meanwhile. Compare both")
    assert Draft.objects.get().content["title"] == "Aus dem ersten"
    second.get_by_role("button", name="Compare both").click()
    second.get_by_role("button", name="Keep what stands in this window").click()

    expect_state(second, SAVED)
    assert Draft.objects.get().content["title"] == "Aus dem zweiten"
    context.close()


def test_signed_out_text_stays_and_is_saved_after_signing_in(
    writable_site: str, page: Page, officer: User
) -> None:
    sign_in(page, officer, writable_site).goto(writable_site + address(the_measure()))
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Title").fill("Über Mittag geschrieben")
    expect_state(page, re.compile("You have been signed out."))
    assert not Draft.objects.exists()

    sign_in(page, officer, writable_site)
    page.keyboard.press("Control+s")

    expect_state(page, SAVED)
    assert Draft.objects.get().content["title"] == "Über Mittag geschrieben"


def test_keyboard_alone_writes_marks_and_publishes(
    writable_site: str, page: Page, officer: User
) -> None:
    sign_in(page, officer, writable_site).goto(f"{writable_site}{address(the_measure())}#id_text")
    page.locator("#id_text").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nNeu")
    page.keyboard.press("Shift+Tab")
    # One stop for the whole toolbar; arrows move inside it.
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    for _each in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#id_text")).to_be_focused()
    expect(page.locator("#id_text")).to_have_value(re.compile(r"\n- Neu$"))
    page.get_by_label("Why does this change?").focus()
    page.keyboard.type(REASON)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("The change is published, with its reason.")).to_be_visible()
    newest = Revision.objects.filter(kind="measure", part_id=the_measure().pk)[0]
    assert newest.content["text"].endswith("\n- Neu")


def test_without_script_one_previews_and_publishes(
    writable_site: str, without_script: Page, officer: User
) -> None:
    page = sign_in(without_script, officer, writable_site)
    page.goto(writable_site + address(the_measure()))
    page.get_by_label("Title").fill("Ohne Skript")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".as-public__title")).to_have_text("Ohne Skript")
    page.get_by_role("button", name="Go on writing").click()
    page.get_by_label("Why does this change?").fill(REASON)
    page.get_by_role("button", name="Publish the change").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ohne Skript")
    assert the_measure().title == "Ohne Skript"


@pytest.mark.parametrize("language", ["de", "ar"])
def test_pages_are_accessible(
    writable_site: str,
    open_page: Callable[..., Page],
    officer: User,
    editor: User,
    language: str,
) -> None:
    path = address(the_measure())
    theirs, mine = signed_in(officer), signed_in(editor)
    opened = filled(mine.get(path))
    send(theirs, path, "apply", title="Lernpaten ausbilden", end="2029", note=REASON)
    conflict = post(mine, path, opened, "hand_in", title="Lernpaten finden", text="Neu.")
    User.objects.update(language=language)
    page = open_page()

    for user, place in (
        (officer, path),
        (editor, conflict["Location"]),
        (editor, f"{path}verlauf/"),
    ):
        sign_in(page, user, writable_site)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            page.goto(writable_site + place)
            assert sticking_out(page) == []
        page.set_viewport_size(DESKTOP if language == "de" else PHONE)
        assert_accessible(page)
