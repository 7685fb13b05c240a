"""Asking for news: prepare, change, send, hand on, renew, close; refusals and their reasons."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import pytest
import time_machine

from leitbild.accounts.models import Contact, Organisation
from leitbild.core.models import AuditEvent, PostedMail
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.recipients import hand_on, renew_link
from leitbild.delivery.actions.rounds import (
    change_round,
    close_round,
    discard_round,
    prepare_round,
    send_round,
)
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.models import Recipient, Responsibility, Round, Ruling, UpdateRequest
from leitbild.delivery.queries.answers import open_requests
from leitbild.delivery.queries.rounds import round_digest
from leitbild.plan.models import Concept, Measure
from tests.delivery.asking import SITE, answer, asking_town, contact, link_to, officer, prepared
from tests.delivery.asking import sent as sent_round

pytestmark = pytest.mark.django_db

NOW: Final = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
DUE: Final = dt.date(2026, 3, 23)


@pytest.fixture(autouse=True)
def _clock() -> object:
    asking = time_machine.travel(NOW, tick=False)
    with asking:
        asking_town()
        yield


def refusal(call: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.reasons


def asked(round_: Round) -> dict[str, list[str]]:
    """Codes by address."""
    return {
        each.email: [one.measure.code for one in each.requests.select_related("measure")]
        for each in round_.recipients.all()
    }


def last_event() -> tuple[str, str, dict[str, object]]:
    event = AuditEvent.objects.order_by("-pk")[0]
    return event.action, event.actor_name, event.changes


def test_round_asks_each_address_once_and_reports_whom_nobody_answers_for() -> None:
    # The same address for two organisations, and a named person before the lead's contact.
    contact("amt-fuer-bau", "Zweite", "zwei@example.org")
    Contact.objects.filter(name="Herr Babbage").update(email="ADA@example.org")
    named = contact("amt-fuer-bau", "Benannte", "benannt@example.org")
    Responsibility.objects.create(measure=Measure.objects.get(code="1.2"), contact=named)
    concept = Concept.objects.get()

    made = prepare_round(
        concept=concept,
        measures=list(Measure.objects.filter(concept=concept)),
        subject="  Wie\nsteht es? ",
        message=" Bitte melden. ",
        due=DUE,
        by=officer(),
    )

    assert [each.code for each in made.left_out] == ["1.4"]
    assert asked(made.round) == {
        "benannt@example.org": ["1.2"],
        "ada@example.org": ["1.1", "1.3"],
    }
    assert (made.round.subject, made.round.message) == ("Wie steht es?", "Bitte melden.")
    assert made.round.sent_at is None
    assert PostedMail.objects.count() == 0
    assert last_event() == (
        "round.create",
        str(officer()),
        {
            "round": made.round.pk,
            "title": "Wie steht es?",
            "measures": ["1.1", "1.2", "1.3"],
            "people": 2,
            "answer_by": "2026-03-23",
            "left_out": ["1.4"],
        },
    )


def test_refused_round_says_every_reason_at_once() -> None:
    concept = Concept.objects.get()
    lonely = list(Measure.objects.filter(code="1.4"))

    def reasons(measures: list[Measure], subject: str, due: dt.date) -> list[str]:
        return refusal(
            lambda: prepare_round(
                concept=concept,
                measures=measures,
                subject=subject,
                message=" " if not subject else "x" * 5_001,
                due=due,
                by=officer(),
            )
        )

    assert reasons([], "", dt.date(2026, 3, 2)) == [
        "Say in the subject what the mail is about.",
        "Write a sentence or two: why you ask, and what happens with the answers.",
        "Answers can’t be due on 2 March 2026; choose a day after today.",
        "Choose at least one measure to ask for.",
    ]
    assert reasons(lonely, "Wie?", dt.date(2027, 3, 3)) == [
        "The text has more than 5000 characters; nobody reads that much.",
        "3 March 2027 is more than a year away. Please check the date.",
        (
            "There is nobody who could be asked for these measures. Name a contact of the "
            "organisations that lead them."
        ),
    ]
    assert Round.objects.count() == 0
    Concept.objects.update(status="draft")
    assert "is a draft" in refusal(lambda: prepared(DUE))[0]


def test_sent_round_mails_one_link_each_in_the_persons_language() -> None:
    round_ = prepared(DUE)

    number = send_round(round_=round_, by=officer(), link_to=link_to, site=SITE)

    round_.refresh_from_db()
    assert (number, round_.sent_at, round_.site, round_.is_open) == (2, NOW, SITE, True)
    german, arabic = PostedMail.objects.order_by("language").reverse()
    assert (german.to, german.language, german.subject) == (
        "ada@example.org",
        "de",
        "Wie steht es?",
    )
    assert german.headers == {"Reply-To": officer().email}
    assert german.sender == "Musterstadt"
    for said in (
        "Frau Ada",
        "Bitte melden Sie sich.",
        "– 1.1 Lesen\n– 1.2 Rechnen",
        "23. März 2026",
        "22. April 2026",
        f"\n{SITE}/r/ada@example.org/1\n",
        str(officer()),
        officer().email,
    ):
        assert said in german.text
    assert "1.3" not in german.text
    assert (arabic.to, arabic.language) == ("babbage@example.org", "ar")
    assert "– 1.3 Bauen" in arabic.text
    ends = dt.datetime(2026, 4, 22, 22, tzinfo=dt.UTC)
    people = Recipient.objects.filter(round=round_)
    assert set(people.values_list("asked_at", "expires_at")) == {(NOW, ends)}
    assert last_event()[0] == "round.send"
    assert last_event()[2]["people"] == 2


def test_two_officers_can_neither_send_twice_nor_change_unseen() -> None:
    round_ = prepared(DUE)
    stale = Round.objects.get(pk=round_.pk)
    seen = round_digest(round_)
    one = list(Measure.objects.filter(code="1.3"))

    def change(row: Round, digest: str = "") -> None:
        change_round(
            round_=row,
            measures=one,
            subject="Neu",
            message="Neu",
            due=DUE,
            by=officer(),
            seen=digest,
        )

    change(round_, seen)

    assert asked(round_) == {"babbage@example.org": ["1.3"]}
    changed = "Somebody has changed this round since you opened this page."
    assert refusal(lambda: change(stale, seen))[0].startswith(changed)

    def send(digest: str = "") -> int:
        return send_round(round_=stale, by=officer(), link_to=link_to, site=SITE, seen=digest)

    assert refusal(lambda: send(seen))[0].startswith(changed)
    send()
    was_sent = ["This round was sent on 2 March 2026; what was asked can’t change any more."]
    assert refusal(send) == was_sent
    assert refusal(lambda: change(stale)) == was_sent
    assert refusal(lambda: discard_round(round_=stale, by=officer())) == was_sent
    assert PostedMail.objects.count() == 1


def test_round_is_discarded_before_it_is_sent_and_closed_afterwards() -> None:
    round_ = prepared(DUE)
    stale = Round.objects.get(pk=round_.pk)
    assert refusal(lambda: close_round(round_=round_, by=officer())) == [
        "This round hasn’t been sent yet."
    ]

    discard_round(round_=round_, by=officer())

    assert (Round.objects.count(), UpdateRequest.objects.count()) == (0, 0)
    assert last_event()[0] == "round.discard"
    assert refusal(lambda: discard_round(round_=stale, by=officer())) == [
        "Somebody else has discarded this round."
    ]
    going = sent_round(DUE)
    close_round(round_=going, by=officer())
    going.refresh_from_db()
    assert (going.closed_at, going.is_open) == (NOW, False)
    closed = ["This round is closed. Begin a new one to ask again."]
    assert refusal(lambda: close_round(round_=going, by=officer())) == closed
    ada = going.recipients.get(email="ada@example.org")
    assert refusal(lambda: renew_link(recipient=ada, by=officer(), link_to=link_to)) == closed


def test_nothing_is_sent_that_went_stale_or_is_asked_already() -> None:
    running = sent_round(DUE, "1.1", "1.2")
    answer(running, "1.1", accepted=True)
    round_ = prepared(DUE, "1.1", "1.2", "1.3")
    Contact.objects.filter(name="Herr Babbage").update(email="neu@example.org")

    def send() -> object:
        return send_round(round_=round_, by=officer(), link_to=link_to, site=SITE)

    assert refusal(send) == [
        (
            "Measure 1.2: the round “Wie steht es?” waits for an answer already. Close it, or take "
            "the measure out."
        ),
        (
            "Measure 1.3: since this round was prepared, somebody else answers for it. Open "
            "“Change” and save it once more."
        ),
    ]
    with time_machine.travel(dt.datetime(2026, 3, 23, 6, tzinfo=dt.UTC)):
        assert (
            refusal(send)[0] == "Answers can’t be due on 23 March 2026; choose a day after today."
        )


def test_new_link_replaces_the_old_one_and_counts_as_todays_mail() -> None:
    round_ = sent_round(DUE)
    ada = round_.recipients.get(email="ada@example.org")
    answer(round_, "1.1")

    renewed = renew_link(recipient=ada, by=officer(), link_to=link_to)

    mail = PostedMail.objects.order_by("-pk")[0]
    assert (renewed.generation, renewed.reminded, renewed.reminded_at) == (2, 0, NOW)
    assert f"{SITE}/r/ada@example.org/2" in mail.text
    assert "1.2" in mail.text
    assert "1.1" not in mail.text
    assert last_event()[2]["measures"] == ["1.2"]
    answer(round_, "1.2")
    assert refusal(lambda: renew_link(recipient=ada, by=officer(), link_to=link_to)) == [
        "Frau Ada has nothing left to answer, so there is nothing to open."
    ]


def test_question_handed_on_is_open_for_who_is_named_and_settled_for_who_named_them() -> None:
    round_ = sent_round(DUE)
    given = answer(round_, "1.1", AnswerKind.NOT_MINE)
    request = given.request

    new = hand_on(
        request=request,
        name="Herr Neu",
        email="neu@example.org",
        language="ar",
        from_now_on=True,
        by=officer(),
        link_to=link_to,
    )

    request.refresh_from_db()
    made = Contact.objects.get(email="neu@example.org")
    assert (request.recipient, made.organisation.slug) == (new, "schulamt")
    assert (new.name, new.language, new.asked_at) == ("Herr Neu", "ar", NOW)
    assert new.expires_at == dt.datetime(2026, 4, 22, 22, tzinfo=dt.UTC)
    assert list(open_requests(new.requests.all())) == [request]
    assert Ruling.objects.get(answer=given).accepted
    assert Responsibility.objects.get(measure=request.measure).contact == made
    mail = PostedMail.objects.order_by("-pk")[0]
    assert (mail.to, mail.language) == ("neu@example.org", "ar")
    assert f"{SITE}/r/neu@example.org/1" in mail.text
    assert "– 1.1 القراءة" in mail.text
    assert last_event()[0] == "round.hand_on"
    back = refusal(
        lambda: hand_on(
            request=request,
            contact=Contact.objects.get(name="Frau Ada"),
            by=officer(),
            link_to=link_to,
        )
    )
    assert back == ["Frau Ada has said in this round that the measure isn’t theirs."]


def test_question_goes_to_nobody_it_cannot_go_to() -> None:
    round_ = sent_round(DUE)
    reading, counting, building = UpdateRequest.objects.filter(round=round_)
    answer(round_, "1.1")

    def to(request: UpdateRequest, **whom: Any) -> list[str]:
        return refusal(lambda: hand_on(request=request, by=officer(), link_to=link_to, **whom))

    ada = Contact.objects.get(name="Frau Ada")
    assert to(reading, contact=ada) == [
        "Measure 1.1 has an answer already. Give it back before you ask somebody else."
    ]
    assert to(counting, email="ADA@example.org") == [
        "Frau Ada is asked about this measure already."
    ]
    assert to(counting, name="", email="kein-at") == [
        "“kein-at” is not an e-mail address.",
        "A contact needs a name; the mail begins with it.",
    ]
    Measure.objects.filter(code="1.3").update(lead=None)
    building.recipient.organisation = None
    building.recipient.save()
    assert to(building, name="Neu", email="neu@example.org") == [
        "Measure 1.3 has no lead. Say first which organisation leads it."
    ]
    assert Contact.objects.filter(email="neu@example.org").count() == 0
    with time_machine.travel(dt.datetime(2026, 4, 23, tzinfo=dt.UTC)):
        assert to(counting, contact=ada) == [
            "The time of this round is over. Begin a new one to ask again."
        ]


def test_who_is_in_the_round_already_keeps_their_link_and_gets_their_time() -> None:
    round_ = sent_round(DUE)
    babbage = Contact.objects.get(name="Herr Babbage")
    known = round_.recipients.get(email=babbage.email)
    answer(round_, "1.3", accepted=True)
    Recipient.objects.filter(pk=known.pk).update(escalated_at=NOW)
    later = NOW + dt.timedelta(days=25)

    def give(code: str) -> Recipient:
        request = UpdateRequest.objects.get(round=round_, measure__code=code)
        return hand_on(request=request, contact=babbage, by=officer(), link_to=link_to)

    with time_machine.travel(later, tick=False):
        first, second = give("1.1"), give("1.2")

    assert (first.pk, first.generation, first.asked_at) == (known.pk, 1, later)
    assert (first.escalated_at, first.reminded_at) == (None, None)
    assert (second.pk, second.reminded_at) == (known.pk, later)
    assert Organisation.objects.get(slug="schulamt").contacts.count() == 2
    mails = PostedMail.objects.filter(to=babbage.email)
    assert mails.count() == 3
    assert "– 1.2 Rechnen" in mails.order_by("-pk")[0].text
