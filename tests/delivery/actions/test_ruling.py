"""What the officer makes of answers: once each, and all of it on record."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.utils import timezone

from leitbild.core.models import PostedMail
from leitbild.delivery.actions import (
    accept_answer,
    accept_answers,
    decline_answer,
    give_answer,
    settle_answer,
)
from leitbild.delivery.actions.recipients import hand_on
from leitbild.delivery.models import (
    Answer,
    Milestone,
    MilestoneValue,
    ProgressUpdate,
    Round,
    Ruling,
)
from leitbild.delivery.queries.answers import last_words
from tests.delivery.answers import (
    HELP,
    NEWS,
    NOT_MINE,
    NOW,
    UNCHANGED,
    asked,
    asked_round,
    events,
    is_open,
    refusal,
)
from tests.delivery.asking import link_to, officer


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        asked_round()
        yield traveller


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
    wordless = ["Write a word: whoever answered wants to know."]
    assert refusal(decline(news, " ")) == wordless
    assert refusal(settle(call, "")) == wordless
    accept_answer(answer=news, by=by)
    dealt_with = ["This answer was dealt with meanwhile."]
    assert refusal(lambda: accept_answer(answer=news, by=by)) == dealt_with
    assert refusal(decline(news)) == dealt_with
    assert accept_answers(answers=[news], by=by) == (0, dealt_with)
