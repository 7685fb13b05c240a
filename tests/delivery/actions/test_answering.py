"""Answering by link, and what the officer makes of answers: once each, and all of it on record."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import pytest
import time_machine
from django.utils import timezone

from leitbild.accounts.models import Municipality
from leitbild.core.models import AuditEvent, PostedMail
from leitbild.core.refusal import Refused
from leitbild.delivery.actions import (
    accept_answer,
    accept_answers,
    decline_answer,
    give_answer,
    mark_opened,
    settle_answer,
)
from leitbild.delivery.actions.recipients import hand_on
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.models import (
    Answer,
    Milestone,
    MilestoneValue,
    ProgressUpdate,
    Recipient,
    Round,
    Ruling,
    UpdateRequest,
)
from leitbild.delivery.queries.answers import Question, last_words, open_requests, with_answers
from leitbild.plan.models import Measure
from tests.delivery.asking import asking_town, link_to, officer, sent
from tests.towns import report_on

pytestmark = pytest.mark.django_db

NOW: Final = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
DUE: Final = dt.date(2026, 3, 23)
UNCHANGED, NEWS, NOT_MINE, HELP = AnswerKind


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A town that asked for four measures; of the first two it is known how they stand."""
    with time_machine.travel(NOW, tick=False) as traveller:
        town = asking_town()
        report_on(town, "1.1", "under_way", "2025-06-01")
        report_on(town, "1.2", "planned", "2025-06-01")
        sent(DUE, "1.1", "1.2", "1.3")
        yield traveller


def asked(code: str = "1.1") -> UpdateRequest:
    return UpdateRequest.objects.select_related("recipient", "round", "measure").get(
        measure__code=code
    )


def conducted(**values: Any) -> None:
    Municipality.objects.update(reporting=values)


def refusal(call: Callable[[], object]) -> list[str]:
    before = rows()
    with pytest.raises(Refused) as caught:
        call()
    assert rows() == before
    return caught.value.reasons


def rows() -> list[int]:
    """How much there is of what an answer may write."""
    tables = (Answer, Ruling, ProgressUpdate, MilestoneValue, AuditEvent, PostedMail)
    return [model.objects.count() for model in tables]


def is_open(code: str = "1.1") -> bool:
    """Whether the question waits; both ways to ask that say the same."""
    requests = UpdateRequest.objects.filter(measure__code=code)
    waits = open_requests(requests).exists()
    assert Question(with_answers(requests).get()).is_open == waits
    return waits


def events() -> list[tuple[str, str, dict[str, Any]]]:
    """What was logged since the round was sent, in order."""
    logged = AuditEvent.objects.order_by("pk").values_list("action", "actor_name", "changes")
    everything = list(logged)
    last = max(place for place, each in enumerate(everything) if each[0] == "round.send")
    return everything[last + 1 :]


def test_unchanged_waits_and_becomes_a_confirmation(clock: time_machine.Traveller) -> None:
    answer = give_answer(request=asked(), kind=UNCHANGED, text="is left out")

    assert (answer.kind, answer.state, answer.text) == ("unchanged", "under_way", "")
    assert (answer.author_name, answer.recipient.email) == ("Frau Ada", "ada@example.org")
    assert not is_open()
    assert ProgressUpdate.objects.count() == 2
    clock.shift(dt.timedelta(days=2))
    ruling = accept_answer(answer=answer, by=officer())

    update = ruling.update
    assert update
    assert (update.kind, update.state, update.public) == ("confirmed", "under_way", True)
    # It is news of the day on which it was answered, under the name of whoever did.
    assert (update.date, update.author_name, update.author) == (
        NOW.date(),
        "Frau Ada",
        officer(),
    )
    assert [each[:2] for each in events()] == [
        ("answer.give", "Frau Ada (by link)"),
        ("progress.confirm", "integration officer"),
        ("answer.accept", "integration officer"),
    ]
    assert events()[0][2] == {"kind": "unchanged", "state": "under_way"}


def test_confirmation_of_something_internal_stays_internal() -> None:
    ProgressUpdate.objects.create(
        measure=asked().measure, date="2026-01-01", state="stopped", reason="Streit.", public=False
    )
    conducted(release="at_once")

    answer = give_answer(request=asked(), kind=UNCHANGED)

    update = answer.ruling.update
    assert update
    assert (answer.state, update.state, update.public) == ("stopped", "stopped", False)


def test_news_is_corrected_and_both_wordings_stay() -> None:
    answer = give_answer(
        request=asked(),
        kind=NEWS,
        state="delayed",
        text=" Der Raum felt. ",
        reason="Kein Raum.",
        next_step="Suchen.",
        obstacle="Miete.",
        helps="Ein Raum.",
        public=False,
        successor_name="is left out",
    )

    ruling = accept_answer(
        answer=answer, by=officer(), changes={"text": "Der Raum fehlt.", "state": "delayed"}
    )

    update = ruling.update
    assert update
    assert (update.text, update.state, update.reason) == (
        "Der Raum fehlt.",
        "delayed",
        "Kein Raum.",
    )
    assert (update.next_step, update.obstacle, update.helps) == ("Suchen.", "Miete.", "Ein Raum.")
    assert (update.public, update.kind) == (False, "reported")
    answer.refresh_from_db()
    assert (answer.text, answer.successor_name) == ("Der Raum felt.", "")
    assert events()[-1] == (
        "answer.accept",
        "integration officer",
        {"kind": "news", "fields": {"text": ["Der Raum felt.", "Der Raum fehlt."]}},
    )


def test_news_of_milestones_is_taken_over() -> None:
    lesen = asked().measure
    counted = Milestone.objects.create(measure=lesen, title="20 Paten", due="2026-09-01", target=20)
    step = Milestone.objects.create(measure=lesen, title="Raum", due="2026-02-01")
    removed = Milestone.objects.create(measure=lesen, title="Weg", due="2026-02-01")
    answer = give_answer(
        request=asked(),
        kind=NEWS,
        state="under_way",
        milestones={
            str(counted.pk): {"value": 12},
            str(step.pk): {"done": "2026-02-27"},
            str(removed.pk): {"done": "2026-02-27"},
        },
    )
    removed.delete()
    assert not MilestoneValue.objects.exists()

    accept_answer(answer=answer, by=officer())

    value = MilestoneValue.objects.get()
    assert (value.milestone, value.value, value.date) == (counted, 12, NOW.date())
    assert value.author_name == "Frau Ada"
    step.refresh_from_db()
    assert step.done == dt.date(2026, 2, 27)
    assert {each[0] for each in events()} >= {"milestone.value", "milestone.change"}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"kind": UNCHANGED, "code": "1.3"}, "nothing was reported yet that could be unchanged"),
        ({"kind": NEWS}, "“” is not a state"),
        ({"kind": NEWS, "state": "perfect"}, "“perfect” is not a state"),
        ({"kind": NEWS, "state": "stopped", "text": "Aus."}, "say why it is stopped"),
        ({"kind": NEWS, "state": "under_way"}, "Say in a sentence what is new"),
        ({"kind": NEWS, "state": "done", "text": "x" * 1_001}, "more than 1000 characters"),
        ({"kind": NEWS, "state": "done", "milestones": {"7": {"value": 1}}}, "isn’t one of"),
        ({"kind": HELP, "text": " "}, "Say in a sentence what you need."),
        ({"kind": HELP, "text": "x" * 1_001}, "Text: 1001 characters are too many"),
        ({"kind": NOT_MINE, "successor_email": "frau-b"}, "“frau-b” is not an e-mail address."),
        ({"kind": NOT_MINE, "successor_name": "x" * 201}, "Name: 201 characters are too many"),
        ({"kind": "rumour"}, "This is no kind of answer."),
    ],
)
def test_faulty_answer_is_refused(said: dict[str, Any], reason: str) -> None:
    request = asked(said.pop("code", "1.1"))

    reasons = refusal(lambda: give_answer(request=request, **said))

    assert len(reasons) == 1
    assert reason in reasons[0]


def test_milestones_are_checked_before_the_officer_sees_them() -> None:
    step = Milestone.objects.create(measure=asked().measure, title="Raum", due="2026-02-01")

    def said(**news: Any) -> Callable[[], object]:
        milestones: Any = {str(step.pk): news}
        return lambda: give_answer(request=asked(), kind=NEWS, state="done", milestones=milestones)

    assert refusal(said(value=3)) == ["“Raum”: 3 can’t be right."]
    assert refusal(said(done="2026-03-03")) == ["“Raum”: this day lies in the future."]


def test_question_takes_one_answer() -> None:
    request = asked()
    give_answer(request=request, kind=UNCHANGED)

    # The second tap still has the question as it was loaded.
    taps: list[Callable[[], object]] = [
        partial(give_answer, request=request, kind=UNCHANGED),
        partial(give_answer, request=request, kind=NEWS, state="done"),
        partial(give_answer, request=request, kind=HELP, text="?"),
    ]
    for tap in taps:
        assert refusal(tap) == ["This question is answered already. Your first answer counts."]


def test_question_is_closed_to_whom_it_is_no_more() -> None:
    request = asked()
    other = Recipient.objects.get(email="babbage@example.org")

    def with_(call: Callable[[], object], undo: Callable[[], object]) -> list[str]:
        call()
        reasons = refusal(lambda: give_answer(request=request, kind=UNCHANGED))
        undo()
        return reasons

    questions, rounds = UpdateRequest.objects.filter(pk=request.pk), Round.objects
    people = Recipient.objects.filter(pk=request.recipient_id)
    over = ["The round is over; it takes no answers any more."]

    assert with_(
        lambda: questions.update(recipient=other),
        lambda: questions.update(recipient=request.recipient),
    ) == ["This question was handed on to somebody else meanwhile."]
    assert over == with_(
        lambda: rounds.update(closed_at=timezone.now()), lambda: rounds.update(closed_at=None)
    )
    assert over == with_(
        lambda: people.update(expires_at=timezone.now()), lambda: people.update(expires_at=None)
    )
    request.measure.concept.status = "superseded"
    request.measure.concept.save()
    reasons = refusal(lambda: give_answer(request=request, kind=UNCHANGED))
    assert reasons == ["“Plan 2025” was superseded. What was reported stays, nothing is added."]


def test_answers_become_news_at_once_where_the_city_says_so() -> None:
    conducted(release="at_once")
    step = Milestone.objects.create(measure=asked().measure, title="Raum", due="2026-02-01")

    news = give_answer(
        request=asked(),
        kind=NEWS,
        state="done",
        text="Geschafft.",
        milestones={str(step.pk): {"done": "2026-03-01"}},
    )
    mine = give_answer(request=asked("1.2"), kind=NOT_MINE)

    assert (news.ruling.accepted, news.ruling.by, news.ruling.note) == (True, None, "")
    update = news.ruling.update
    assert update
    assert (update.text, update.author, update.author_name) == ("Geschafft.", None, "Frau Ada")
    assert not Ruling.objects.filter(answer=mine).exists()
    assert {each[1] for each in events()} == {"Frau Ada (by link)"}
    assert not is_open("1.1")


def test_text_in_another_language_than_the_plans_waits() -> None:
    conducted(release="at_once")

    answer = give_answer(request=asked("1.3"), kind=NEWS, state="under_way", text="بدأنا")

    assert answer.recipient.language == "ar"
    assert not Ruling.objects.exists()


def test_unchanged_that_was_overtaken_is_refused_and_can_be_corrected() -> None:
    answer = give_answer(request=asked(), kind=UNCHANGED)
    other = give_answer(request=asked("1.2"), kind=UNCHANGED)
    ProgressUpdate.objects.create(measure=asked().measure, date=NOW.date(), state="done")

    number, reasons = accept_answers(answers=[answer, other], by=officer())

    overtaken = "Measure 1.1: “done” was reported meanwhile, on 2 March 2026."
    assert (number, reasons) == (1, [f"{overtaken} Correct the answer, or give it back."])
    accept_answer(answer=answer, by=officer(), changes={"state": "done", "text": "Fertig."})
    assert last_words([asked().measure])[asked().measure.pk].update.text == "Fertig."


def test_declined_answer_opens_the_question_again_and_mails_the_reason() -> None:
    answer = give_answer(request=asked(), kind=NEWS, state="done", text="Fertig.")
    PostedMail.objects.all().delete()

    decline_answer(answer=answer, note="Auch die Kurse?", by=officer(), link_to=link_to)

    assert is_open()
    assert ProgressUpdate.objects.count() == 2
    mail = PostedMail.objects.get()
    assert mail.to == "ada@example.org"
    for words in ("Auch die Kurse?", "1.1 Lesen", link_to(asked().recipient)):
        assert words in mail.text
    again = give_answer(request=asked(), kind=NEWS, state="done", text="Auch die Kurse.")
    accept_answer(answer=again, by=officer())
    assert not is_open()
    assert [each[0] for each in events() if each[0].startswith("answer")] == [
        "answer.give",
        "answer.decline",
        "answer.give",
        "answer.accept",
    ]


def test_word_after_the_round_holds_no_link() -> None:
    answer = give_answer(request=asked("1.3"), kind=HELP, text="ساعدوني")
    Round.objects.update(closed_at=timezone.now())
    PostedMail.objects.all().delete()

    settle_answer(answer=answer, note="Wir rufen an.", by=officer(), link_to=link_to)

    mail = PostedMail.objects.get()
    assert (mail.to, mail.language) == ("babbage@example.org", "ar")
    assert "Wir rufen an." in mail.text
    assert "http" not in mail.text


def test_call_for_help_is_settled_and_the_question_is_theirs_again() -> None:
    answer = give_answer(request=asked(), kind=HELP, text="Wer zahlt?")
    assert not is_open()
    PostedMail.objects.all().delete()

    ruling = settle_answer(answer=answer, note="Die Stiftung.", by=officer(), link_to=link_to)

    assert (ruling.accepted, ruling.note, ruling.update) == (True, "Die Stiftung.", None)
    assert is_open()
    assert "Die Stiftung." in PostedMail.objects.get().text


def test_measure_of_nobody_is_settled_without_asking_again() -> None:
    answer = give_answer(request=asked(), kind=NOT_MINE, text="Ich bin im Ruhestand.")
    PostedMail.objects.all().delete()

    settle_answer(answer=answer, note="Kommt in den Rat.", by=officer(), link_to=link_to)

    assert not is_open()
    assert not PostedMail.objects.exists()


def test_question_that_is_handed_on_is_open_for_somebody_else() -> None:
    answer = give_answer(
        request=asked(), kind=NOT_MINE, successor_name="Herr C", successor_email="c@example.org"
    )

    person = hand_on(
        request=asked(), by=officer(), link_to=link_to, name="Herr C", email="c@example.org"
    )

    assert is_open()
    assert asked().recipient == person
    assert Ruling.objects.get(answer=answer).accepted
    assert give_answer(request=asked(), kind=UNCHANGED).author_name == "Herr C"
    assert not is_open()


def test_answer_is_dealt_with_once_and_in_its_own_way() -> None:
    news = give_answer(request=asked(), kind=UNCHANGED)
    call = give_answer(request=asked("1.2"), kind=HELP, text="Hilfe.")
    by = officer()

    def settle(answer: Answer, note: str = "x") -> Callable[[], object]:
        return lambda: settle_answer(answer=answer, note=note, by=by, link_to=link_to)

    def decline(answer: Answer, note: str = "x") -> Callable[[], object]:
        return lambda: decline_answer(answer=answer, note=note, by=by, link_to=link_to)

    assert refusal(settle(news)) == ["This answer is news. Take it over, or give it back."]
    assert refusal(decline(call)) == ["A call for help can’t be given back. Settle it with a word."]
    assert refusal(lambda: accept_answer(answer=call, by=by)) == [
        "This answer is no news. Hand the question on, or settle it."
    ]
    wordless = ["Write a word about it: whoever answered wants to know."]
    assert refusal(decline(news, " ")) == wordless
    assert refusal(settle(call, "")) == wordless
    accept_answer(answer=news, by=by)
    dealt_with = ["This answer was dealt with meanwhile."]
    assert refusal(lambda: accept_answer(answer=news, by=by)) == dealt_with
    assert refusal(decline(news)) == dealt_with
    assert accept_answers(answers=[news], by=by) == (0, dealt_with)


def test_opening_is_noted_once_and_is_no_event() -> None:
    recipient = asked().recipient
    before = AuditEvent.objects.count()

    mark_opened(recipient=recipient)
    with time_machine.travel(NOW + dt.timedelta(days=1), tick=False):
        mark_opened(recipient=recipient)

    recipient.refresh_from_db()
    assert recipient.opened_at == NOW
    assert AuditEvent.objects.count() == before


def test_last_word_says_since_when_a_state_has_been(clock: time_machine.Traveller) -> None:
    town = Municipality.objects.get()
    for state, day in (("planned", "2024-01-01"), ("under_way", "2025-03-01")):
        report_on(town, "1.1", state, day)
    report_on(town, "1.1", "under_way", "2026-02-01")

    words = last_words(Measure.objects.all())

    lesen = words[asked().measure.pk]
    assert (lesen.update.date, lesen.since) == (dt.date(2026, 2, 1), dt.date(2025, 3, 1))
    assert asked("1.3").measure.pk not in words
