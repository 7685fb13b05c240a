"""The pages behind a personal link: no sign-in, no cookie, and nothing for whoever has none."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

import pytest
import time_machine
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leitbild.accounts.models import HostName, Municipality
from leitbild.core.models import AuditEvent
from leitbild.delivery.actions import decline_answer, give_answer, settle_answer
from leitbild.delivery.models import (
    Answer,
    Milestone,
    ProgressUpdate,
    Recipient,
    Round,
    Ruling,
    UpdateRequest,
)
from leitbild.delivery.tokens import SALT, reply_token
from leitbild.plan.models import Measure
from tests.delivery.asking import asking_town, link_to, officer, sent
from tests.elements import by_class, links, parsed, words
from tests.markup import assert_valid
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, report_on

pytestmark = pytest.mark.django_db

NOW: Final = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
DUE: Final = dt.date(2026, 3, 23)


@pytest.fixture(autouse=True)
def town() -> Iterator[Municipality]:
    with time_machine.travel(NOW, tick=False):
        town = asking_town()
        Municipality.objects.update(
            contact_office="Büro für Integration", contact_email="buero@example.org"
        )
        report_on(town, "1.1", "under_way", "2025-06-01")
        sent(DUE, "1.1", "1.2", "1.3")
        yield town


def person(email: str = "ada@example.org") -> Recipient:
    return Recipient.objects.select_related("round").get(email=email)


def question(code: str) -> UpdateRequest:
    return UpdateRequest.objects.select_related("recipient").get(measure__code=code)


def overview(recipient: Recipient | None = None) -> str:
    return reverse("office:reply", args=[reply_token(recipient or person())])


def place(code: str) -> str:
    asked = question(code)
    return reverse("office:reply-question", args=[reply_token(asked.recipient), asked.pk])


def page(address: str, **data: Any) -> Any:
    """The page, valid, whatever it says; nothing of it sets a cookie or may be stored."""
    client = Client(enforce_csrf_checks=True)
    response = client.post(address, data) if data else client.get(address)
    if response.status_code != 302:
        assert_valid(response)
    assert not response.cookies
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex"
    return response


def main(response: Any) -> str:
    return words(next(parsed(response).iter("main")))


def written() -> list[Any]:
    """Everything an answer can change."""
    people = Recipient.objects.order_by("pk").values_list("generation", "opened_at", "reminded")
    tables = (Answer, Ruling, ProgressUpdate, AuditEvent, UpdateRequest)
    return [*people, *(model.objects.count() for model in tables)]


def test_link_shows_what_is_asked_and_how_it_stood(town: Municipality) -> None:
    response = page(overview())

    text = main(response)
    assert "Frau Ada" in text
    assert "1.1 Lesen läuft" in text
    assert "Bericht zu 1.1" in text
    assert "1.2 Rechnen noch keine Meldung" in text
    assert "Bauen" not in text
    assert response["Content-Language"] == "de"
    # What was never reported can't be unchanged.
    assert [each.rpartition("/")[2] for each in links(parsed(response)) if "answer=" in each] == [
        *("?answer=unchanged", "?answer=news", "?answer=not_mine", "?answer=help"),
        *("?answer=news", "?answer=not_mine", "?answer=help"),
    ]
    assert person().opened_at == NOW


def test_links_on_the_pages_take_the_secret_nowhere(town: Municipality) -> None:
    for address in (overview(), place("1.1")):
        response = page(address)
        document = parsed(response)

        assert all(each.startswith(("/", "?", "#", "mailto:")) for each in links(document))
        assert '<meta name="referrer" content="no-referrer">' in response.content.decode()
        assert list(document.iter("script")) == []


def test_reading_changes_nothing_but_that_it_was_opened(town: Municipality) -> None:
    before = written()

    Client().head(overview())
    Client().head(place("1.1"))
    assert written() == before
    for kind in ("unchanged", "news", "not_mine", "help", "rumour"):
        assert page(f"{place('1.1')}?answer={kind}").status_code == 200
    Recipient.objects.update(opened_at=None)
    assert written() == before


def test_unchanged_takes_two_taps(town: Municipality) -> None:
    response = page(f"{place('1.1')}?answer=unchanged")
    assert by_class(parsed(response), "stone")

    response = page(place("1.1"), answer="unchanged")

    assert response["Location"] == f"{overview()}?thanks={question('1.1').pk}"
    response = page(response["Location"])
    assert by_class(parsed(response), "notice")
    assert "1.1" in words(by_class(parsed(response), "notice")[0])
    assert words(by_class(parsed(response), "reply__answered")[0]).count("1.1 Lesen") == 1
    assert Answer.objects.get().kind == "unchanged"


def test_news_is_prefilled_with_the_state_alone_and_told_with_numbers(town: Municipality) -> None:
    lesen = Measure.objects.get(code="1.1")
    paten = Milestone.objects.create(
        measure=lesen, title="Patenschaften", due="2026-09-01", target=20, unit="Paten"
    )
    Milestone.objects.create(measure=lesen, title="Lesefest", due="2025-01-01", done="2025-01-01")
    form = next(parsed(page(place("1.1"))).iter("form"))

    chosen = [each.attrib["value"] for each in form.iter("input") if "checked" in each.attrib]
    assert chosen == ["under_way"]
    assert [each.text for each in form.iter("textarea")] == [""] * 5
    assert "Patenschaften" in words(form)
    assert "Lesefest" not in words(form)
    page(
        place("1.1"),
        answer="news",
        state="delayed",
        reason="Kein Raum.",
        text="Wir suchen.",
        next_step="Umziehen.",
        internal="on",
        **{f"milestone-{paten.pk}-value": "1.012", f"milestone-{paten.pk}-done": "1.3.2026"},
    )

    answer = Answer.objects.get()
    assert (answer.state, answer.reason, answer.text) == ("delayed", "Kein Raum.", "Wir suchen.")
    assert (answer.next_step, answer.public) == ("Umziehen.", False)
    assert answer.milestones == {str(paten.pk): {"value": 1012, "done": "2026-03-01"}}


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({}, "Where the measure stands: Choose where the measure stands."),
        ({"state": "stopped", "text": "Aus."}, "stopped: Say in a sentence why."),
        ({"state": "under_way"}, "Say in a sentence what is new, or choose “unchanged”."),
        ({"answer": "help"}, "What do you need?: Say in a sentence what you need."),
        ({"answer": "not_mine", "successor_email": "frau-b"}, "valid email address"),
        ({"answer": "not_mine", "text": "x" * 1_001}, "at most 1000 characters"),
    ],
)
def test_faulty_answer_comes_back_with_every_word(said: dict[str, str], complaint: str) -> None:
    Recipient.objects.update(language="en")

    response = page(place("1.1"), **{"answer": "news", **said})

    assert response.status_code == 422
    assert complaint in words(by_class(parsed(response), "faults")[0])
    assert said.get("text", "") in response.content.decode()
    assert not Answer.objects.exists()


def test_thanks_say_what_happens_next_and_what_became_of_it(town: Municipality) -> None:
    page(place("1.1"), answer="help", text="Wer zahlt?")
    page(place("1.2"), answer="not_mine", successor_name="Herr C")

    done = parsed(page(overview()))
    assert links(next(done.iter("main")))[-1] == "/de/"
    assert "buero@example.org" in words(next(done.iter("main")))
    assert len(by_class(done, "reply__item")) == 2
    help_, mine = (Answer.objects.get(kind=each) for each in ("help", "not_mine"))
    settle_answer(answer=help_, note="Die Stiftung.", by=officer(), link_to=link_to)
    decline_answer(answer=mine, note="Doch, Sie.", by=officer(), link_to=link_to)

    text = main(page(overview()))
    assert "Die Stiftung." in text
    assert "Doch, Sie." in text
    assert page(place("1.2"), answer="news", state="done", text="Gut.").status_code == 302


def test_replay_of_every_answer_changes_nothing(town: Municipality) -> None:
    posts: list[dict[str, str]] = [
        {"answer": "unchanged"},
        {"answer": "news", "state": "done", "text": "Fertig."},
        {"answer": "not_mine"},
        {"answer": "help", "text": "Hilfe."},
    ]
    page(place("1.1"), **posts[0])
    page(overview())
    before = written()

    for data in posts:
        response = page(place("1.1"), **data)
        assert response.status_code == 410
        assert "1.1 Lesen" in main(response)
    assert page(place("1.1")).status_code == 410
    for thanks in ("1²", "9" * 5_000):
        assert page(f"{overview()}?thanks={thanks}").status_code == 200
    assert Client().post(overview()).status_code == 405

    assert written() == before


def forged() -> Iterator[str]:
    """Secrets nobody signed: bits flipped, parts swapped, other salts, noise."""
    good, other = reply_token(person()), reply_token(person("babbage@example.org"))
    value, _, signature = good.rpartition(".")
    for spot in range(0, len(good), 3):
        yield f"{good[:spot]}{chr(ord(good[spot]) ^ 1)}{good[spot + 1 :]}".replace("/", "0")
    yield f"{value}.{other.rpartition('.')[2]}"
    yield f"{other.rpartition('.')[0]}.{signature}"
    yield Signer(sep=".", salt=f"{SALT}!").sign(value)
    yield Signer(sep=".").sign(value)
    yield from ("x", "0" * 32, good[:-1], f"{good}=", "…")


def test_forged_links_open_a_helpful_page_and_change_nothing(town: Municipality) -> None:
    asked, before, client = question("1.1"), written(), Client()
    helpful = main(page(reverse("office:reply", args=["0" * 32])))

    tokens = list(forged())
    assert len(tokens) > 24
    for token in tokens:
        address = reverse("office:reply-question", args=[token, asked.pk])
        for response in (
            client.get(reverse("office:reply", args=[token])),
            client.get(address),
            client.post(address, {"answer": "unchanged"}),
        ):
            assert (response.status_code, main(response)) == (404, helpful), token

    assert "buero@example.org" in helpful
    assert written() == before


@pytest.mark.parametrize("kind", ["superseded", "expired", "closed", "foreign city"])
def test_link_whose_time_is_over_says_why_and_changes_nothing(
    town: Municipality, kind: str
) -> None:
    overview_, question_ = overview(), place("1.1")
    unknown = main(page(reverse("office:reply", args=["x"])))
    people = Recipient.objects.filter(email="ada@example.org")
    if kind == "superseded":
        people.update(generation=2)
    elif kind == "expired":
        people.update(expires_at=timezone.now())
    elif kind == "closed":
        Round.objects.update(closed_at=timezone.now())
    else:
        other = Municipality.objects.create(
            slug="b",
            name="B",
            languages=["de"],
            contact_office="Büro für Integration",
            contact_email="buero@example.org",
        )
        HostName.objects.create(municipality=other, name="testserver")
    before = written()

    read, answered = page(overview_), page(question_, answer="unchanged")

    assert read.status_code == answered.status_code == (404 if kind == "foreign city" else 410)
    assert main(read) == main(answered)
    # Whoever guesses doesn't learn whether a link exists elsewhere.
    assert (main(read) == unknown) == (kind == "foreign city")
    assert written() == before


def test_question_of_somebody_else_is_not_behind_the_link(town: Municipality) -> None:
    own, theirs = reply_token(person()), question("1.3")
    before = written()

    for pk in (theirs.pk, 10**30):
        address = reverse("office:reply-question", args=[own, pk])
        assert page(address).status_code == 404
        response = page(address, answer="help", text="Hilfe.")
        assert response.status_code == 404
        assert "Bauen" not in response.content.decode()

    Recipient.objects.update(opened_at=None)
    assert written() == before


def test_question_that_was_handed_on_while_one_wrote_is_not_answered(town: Municipality) -> None:
    address = place("1.1")
    UpdateRequest.objects.filter(measure__code="1.1").update(
        recipient=person("babbage@example.org")
    )

    assert page(address, answer="unchanged").status_code == 404
    assert not Answer.objects.exists()
    UpdateRequest.objects.filter(measure__code="1.2").delete()
    Recipient.objects.update(language="en")
    assert main(page(overview())).startswith("Nothing is asked of you any more")


def test_pages_speak_the_recipients_language(town: Municipality) -> None:
    response = page(overview(person("babbage@example.org")))

    document = parsed(response)
    assert (document.attrib["lang"], document.attrib["dir"]) == ("ar", "rtl")
    assert response["Content-Language"] == "ar"
    # The title isn't translated, so it says what language it is in.
    assert '<span lang="de" dir="ltr">Bauen</span>' in response.content.decode()
    assert 'lang="ar"' in page(place("1.3")).content.decode()


def test_list_takes_the_same_queries_for_one_and_for_thirty(town: Municipality) -> None:
    def asked() -> list[str]:
        return queries_of(lambda: Client().get(overview()))

    asked()
    few = asked()
    grow(town, 30)
    for each in Measure.objects.filter(code__startswith="9."):
        row = UpdateRequest.objects.create(round=person().round, recipient=person(), measure=each)
        if each.pk % 2:
            give_answer(request=row, kind="unchanged")

    assert_same_number(few, asked())
    assert len(few) <= 8
