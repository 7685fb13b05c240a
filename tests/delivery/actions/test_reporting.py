"""Only an adopted edition is reported on; a form that is sent twice reports once."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile

from leitbild.accounts.models import User
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.delivery.actions import NewUpdate, confirm_unchanged, record_update
from leitbild.delivery.actions.attachments import attach_file
from leitbild.delivery.actions.milestones import add_milestone
from leitbild.delivery.actions.money import set_money
from leitbild.delivery.actions.papers import add_paper
from leitbild.delivery.actions.responsibility import set_responsible, set_rhythm
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.models import Concept, Measure
from tests.towns import measure, plan, settle

DAY = dt.date(2025, 1, 31)


@pytest.fixture
def lesen(db: None) -> Measure:
    settle(plan(measure("1.1")))
    return Measure.objects.select_related("concept__municipality").get()


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("draft", "“Plan 2025” is a draft. News is reported once the council has adopted it."),
        ("superseded", "“Plan 2025” was superseded. What was reported stays, nothing is added."),
    ],
)
def test_only_an_adopted_edition_is_reported_on(lesen: Measure, status: str, reason: str) -> None:
    Concept.objects.update(status=status)
    lesen.concept.status = status
    of: dict[str, Any] = {"measure": lesen, "by": None}
    events = AuditEvent.objects.count()
    writes: list[Any] = [
        lambda: record_update(update=NewUpdate(lesen, DAY, "done", "Gut."), by=None),
        lambda: add_milestone(**of, title="Plätze", due=DAY),
        lambda: set_money(**of, year=2025, source="grant", planned_cents=1, spent_cents=None),
        lambda: add_paper(**of, title="Sachstand"),
        lambda: attach_file(**of, title="B", file=ContentFile(b"%PDF-"), name="b.pdf", public=True),
        lambda: set_responsible(**of, contact=None),
        lambda: set_rhythm(**of, concept=lesen.concept, months=3),
    ]

    for write in writes:
        with pytest.raises(Refused) as refused:
            write()
        assert refused.value.reasons == [reason]
    assert AuditEvent.objects.count() == events


def test_form_that_is_sent_twice_reports_once(lesen: Measure) -> None:
    ada = User.objects.create(email="ada@example.org", name="Ada")
    bo = User.objects.create(email="bo@example.org", name="Bo")
    update = NewUpdate(lesen, DAY, "under_way", "Läuft. ")

    first, second = (record_update(update=update, by=ada) for _ in range(2))
    confirmed = [confirm_unchanged(measure=lesen, date=DAY, by=ada) for _ in range(2)]
    record_update(update=update, by=bo)
    record_update(update=update, by=ada)

    assert first == second
    assert confirmed[0] == confirmed[1]
    assert ProgressUpdate.objects.count() == 4
    assert AuditEvent.objects.filter(action="progress.record").count() == 3
    assert AuditEvent.objects.filter(action="progress.confirm").count() == 1


def test_confirmation_of_what_is_internal_stays_internal(lesen: Measure) -> None:
    update = NewUpdate(lesen, DAY, "stopped", "Ende.", reason="Kein Geld.", public=False)
    record_update(update=update, by=None)

    assert confirm_unchanged(measure=lesen, date=DAY, by=None).public is False
