"""Looking after rounds by the clock: what reminders say, whom heads hear of, what ends a round."""

import datetime as dt

import pytest
import time_machine

from leitbild.accounts.models import Contact, Municipality, User
from leitbild.core.models import AuditEvent, PostedMail
from leitbild.delivery.actions.recipients import hand_on, renew_link
from leitbild.delivery.actions.rounds import close_round
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.models import Recipient, Round, UpdateRequest
from leitbild.plan.models import Concept, Measure
from tests.delivery.asking import (
    ADA,
    BABBAGE,
    HEAD,
    SITE,
    answer,
    asking_town,
    at,
    attend,
    contact,
    ends,
    link_to,
    officer,
    posted,
    sent,
)
from tests.queries import assert_same_number, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    """A round that left on 2 March 2026 and is due on 23 March."""
    town = asking_town()
    town.reporting = {"escalation_after": 14}
    town.contact_phone = "0631 1234"
    town.save()
    with time_machine.travel(at(dt.date(2026, 3, 2)), tick=False):
        sent(dt.date(2026, 3, 23), "1.1", "1.2", "1.3")
    return town


def last_mail(kind: str) -> PostedMail:
    return PostedMail.objects.filter(key__contains=f":{kind}:").order_by("-pk")[0]


def test_reminder_says_what_is_open_and_gives_the_link(town: Municipality) -> None:
    round_ = Round.objects.get()
    with time_machine.travel(at(dt.date(2026, 3, 10)), tick=False):
        renew_link(recipient=Recipient.objects.get(email=ADA), by=officer(), link_to=link_to)
        answer(round_, "1.1")
        answer(round_, "1.3", AnswerKind.NOT_MINE)

    assert attend(at(dt.date(2026, 3, 16), 6, 59)) == 0
    assert attend(at(dt.date(2026, 3, 16), 7)) == 1
    assert attend(at(dt.date(2026, 3, 16), 7)) == 0
    before = last_mail("reminder")
    assert attend(at(dt.date(2026, 3, 26), 7)) == 1
    after = last_mail("reminder")

    assert (before.to, before.language) == (ADA, "de")
    assert before.headers == {"Reply-To": officer().email}
    assert before.subject.endswith("Wie steht es?")
    assert f"\n{SITE}/r/{ADA}/2\n" in before.text
    assert "– 1.2 Rechnen" in before.text
    assert "1.1" not in before.text
    assert "23. März 2026" in before.text
    assert "22. April 2026" in before.text
    assert after.text != before.text
    ada = Recipient.objects.get(email=ADA)
    assert (ada.reminded, ada.reminded_at) == (2, at(dt.date(2026, 3, 26), 7))
    event = AuditEvent.objects.filter(action="round.remind").order_by("-pk")[0]
    assert (event.actor_id, event.changes) == (
        None,
        {"round": round_.pk, "title": "Wie steht es?", "reminded": 1, "heads_told": 0},
    )


def test_head_hears_whose_news_is_missing_but_gets_nobodys_link(town: Municipality) -> None:
    contact("schulamt", "Dr. Boole", "boole@example.org")
    with time_machine.travel(at(dt.date(2026, 3, 3)), tick=False):
        hand_on(
            request=UpdateRequest.objects.get(measure__code="1.2"),
            contact=Contact.objects.get(name="Dr. Boole"),
            by=officer(),
            link_to=link_to,
        )
    Contact.objects.filter(is_head=True).update(language="ar")
    attend(at(dt.date(2026, 4, 2)))

    number = attend(at(dt.date(2026, 4, 6)))

    mail = last_mail("head")
    assert (number, posted("head")) == (1, [(HEAD, dt.date(2026, 4, 6))])
    assert mail.language == "ar"
    assert "Leitung Schulamt" in mail.text
    assert f"Frau Ada ({ADA})\n– 1.1 القراءة" in mail.text
    assert "Dr. Boole (boole@example.org)\n– 1.2 Rechnen" in mail.text
    assert "/r/" not in mail.text
    assert "1.3" not in mail.text
    assert f"{officer().email}, 0631 1234" in mail.text
    assert SITE in mail.text
    told = Recipient.objects.filter(escalated_at__isnull=False)
    assert {each.email for each in told} == {ADA, "boole@example.org"}


def test_nobody_is_told_of_themselves_and_a_head_named_later_still_hears(
    town: Municipality,
) -> None:
    attend(at(dt.date(2026, 4, 2)))
    own = contact("amt-fuer-bau", "Herr Babbage", "BABBAGE2@example.org", is_head=True)
    Recipient.objects.filter(email=BABBAGE).update(email="babbage2@example.org")
    Recipient.objects.filter(email=ADA).update(escalated_at=at(dt.date(2026, 4, 6)))

    assert attend(at(dt.date(2026, 4, 6))) == 0
    Contact.objects.filter(pk=own.pk).update(email="chefin@example.org")
    assert attend(at(dt.date(2026, 4, 8))) == 1

    assert posted("head") == [("chefin@example.org", dt.date(2026, 4, 8))]


def test_city_asks_where_the_officer_who_asked_has_left(town: Municipality) -> None:
    User.objects.filter(pk=officer().pk).update(is_active=False, name="Frau Fort")
    Municipality.objects.update(
        contact_office="Integrationsbüro", contact_email="buero@example.org"
    )

    attend(at(dt.date(2026, 3, 16)))

    mail = last_mail("reminder")
    assert mail.headers == {"Reply-To": "buero@example.org"}
    assert "Integrationsbüro" in mail.text
    assert "buero@example.org, 0631 1234" in mail.text
    assert "Frau Fort" not in mail.text


def test_other_settings_in_mid_round_repeat_nothing(town: Municipality) -> None:
    assert attend(at(dt.date(2026, 3, 16))) == 2
    town.reporting = {"reminders_before": [14, 10, 7, 2], "reminders_after": [3]}
    town.save()

    assert attend(at(dt.date(2026, 3, 17))) == 0
    assert attend(at(dt.date(2026, 3, 21))) == 2


def test_round_that_is_over_or_closed_reminds_nobody(town: Municipality) -> None:
    round_ = Round.objects.get()
    with time_machine.travel(at(dt.date(2026, 3, 20)), tick=False):
        close_round(round_=round_, by=officer())
    assert attend(at(dt.date(2026, 3, 26))) == 0
    Round.objects.update(closed_at=None)
    Recipient.objects.update(expires_at=at(dt.date(2026, 3, 25)))
    assert attend(at(dt.date(2026, 3, 26))) == 0

    assert attend(at(dt.date(2026, 4, 23), 0)) == 0

    round_.refresh_from_db()
    assert round_.closed_at == at(dt.date(2026, 4, 23), 0)
    assert ends()[-1] == ("command line", dt.date(2026, 4, 23))
    assert attend(at(dt.date(2026, 4, 23), 8)) == 0
    assert posted("reminder") == []


def test_a_look_is_cheap_while_nothing_is_due(town: Municipality) -> None:
    attend(at(dt.date(2026, 4, 2)))
    attend(at(dt.date(2026, 4, 6)))

    def look(day: dt.date) -> list[str]:
        return queries_of(lambda: attend(at(day)))

    few = look(dt.date(2026, 4, 9))
    concept, lead = Concept.objects.get(), Contact.objects.get(email=ADA).organisation
    round_ = Round.objects.get()
    made = Measure.objects.bulk_create(
        Measure(concept=concept, code=f"9.{each}", title="Mehr", kind="one_off", lead=lead)
        for each in range(30)
    )
    known = Recipient.objects.filter(email=BABBAGE).values()[0]
    for each in made:
        row = Recipient.objects.create(**known | {"id": None, "email": f"{each.pk}@example.org"})
        UpdateRequest.objects.create(round=round_, recipient=row, measure=each)

    assert_same_number(few, look(dt.date(2026, 4, 9)))
    assert len(few) == 3
    assert len(look(dt.date(2026, 3, 12))) == 1
