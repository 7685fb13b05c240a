"""Answering by link: each question once, by whom it asks, in its own time."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from leitbild.accounts.models import Municipality
from leitbild.core.models import AuditEvent
from leitbild.delivery.actions import give_answer, mark_opened
from leitbild.delivery.models import (
    Milestone,
    ProgressUpdate,
    Recipient,
    Round,
    Ruling,
    UpdateRequest,
)
from leitbild.delivery.queries.answers import last_words
from leitbild.plan.models import Measure
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
from tests.towns import report_on


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        asked_round()
        yield traveller


def conducted(**values: Any) -> None:
    Municipality.objects.update(reporting=values)


def test_confirmation_of_something_internal_stays_internal() -> None:
    ProgressUpdate.objects.create(
        measure=asked().measure, date="2026-01-01", state="stopped", reason="Streit.", public=False
    )
    conducted(release="at_once")

    answer = give_answer(request=asked(), kind=UNCHANGED)

    update = answer.ruling.update
    assert update
    assert (answer.state, update.state, update.public) == ("stopped", "stopped", False)


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
