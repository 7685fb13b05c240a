"""The whole circle: asked by mail, answered on a phone, approved, and there for everybody."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Contact, Municipality
from leitbild.core.mail import kept_mails
from leitbild.core.models import AuditEvent
from leitbild.core.outbox import send_waiting_mails
from leitbild.delivery.models import Answer, Recipient, Responsibility, Round, UpdateRequest
from leitbild.delivery.tokens import reply_token
from leitbild.plan.models import Concept, Measure
from tests.browser.accessibility import assert_accessible
from tests.browser.layout import sticking_out
from tests.browser.office.sitting import sit_down

WORDS = "Die ersten zwölf Tandems lesen seit Montag."


class Thumb:
    """Counts its taps."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, place: Locator) -> None:
        self.taps += 1
        place.tap()


@pytest.fixture(autouse=True)
def _kept_mails(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.MAILS = "leitbild.core.mail.KeptAsFiles", tmp_path


def test_news_goes_from_the_officers_question_to_everybody(
    writable_site: str, writable_demo_city: Municipality, page: Page, phone: Page
) -> None:
    measure = asked_measure(writable_demo_city)
    office = f"{writable_site}/office"
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER)

    ask(page, f"{office}/umsetzung/{measure.concept.slug}/runden/neu/", measure)
    assert send_waiting_mails() == 1
    mail = next(kept_mails())
    link = re.search(rf"{writable_site}/office/rueckmeldung/\S+", mail.text)
    assert mail.to == "ada@example.org"
    assert link

    phone.goto(link.group())
    thumb = reply_with(phone)
    expect(phone.locator("h1")).to_contain_text("Frau Ada")
    expect(phone.locator("[role=status]")).to_contain_text(measure.code)
    assert thumb.taps <= 4
    assert phone.context.cookies() == []
    phone.goto(f"{writable_site}/de/massnahmen/{measure.code}/")
    expect(phone.locator("main")).not_to_contain_text(WORDS)

    page.goto(f"{office}/antworten/")
    page.locator(f"button[name=accept][value='{Answer.objects.latest('pk').pk}']").click()
    expect(page.locator(".said__line--success")).to_be_visible()

    phone.goto(f"{writable_site}/de/massnahmen/{measure.code}/")
    expect(phone.locator("main")).to_contain_text(WORDS)
    expect(phone.locator(".leaf__state")).to_contain_text("fertig")
    for feed in ("neues.atom", f"massnahmen/{measure.code}/neues.atom"):
        assert WORDS in phone.request.get(f"{writable_site}/de/{feed}").text()
    page.goto(f"{office}/umsetzung/{measure.concept.slug}/berichte/?{todays_report()}")
    expect(page.locator("main")).to_contain_text(WORDS)
    page.goto(f"{office}/protokoll/")
    expect(page.locator("table")).to_contain_text("Frau Ada (")
    assert [each for each in logged() if each.startswith(("answer", "progress", "round.s"))] == [
        *("round.send", "answer.give", "progress.record", "answer.accept")
    ]


def todays_report() -> str:
    """What asks for the council's report on this day."""
    today = timezone.localdate()
    return f"since={today}&until={today}&audience=council&language=de"


def reply_with(phone: Page) -> Thumb:
    """Report on the one measure that is asked for; how often the thumb came down for it."""
    thumb = Thumb()
    thumb.tap(phone.locator("a[href*='answer=news']"))
    thumb.tap(phone.locator("label:has([value=done])"))
    thumb.tap(phone.locator("[name=text]"))
    phone.keyboard.type(WORDS)
    thumb.tap(phone.locator(".reply__form button"))
    return thumb


def asked_measure(municipality: Municipality) -> Measure:
    """A measure that is under way, and somebody who is to be asked about it alone."""
    Round.objects.update(closed_at=timezone.now())
    measure = Measure.objects.select_related("concept", "lead").get(
        concept__municipality=municipality, concept__status="adopted", code="2.3"
    )
    assert measure.lead
    contact = Contact.objects.create(
        organisation=measure.lead, name="Frau Ada", email="ada@example.org"
    )
    Responsibility.objects.update_or_create(measure=measure, defaults={"contact": contact})
    return measure


def ask(page: Page, address: str, measure: Measure) -> None:
    """Choose the measure in the browser, look at the mail, send it."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('[name=m]').forEach((box) => box.checked = false)")
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    page.locator(f"[name=m][value='{measure.pk}']").check()
    page.locator("form.round .button--main").click()
    expect(page.locator(".letter")).to_have_count(1)
    page.locator("[name=do][value=send]").click()
    expect(page.locator(".said__line--success")).to_be_visible()


def logged() -> list[str]:
    """What was done since the demo was loaded, in order."""
    loaded = AuditEvent.objects.filter(action="demo.load").latest("pk").pk
    events = AuditEvent.objects.filter(pk__gt=loaded).order_by("pk")
    return list(events.values_list("action", flat=True))


def test_pages_behind_a_link_and_their_answers_are_usable(
    writable_site: str, writable_demo_city: Municipality, page: Page, phone: Page
) -> None:
    concept = Concept.objects.get(municipality=writable_demo_city, status="adopted")
    asked = Round.objects.create(
        concept=concept, subject="S", message="M", due="2099-01-01", sent_at=timezone.now()
    )
    person = Recipient.objects.create(round=asked, name="Ada", email="a@b.example", language="ar")
    questions = [
        UpdateRequest.objects.create(round=asked, recipient=person, measure=each)
        for each in concept.measures.all()[:2]
    ]
    link = f"{writable_site}/office/rueckmeldung/{reply_token(person)}/"
    phone.goto(f"{link}{questions[0].pk}/?answer=help")
    phone.locator("[name=text]").fill("من يدفع؟")
    phone.locator(".reply__form button").tap()

    expect(phone.locator("[role=status]")).to_be_visible()
    for place in ("", f"{questions[1].pk}/?answer=news"):
        phone.goto(f"{link}{place}")
        assert sticking_out(phone) == []
        assert_accessible(phone)
    expect(phone.locator("[name=reason]")).to_be_hidden()
    phone.locator("label:has([value=delayed])").tap()
    expect(phone.locator("[name=reason]")).to_be_visible()
    sit_down(page, writable_site, writable_demo_city, Role.OFFICER)
    page.goto(f"{writable_site}/office/antworten/")
    assert_accessible(page)
    page.goto(f"{writable_site}/office/antworten/{Answer.objects.latest('pk').pk}/")
    assert_accessible(page)
