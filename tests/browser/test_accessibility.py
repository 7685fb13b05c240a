"""The judge itself: what it must find, and what it must let pass."""

from playwright.sync_api import Page

from tests.browser.accessibility import violations

TEXTS = """\
<!doctype html><html lang="de"><title>Texte</title><body style="background: #fff"><main>
<h1>Texte</h1>
<p style="color: #595959">lesbar</p>
<p style="color: #aaa">zu blass</p>
<p style="color: rgb(0 0 0 / 90%)">fast deckend</p>
<p style="color: rgb(0 0 0 / 30%)">zu durchsichtig</p>
<p style="color: #aaa; background: #000">hell auf dunkel</p>
<p style="color: #595959; background: #000">dunkel auf dunkel</p>
</main></body></html>
"""


def test_every_text_that_is_hard_to_read_is_found_and_no_other(page: Page) -> None:
    page.set_content(TEXTS)

    [found] = violations(page)

    assert found.startswith("color-contrast")
    faint = ["zu blass", "zu durchsichtig", "dunkel auf dunkel"]
    assert [line for line in found.splitlines() if "<p" in line] == [
        f"  {line}" for line in TEXTS.splitlines() if any(each in line for each in faint)
    ]
