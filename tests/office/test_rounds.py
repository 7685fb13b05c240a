"""The officer's pages of asking for news: choose, look, send, watch, hand on, close, take along."""

import csv
import datetime as dt
import io
from functools import partial
from typing import Any, Final

import pytest
import time_machine
from django.test import Client

from leitbild.accounts.models import Contact, Municipality
from leitbild.core.models import PostedMail
from leitbild.delivery.models import Recipient, Responsibility, Round, UpdateRequest
from leitbild.office.asking.choosing import in_three_weeks
from leitbild.plan.models import Concept, Measure
from tests.delivery.asking import (
    ADA,
    BABBAGE,
    answer,
    asking_town,
    at,
    attend,
    officer,
    prepared,
    sent,
)
from tests.elements import by_class, by_id, links, parsed, words
from tests.markup import assert_valid
from tests.people import signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, report_on

pytestmark = pytest.mark.django_db

ROUNDS: Final = "/office/umsetzung/2025/runden/"
NOW: Final = at(dt.date(2026, 3, 2), 10)
DUE: Final = dt.date(2026, 3, 23)


@pytest.fixture
def town() -> Any:
    """A town in spring: 1.1 is fresh, 1.2 silent, 1.3 and 1.4 never had any news."""
    with time_machine.travel(NOW, tick=False):
        town = asking_town()
        report_on(town, "1.1", "under_way", "2026-02-01")
        report_on(town, "1.2", "planned", "2025-01-31")
        yield town


@pytest.fixture
def office(town: Municipality) -> Client:
    return signed_in(officer())


def pk(code: str) -> int:
    return Measure.objects.get(code=code).pk


def page(office: Client, address: str) -> Any:
    response = office.get(address)
    assert response.status_code == 200
    assert_valid(response)
    return parsed(response)


def said(response: Any) -> list[str]:
    """Messages on the page one is led to."""
    return [words(each) for each in by_class(parsed(response), "said__line")]


def chosen(root: Any) -> dict[int, bool]:
    boxes = [each for each in root.iter("input") if each.attrib.get("name") == "m"]
    return {int(each.attrib["value"]): "checked" in each.attrib for each in boxes}


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2026-03-02", "2026-03-23"),
        ("2026-03-06", "2026-03-27"),
        ("2026-03-07", "2026-03-30"),
        ("2026-03-08", "2026-03-30"),
        ("2026-12-19", "2027-01-11"),
    ],
)
def test_due_date_offered_is_a_workday_in_three_weeks(today: str, due: str) -> None:
    assert in_three_weeks(dt.date.fromisoformat(today)) == dt.date.fromisoformat(due)


def test_new_round_offers_what_owes_news_and_says_whom_nobody_can_ask(office: Client) -> None:
    assert "Nobody was asked yet." in words(page(office, ROUNDS))

    root = page(office, f"{ROUNDS}neu/")

    assert chosen(root) == {pk("1.1"): False, pk("1.2"): True, pk("1.3"): True, pk("1.4"): False}
    rows = {words(row)[:3]: row for row in root.iter("tr") if row.find("td") is not None}
    assert "No news for 395 days" in words(rows["1.2"])
    assert "Frau Ada" in words(rows["1.2"])
    assert "nobody to ask" in words(rows["1.4"])
    assert links(rows["1.4"]) == [f"/office/umsetzung/2025/{pk('1.4')}/"]
    assert by_id(root, "id_due").attrib["value"] == "2026-03-23"
    assert by_id(root, "id_subject").attrib["value"].endswith("aus „Plan 2025“?")
    narrowed = page(office, f"{ROUNDS}neu/?lead=amt-fuer-bau")
    assert chosen(narrowed) == {pk("1.3"): True}
    Contact.objects.filter(name="Herr Babbage").delete()
    lead = Measure.objects.get(code="1.3").lead_id
    assert f"/office/ansprechpersonen/?organisation={lead}#name" in links(
        page(office, f"{ROUNDS}neu/?lead=amt-fuer-bau")
    )


def test_round_is_looked_at_changed_and_sent(office: Client) -> None:
    data = {"subject": "Stand?", "message": "Bitte.", "due": "2026-03-23"}
    empty = office.post(f"{ROUNDS}neu/", {**data, "subject": "", "due": "2026-03-01"})
    strange = office.post(f"{ROUNDS}neu/", {**data, "m": ["9" * 5_000, "\0"]})
    assert (empty.status_code, strange.status_code, Round.objects.count()) == (422, 422, 0)
    assert_valid(empty)

    made = office.post(
        f"{ROUNDS}neu/", {**data, "m": [pk("1.1"), pk("1.3"), pk("1.4")]}, follow=True
    )

    round_ = Round.objects.get()
    place = f"{ROUNDS}{round_.pk}/"
    assert made.redirect_chain == [(place, 302)]
    assert said(made) == ["Left out, because nobody can be asked: 1.4."]
    root = page(office, place)
    ada, babbage = [words(each) for each in by_class(root, "letter__text")]
    assert "Frau Ada" in ada
    assert "1.1 Lesen" in ada
    assert "http://testserver/office/rueckmeldung/…" in ada
    assert "1.3 Bauen" in babbage
    assert "1.4" in words(by_class(root, "round__lonely")[0])
    assert PostedMail.objects.count() == 0
    seen = next(
        each.attrib["value"] for each in root.iter("input") if each.attrib["name"] == "seen"
    )
    form = page(office, f"{place}aendern/")
    assert [key for key, on in chosen(form).items() if on] == [pk("1.1"), pk("1.3")]
    office.post(f"{place}aendern/", {**data, "m": [pk("1.3")]})
    stale = office.post(place, {"do": "send", "seen": seen}, follow=True)
    assert said(stale)[0].startswith("Somebody has changed this round")
    assert said(office.post(place, {"do": "send"}, follow=True)) == ["1 mail is on its way."]
    assert Round.objects.get().site == "http://testserver"
    mail = PostedMail.objects.get()
    assert "http://testserver/office/rueckmeldung/" in mail.text
    assert office.get(f"{place}aendern/").status_code == 302
    assert said(office.post(place, {"do": "send"}, follow=True))[0].startswith(
        "This round was sent"
    )
    assert len(said(office.post(place, {"do": "fly"}, follow=True))) == 1


def test_round_that_cannot_leave_says_why_and_can_be_discarded(office: Client) -> None:
    running = sent(DUE, "1.1")
    round_ = prepared(DUE, "1.1", "1.3")
    place = f"{ROUNDS}{round_.pk}/"

    root = page(office, place)

    assert "Measure 1.1: the round “Wie steht es?” waits for an answer already." in words(
        by_class(root, "notice--halt")[0]
    )
    assert [each.attrib["value"] for each in root.iter("button") if "value" in each.attrib] == [
        "discard"
    ]
    assert "asked already on 2 March 2026" in words(page(office, f"{ROUNDS}neu/"))
    gone = office.post(place, {"do": "discard"}, follow=True)
    assert said(gone) == ["The round was discarded; nobody got a mail."]
    assert list(Round.objects.all()) == [running]
    Concept.objects.update(status="superseded")
    assert "was superseded" in words(page(office, f"{ROUNDS}neu/"))


def test_board_says_who_has_answered_what_and_when(office: Client) -> None:
    round_ = sent(DUE, "1.1", "1.2", "1.3")
    Recipient.objects.filter(email=ADA).update(opened_at=NOW)
    given = answer(round_, "1.1", "news", accepted=None)
    attend(at(dt.date(2026, 3, 27)))
    PostedMail.objects.filter(to=BABBAGE).update(state="failed")
    place = f"{ROUNDS}{round_.pk}/"

    with time_machine.travel(at(dt.date(2026, 3, 28)), tick=False):
        office = signed_in(officer())
        root = page(office, place)
        listed = words(page(office, ROUNDS))
        today = parsed(office.get("/office/"))

    ada, babbage = by_class(root, "asked")
    assert "opened on 2 March 2026" in words(ada)
    assert "reminded on 27 March 2026" in words(ada)
    assert "next reminder on 2 April 2026" in words(ada)
    assert "answered, to be approved 2 March 2026" in words(ada)
    assert f"/office/antworten/{given.pk}/" in links(ada)
    assert "not opened yet" in words(babbage)
    assert "mail not delivered" in words(babbage)
    assert words(by_class(root, "round__counts")[0]) == "2 no answer yet 1 answered, to be approved"
    assert "overdue" in listed
    assert "1 of 3" in listed
    assert words(by_id(today, "rounds")) == "Rounds"
    assert "2 answers are overdue. Wie steht es?" in words(today)
    assert place in links(today)


def test_link_is_renewed_question_handed_on_and_round_closed(office: Client) -> None:
    round_ = sent(DUE, "1.1", "1.2", "1.3")
    place = f"{ROUNDS}{round_.pk}/"
    ada = Recipient.objects.get(email=ADA)
    given = answer(round_, "1.2", "not_mine")
    request = UpdateRequest.objects.get(measure__code="1.2")
    elsewhere = f"{ROUNDS}fragen/{request.pk}/weitergeben/"

    renewed = office.post(place, {"do": "renew", "recipient": ada.pk}, follow=True)
    assert said(renewed)[0].startswith("Frau Ada gets a mail with a new link.")
    assert Recipient.objects.get(pk=ada.pk).generation == 2
    nobody = office.post(place, {"do": "renew", "recipient": 10**6}, follow=True)
    assert said(nobody) == ["This person isn’t asked in this round any more."]
    assert elsewhere in links(page(office, place))
    page(office, elsewhere)
    assert office.post(elsewhere, {"language": "de"}).status_code == 422
    babbage = Contact.objects.get(name="Herr Babbage")
    whom = {"contact": babbage.pk, "language": "de", "from_now_on": "on"}
    handed = office.post(elsewhere, whom, follow=True)
    assert handed.redirect_chain == [(place, 302)]
    request.refresh_from_db()
    assert request.recipient.email == BABBAGE
    assert "or is asked already" in office.post(elsewhere, whom).content.decode()
    assert given.ruling.accepted
    assert Responsibility.objects.get(measure=request.measure).contact == babbage
    other = UpdateRequest.objects.get(measure__code="1.1")
    new = {"name": "Neu", "email": "neu@example.org", "language": "ar"}
    office.post(f"{ROUNDS}fragen/{other.pk}/weitergeben/", new)
    assert "All questions were handed on to others." in words(page(office, place))
    closed = office.post(place, {"do": "close"}, follow=True)
    assert said(closed) == ["The round is closed. Its links take no more answers."]
    assert [each for each in parsed(closed).iter("button") if "value" in each.attrib] == []
    again = office.get(elsewhere, follow=True)
    assert said(again) == ["This round is closed. Begin a new one to ask again."]


def test_board_is_taken_along_as_a_table(office: Client) -> None:
    round_ = sent(DUE, "1.1", "1.3")
    answer(round_, "1.1", accepted=True)
    place = f"{ROUNDS}{round_.pk}/tabelle"

    made = office.get(f"{place}.csv")

    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Code"], row["E-mail"], row["What became of it"]) for row in rows] == [
        ("1.1", ADA, "answered"),
        ("1.3", BABBAGE, "no answer yet"),
    ]
    assert (rows[0]["Asked"], rows[0]["Answered"], rows[1]["Answered"]) == (
        "2026-03-02",
        "2026-03-02",
        "",
    )
    assert office.get(f"{place}.xlsx").content.startswith(b"PK")
    assert office.get(f"{place}.pdf").status_code == 404
    draft = prepared(DUE, "1.2")
    assert office.get(f"{ROUNDS}{draft.pk}/tabelle.csv").status_code == 404


def test_pages_take_the_same_queries_for_many_as_for_few(
    town: Municipality, office: Client
) -> None:
    round_ = sent(DUE, "1.1", "1.3")
    draft = prepared(DUE, "1.2")
    pages = ["", "neu/", f"{round_.pk}/", f"{draft.pk}/", f"{draft.pk}/aendern/"]
    for each in pages:
        office.get(f"{ROUNDS}{each}")
    few = {each: queries_of(partial(office.get, f"{ROUNDS}{each}")) for each in pages}
    with time_machine.travel(NOW):
        _fill(town, round_, draft)

    for each, before in few.items():
        assert_same_number(before, queries_of(partial(office.get, f"{ROUNDS}{each}")))


def _fill(town: Municipality, round_: Round, draft: Round) -> None:
    """Thirty more measures, people and answers in both rounds, and thirty more rounds."""
    grow(town, 60)
    for number, measure in enumerate(Measure.objects.filter(code__startswith="9.")):
        where = round_ if number % 2 else draft
        person = Recipient.objects.create(
            round=where, name="P", email=f"{number}@example.org", language="de", asked_at=NOW
        )
        UpdateRequest.objects.create(round=where, recipient=person, measure=measure)
        if where == round_:
            answer(round_, measure.code, accepted=number % 3 == 0 or None)
    Round.objects.bulk_create(
        Round(concept=round_.concept, subject="R", message="M", due=DUE) for _ in range(30)
    )
