"""The database itself refuses what must not be among the rows of delivery."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from leitbild.accounts.models import Municipality
from leitbild.core.models import PostedMail
from leitbild.delivery.models import (
    Answer,
    FrozenReport,
    Milestone,
    MilestoneValue,
    Money,
    ProgressUpdate,
    Recipient,
    Rhythm,
    Round,
    Ruling,
    UpdateRequest,
)
from leitbild.plan.models import Concept, Measure

DAY = dt.date(2026, 3, 1)


@pytest.fixture
def lesen(db: None) -> Measure:
    """A measure of a town that has little else."""
    town = Municipality.objects.create(slug="x", name="X", languages=["de"])
    concept = Concept.objects.create(
        municipality=town, slug="2025", title="Plan", edition=2025, status="adopted"
    )
    return Measure.objects.create(concept=concept, code="1.1", title="Lesen", kind="one_off")


def taken(write: Callable[[], object]) -> bool:
    """Whether the database takes it, at once or, for deferred keys, in the end."""
    try:
        with transaction.atomic():
            write()
            connection.check_constraints()
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def test_rhythm_is_given_once_and_in_months(lesen: Measure) -> None:
    Rhythm.objects.create(concept=lesen.concept, months=6)
    Rhythm.objects.create(concept=lesen.concept, measure=lesen, months=3)

    assert not taken(lambda: Rhythm.objects.create(concept=lesen.concept, months=12))
    assert not taken(lambda: Rhythm.objects.create(concept=lesen.concept, measure=lesen, months=1))
    assert not taken(lambda: Rhythm.objects.update(months=0))
    assert not taken(lambda: Rhythm.objects.update(months=61))


def test_values_of_milestones_are_written_once(lesen: Measure) -> None:
    milestone = Milestone.objects.create(measure=lesen, title="20 Patenschaften", due=DAY)
    MilestoneValue.objects.create(milestone=milestone, value=12, date=DAY)

    assert not taken(lambda: MilestoneValue.objects.update(value=20))
    assert not taken(MilestoneValue.objects.all().delete)


def test_money_is_known_once_a_source_and_year(lesen: Measure) -> None:
    def money(**values: Any) -> Callable[[], object]:
        return lambda: Money.objects.create(
            **{"measure": lesen, "year": 2026, "source": "budget", "planned_cents": 1, **values}
        )

    money()()

    assert not taken(money())
    assert taken(money(year=2027))
    assert taken(money(source="grant", planned_cents=None, spent_cents=0))
    assert not taken(money(source="lottery"))
    assert not taken(money(source="grant", planned_cents=None))
    assert not taken(money(source="grant", planned_cents=-1))
    assert not taken(money(source="grant", spent_cents=-1))


def test_round_asks_a_person_once_and_for_a_measure_once(lesen: Measure) -> None:
    asked = asking(lesen)

    def again(email: str) -> Callable[[], object]:
        return lambda: Recipient.objects.create(round=asked.round, name="B", email=email)

    assert not taken(again("A@example.org"))
    assert taken(again("b@example.org"))
    assert not taken(
        lambda: UpdateRequest.objects.create(
            round=asked.round, recipient=asked.recipient, measure=lesen
        )
    )


def test_answers_and_rulings_are_written_once(lesen: Measure) -> None:
    asked = asking(lesen)
    given = {"request": asked, "recipient": asked.recipient, "author_name": "A"}
    answer = Answer.objects.create(kind="unchanged", **given)
    Ruling.objects.create(answer=answer, accepted=True)

    assert not taken(lambda: Answer.objects.update(kind="help"))
    assert not taken(Answer.objects.all().delete)
    assert not taken(lambda: Ruling.objects.update(accepted=False))
    assert not taken(Ruling.objects.all().delete)
    assert not taken(lambda: Ruling.objects.create(answer=answer, accepted=False))
    assert not taken(lambda: Answer.objects.create(kind="maybe", **given))


def test_report_is_numbered_once_ends_after_it_begins_and_stays(lesen: Measure) -> None:
    def report(**values: Any) -> Callable[[], object]:
        given = {
            "number": 1,
            "since": DAY,
            "until": DAY,
            "audience": "council",
            "language": "de",
            "content": {},
            "digest": "",
        }
        return lambda: FrozenReport.objects.create(concept=lesen.concept, **{**given, **values})

    report()()

    assert not taken(report())
    assert taken(report(number=2))
    assert not taken(report(number=2, until=DAY - dt.timedelta(days=1)))
    assert not taken(lambda: FrozenReport.objects.update(content={"more": 1}))
    assert not taken(FrozenReport.objects.all().delete)


def test_mail_is_posted_once_and_in_a_known_state(db: None) -> None:
    def mail(**values: Any) -> Callable[[], object]:
        return lambda: PostedMail.objects.create(**{"key": "a", "to": "a@example.org", **values})

    mail()()

    assert not taken(mail())
    assert taken(mail(key="b"))
    assert not taken(mail(key="b", state="lost"))


def asking(measure: Measure) -> UpdateRequest:
    """A round that asks somebody for the measure."""
    asked = Round.objects.create(
        concept=measure.concept, subject="S", message="M", due=DAY, sent_at=timezone.now()
    )
    recipient = Recipient.objects.create(round=asked, name="A", email="a@example.org")
    return UpdateRequest.objects.create(round=asked, recipient=recipient, measure=measure)


def constraints() -> Iterator[str]:
    """Names of the constraints this module is about."""
    models: list[type[Model]] = [*apps.get_app_config("delivery").get_models(), PostedMail]
    for model in models:
        if model is not ProgressUpdate:
            yield from (each.name for each in model._meta.constraints)


def test_every_constraint_has_its_test() -> None:
    """A constraint added later needs a test here; this list is how one notices."""
    assert sorted(constraints()) == [
        "core_mail_state_known",
        "delivery_answer_append_only",
        "delivery_answer_kind_known",
        "delivery_money_not_negative",
        "delivery_money_once",
        "delivery_money_says_something",
        "delivery_money_source_known",
        "delivery_recipient_once",
        "delivery_report_append_only",
        "delivery_report_ends_after_begin",
        "delivery_report_once",
        "delivery_request_once",
        "delivery_rhythm_in_months",
        "delivery_rhythm_of_concept_once",
        "delivery_ruling_append_only",
        "delivery_value_append_only",
    ]
