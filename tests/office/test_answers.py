"""Answers on the officer's desk: beside what stood before, taken over, corrected, given back."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.core.models import PostedMail
from leitbild.delivery.actions import give_answer
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.models import (
    Answer,
    Milestone,
    ProgressUpdate,
    Recipient,
    Ruling,
    UpdateRequest,
)
from leitbild.delivery.tokens import reply_token
from leitbild.plan.models import Measure
from tests.delivery.asking import SITE, asking_town, officer, sent
from tests.elements import by_class, links, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, report_on

pytestmark = pytest.mark.django_db

NOW: Final = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
DUE: Final = dt.date(2026, 3, 23)
ANSWERS: Final = "/office/antworten/"
UNCHANGED, NEWS, NOT_MINE, HELP = AnswerKind


@pytest.fixture(autouse=True)
def town() -> Iterator[Municipality]:
    with time_machine.travel(NOW, tick=False):
        town = asking_town()
        for code in ("1.1", "1.2", "1.3"):
            report_on(town, code, "under_way", "2025-06-01")
        sent(DUE, "1.1", "1.2", "1.3")
        PostedMail.objects.all().delete()
        yield town


@pytest.fixture
def client(town: Municipality) -> Client:
    return signed_in(officer())


def given(code: str, kind: AnswerKind = UNCHANGED, **said: Any) -> Answer:
    return give_answer(request=UpdateRequest.objects.get(measure__code=code), kind=kind, **said)


def items(response: Any) -> list[str]:
    """The answers listed, each as one line."""
    return [words(each) for each in by_class(parsed(response), "answers__item")]


def said(response: Any) -> list[str]:
    """What the page after says was done."""
    return [words(each) for each in by_class(parsed(response), "said__line")]


def test_list_shows_old_beside_new_and_who_needs_help_first(
    town: Municipality, client: Client
) -> None:
    lesen = Measure.objects.get(code="1.1")
    paten = Milestone.objects.create(measure=lesen, title="Paten", due="2026-09-01", target=20)
    milestones: Any = {str(paten.pk): {"value": 12, "done": "2026-03-01"}}
    given("1.1", NEWS, state="done", text="Fertig.", public=False, milestones=milestones)
    given("1.2", NOT_MINE, successor_name="Herr C", successor_email="c@example.org")
    given("1.3", HELP, text="<b>Wer zahlt?</b>")

    response = client.get(ANSWERS)

    assert_valid(response)
    mine, help_, news = items(response)
    assert "1.2 Rechnen" in mine
    assert "Herr C c@example.org" in mine
    assert "1.3 Bauen" in help_
    assert "<b>Wer zahlt?</b>" in help_
    for text in ("Frau Ada", "Schulamt", "under way", "since 1 June 2025", "Bericht zu 1.1"):
        assert text in news
    for text in ("done", "internal", "What has happened: Fertig.", "Paten: 12"):
        assert text in news
    assert "Paten: reached on 1 March 2026" in news
    today = words(parsed(client.get("/office/")))
    assert "Answers to approve" in today
    assert today.index("Rechnen") < today.index("Lesen")


def test_answer_is_taken_over_by_one_tap_and_moves_to_the_past(
    town: Municipality, client: Client
) -> None:
    answer, waiting = given("1.1"), given("1.2", NEWS, state="done", text="Fertig.")

    response = client.post(ANSWERS, {"accept": answer.pk}, follow=True)

    assert said(response) == ["1 answer taken over."]
    assert [answer.ruling.by, answer.ruling.accepted] == [officer(), True]
    assert len(items(response)) == 1
    past = items(client.get(f"{ANSWERS}?show=past"))
    assert len(past) == 1
    assert "taken over" in past[0]
    assert items(client.get(f"{ANSWERS}?kind=help")) == []
    again = client.post(ANSWERS, {"accept": answer.pk}, follow=True)
    assert said(again) == ["This answer was dealt with meanwhile."]
    assert client.post(ANSWERS, {"accept": ["x", "²", "9" * 40]}).status_code == 302
    assert Ruling.objects.count() == 1
    assert not Ruling.objects.filter(answer=waiting).exists()


def test_all_unchanged_are_taken_over_together_but_what_was_overtaken(
    town: Municipality, client: Client
) -> None:
    first, second, overtaken = given("1.1"), given("1.2"), given("1.3")
    report_on(town, "1.3", "done", "2026-03-02")
    form = next(
        each
        for each in parsed(client.get(ANSWERS)).iter("form")
        if len(list(each.iter("input"))) > 2 and each.attrib.get("method") == "post"
    )
    listed = [each.attrib["value"] for each in form.iter("input") if each.get("name") == "accept"]

    response = client.post(ANSWERS, {"accept": [*listed, overtaken.pk]}, follow=True)

    assert listed == [str(first.pk), str(second.pk)]
    assert said(response)[0] == "2 answers taken over."
    assert "“done” was reported meanwhile" in said(response)[1]
    assert "Something else was reported meanwhile" in items(response)[0]
    assert not by_class(parsed(response), "answers__item")[0].findall(".//button")


def test_words_are_corrected_before_they_are_taken_over(town: Municipality, client: Client) -> None:
    answer = given("1.1", NEWS, state="stopped", reason="Kein Gelt.", text="Aus.", public=False)
    address = reverse("office:answer", args=[answer.pk])
    form = parsed(client.get(address))

    texts = [(each.text or "").strip() for each in form.iter("textarea")]
    assert texts == ["Kein Gelt.", "Aus.", "", "", "", ""]
    wrong = client.post(address, {"do": "accept", "state": "stopped", "text": "Aus."})
    assert_valid(wrong)
    assert wrong.status_code == 422
    response = client.post(
        address,
        {"do": "accept", "state": "stopped", "reason": "Kein Geld.", "text": "Aus."},
        follow=True,
    )

    assert said(response) == ["Taken over. It stands in the plan now."]
    update = ProgressUpdate.objects.get(measure__code="1.1", date=NOW.date())
    assert (update.reason, update.public, update.author_name) == ("Kein Geld.", True, "Frau Ada")
    assert Answer.objects.get().reason == "Kein Gelt."
    page = client.get(address)
    assert_valid(page)
    assert "taken over" in words(next(parsed(page).iter("main")))


def test_answer_is_given_back_with_a_word_and_the_same_link(
    town: Municipality, client: Client
) -> None:
    answer = given("1.1")
    address = reverse("office:answer", args=[answer.pk])

    assert client.post(address, {"do": "decline", "note": " "}).status_code == 422
    response = client.post(address, {"do": "decline", "note": "Wirklich?"}, follow=True)

    assert said(response) == ["Given back. Frau Ada gets your word by mail."]
    mail = PostedMail.objects.get()
    link = reverse("office:reply", args=[reply_token(answer.recipient)])
    assert f"{SITE}{link}" in mail.text
    assert client.post(address, {"do": "decline", "note": "Noch einmal."}).status_code == 422
    assert PostedMail.objects.count() == 1
    assert "given back" in items(client.get(f"{ANSWERS}?show=past"))[0]
    assert Client().get(link).status_code == 200


def test_calls_have_their_own_ways(town: Municipality, client: Client) -> None:
    call, mine = given("1.1", HELP, text="Wer zahlt?"), given("1.2", NOT_MINE)
    pages = {each: reverse("office:answer", args=[each.pk]) for each in (call, mine)}
    documents = {each: client.get(address) for each, address in pages.items()}

    for page in documents.values():
        assert_valid(page)
        assert client.post(page.request["PATH_INFO"], {"do": "accept"}).status_code == 422
    deeds = {
        each: [one.attrib["value"] for one in parsed(page).iter("input") if one.get("name") == "do"]
        for each, page in documents.items()
    }
    assert deeds == {call: ["settle"], mine: ["decline", "settle"]}
    concept = mine.request.measure.concept.slug
    assert reverse("office:hand-on", args=[concept, mine.request_id]) in links(
        parsed(documents[mine])
    )
    said_ = [
        said(client.post(address, {"do": "settle", "note": "Geklärt."}, follow=True))
        for address in pages.values()
    ]
    assert said_ == [
        ["Settled. Frau Ada gets your word by mail."],
        ["Settled. Nobody is asked about it in this round any more."],
    ]
    assert PostedMail.objects.count() == 1


def test_empty_desk_says_where_answers_come_from(town: Municipality, client: Client) -> None:
    response = client.get(ANSWERS)

    assert_valid(response)
    assert reverse("office:rounds", args=["2025"]) in links(next(parsed(response).iter("main")))


def test_answers_are_the_officers_alone_and_of_one_city(town: Municipality, client: Client) -> None:
    answer = given("1.1", HELP, text="Wer zahlt?")
    address = reverse("office:answer", args=[answer.pk])
    editor = signed_in(member(town, Role.EDITOR))
    assert [editor.get(each).status_code for each in (ANSWERS, address)] == [403, 403]
    assert editor.post(ANSWERS, {"accept": answer.pk}).status_code == 403
    assert "Answers to approve" not in words(parsed(editor.get("/office/")))

    other = Municipality.objects.create(slug="b", name="B", languages=["de"])
    answer.request.measure.concept.municipality = other
    answer.request.measure.concept.save()

    assert client.get(address).status_code == 404
    assert items(client.get(ANSWERS)) == []
    client.post(ANSWERS, {"accept": answer.pk})
    assert not Ruling.objects.exists()


def test_list_takes_the_same_queries_for_one_and_for_thirty(
    town: Municipality, client: Client
) -> None:
    def asked() -> list[str]:
        return queries_of(lambda: client.get(ANSWERS))

    def today() -> list[str]:
        return queries_of(lambda: client.get("/office/"))

    milestone = Milestone.objects.create(measure=Measure.objects.all()[0], title="M", due=DUE)
    given("1.1", NEWS, state="done", milestones={str(milestone.pk): {"done": "2026-03-01"}})
    asked()
    few, group = asked(), today()
    grow(town, 30)
    recipient = Recipient.objects.select_related("round").all()[0]
    for measure in Measure.objects.filter(code__startswith="9."):
        row = UpdateRequest.objects.create(
            round=recipient.round, recipient=recipient, measure=measure
        )
        give_answer(request=row, kind=UNCHANGED)

    assert_same_number(few, asked())
    assert_same_number(group, today())
