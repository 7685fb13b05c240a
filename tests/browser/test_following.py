"""Somebody follows a measure with nothing but a browser and a mailbox."""

import re

from playwright.sync_api import Page

from leitbild.core.models import PostedMail
from tests.browser.accessibility import assert_accessible
from tests.browser.conftest import PHONE
from tests.browser.layout import sticking_out, too_low


def test_reader_follows_by_mail_and_ends_it(writable_site: str, page: Page) -> None:
    page.goto(f"{writable_site}/de/folgen/?measure=2.3")
    assert_accessible(page)
    page.locator("#id_email").fill("nadia@example.org")
    page.locator("main form button").click()
    page.wait_for_url("**/folgen/gesendet/")
    posted = PostedMail.objects.get(to="nadia@example.org")
    [link] = re.findall(r"\S+/folgen/bestaetigen/\S+", posted.text)

    # Whoever forwards it to themselves may well go on in another language, on a phone.
    page.set_viewport_size(PHONE)
    page.goto(link.replace("/de/", "/ar/"))
    assert_accessible(page)
    page.locator("main form button").click()
    page.wait_for_url("**/ar/folgen/meine/*/")
    assert_accessible(page)
    assert (too_low(page), sticking_out(page)) == ([], [])
    page.locator("main form button").first.click()

    page.wait_for_function("document.querySelectorAll('main form').length === 0")
    assert not PostedMail.objects.filter(to="nadia@example.org").exists()
