"""Progress updates are recorded with guards, and never changed."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from leitbild.accounts.models import User
from leitbild.core.models import AuditEvent, Translation
from leitbild.core.refusal import Refused
from leitbild.delivery.actions import (
    NewUpdate,
    confirm_unchanged,
    record_update,
    record_updates,
)
from leitbild.delivery.enums import State
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.models import Measure
from tests.towns import measure, plan, settle

DAY = dt.date(2025, 1, 31)


@pytest.fixture
def lesen(db: None) -> Measure:
    settle(plan(measure("1.1")))
    return Measure.objects.select_related("concept__municipality").get()


def record(lesen: Measure, **values: Any) -> ProgressUpdate:
    given: dict[str, Any] = {"date": DAY, "state": State.DONE, "text": "Geschafft.", **values}
    by = given.pop("by", None)
    return record_update(update=NewUpdate(lesen, **given), by=by)


def test_record_update_writes_row_translations_and_event(lesen: Measure) -> None:
    ada = User.objects.create(email="ada@example.org", name="Ada")

    update = record(
        lesen, by=ada, sample=True, translations={"ar": {"text": "تم"}, "uk": {"text": ""}}
    )

    update.refresh_from_db()
    assert (update.date, update.state, update.text) == (DAY, "done", "Geschafft.")
    assert (update.author, update.sample) == (ada, True)
    text = Translation.objects.get(record="delivery.progressupdate")
    assert (text.record_id, text.language, text.text, text.author) == (update.pk, "ar", "تم", ada)
    event = AuditEvent.objects.get(action="progress.record")
    assert (event.actor_name, event.record_id) == ("Ada", update.pk)
    assert event.municipality_id == lesen.concept.municipality_id
    assert event.changes == {"updates": 1, "measures": ["1.1"]}


def test_today_can_be_reported(lesen: Measure) -> None:
    assert record(lesen, date=timezone.localdate()).pk


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (
            {"date": dt.date(2999, 1, 1)},
            "Measure 1.1: 2999-01-01 lies in the future; report what has happened.",
        ),
        ({"date": dt.date(26, 3, 1)}, "0026-03-01 can’t be right; please check the year."),
        ({"state": "perfect"}, "Measure 1.1: “perfect” is not a state."),
        (
            {"next_step": "x" * 1_001},
            "Measure 1.1: a text has more than 1000 characters; one to three sentences do.",
        ),
        ({"state": "stopped", "reason": " "}, "Measure 1.1: say why it is stopped."),
        ({"state": "delayed"}, "Measure 1.1: say why it is delayed."),
        (
            {"translations": {"de": {"text": "Noch einmal"}}},
            "Measure 1.1: “de” can’t be the language of a translation.",
        ),
        (
            {"translations": {"xx": {"text": "?"}}},
            "Measure 1.1: “xx” can’t be the language of a translation.",
        ),
    ],
)
def test_faulty_update_is_refused(lesen: Measure, values: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        record(lesen, **values)

    assert refused.value.reasons == [reason]
    assert not ProgressUpdate.objects.exists()


def test_many_updates_are_recorded_all_or_none(lesen: Measure) -> None:
    good = NewUpdate(lesen, DAY, State.DONE, "Gut.")
    bad = NewUpdate(lesen, dt.date(2999, 1, 1), "perfect")

    with pytest.raises(Refused) as refused:
        record_updates(updates=[good, bad], by=None)

    assert len(refused.value.reasons) == 2
    assert not ProgressUpdate.objects.exists()


def test_many_updates_make_one_event(lesen: Measure) -> None:
    record_updates(updates=[NewUpdate(lesen, DAY, State.DONE)] * 3, by=None)

    event = AuditEvent.objects.get(action="progress.record")
    assert event.changes == {"updates": 3, "measures": ["1.1"]}
    assert event.record_id is None
    assert ProgressUpdate.objects.count() == 3


def test_no_updates_make_no_event(db: None) -> None:
    assert record_updates(updates=[], by=None) == []
    assert not AuditEvent.objects.exists()


def test_confirmation_takes_the_last_state_and_says_nothing_else(lesen: Measure) -> None:
    record(lesen, state=State.STOPPED, reason="Kein Geld.", author_name="Frau A")

    confirmed = confirm_unchanged(measure=lesen, date=dt.date(2025, 6, 30), by=None)

    confirmed.refresh_from_db()
    assert (confirmed.kind, confirmed.state, confirmed.reason) == ("confirmed", "stopped", "")
    assert AuditEvent.objects.filter(action="progress.confirm").count() == 1


def test_nothing_reported_cant_be_unchanged(lesen: Measure) -> None:
    record(lesen, date=dt.date(2025, 7, 1))

    with pytest.raises(Refused) as refused:
        confirm_unchanged(measure=lesen, date=dt.date(2025, 6, 30), by=None)

    assert str(refused.value) == (
        "Measure 1.1: nothing was reported yet that could be unchanged. Choose a state and say "
        "in a sentence how it goes."
    )
