"""Who is asked for news of a measure, and how often, is written with its event."""

from typing import Any

import pytest

from leitbild.accounts.models import Contact, Municipality, Organisation
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.responsibility import set_responsible, set_rhythm
from leitbild.delivery.models import Responsibility, Rhythm
from leitbild.plan.models import Concept, Measure
from tests.towns import measure, plan, settle


@pytest.fixture
def lesen(db: None) -> Measure:
    settle(plan(measure("1.1", lead="schulamt")))
    return Measure.objects.select_related("concept__municipality").get()


def changes(action: str) -> list[dict[str, Any]]:
    return [each.changes for each in AuditEvent.objects.filter(action=action).order_by("pk")]


def reasons(call: Any, **values: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        call(**values)
    return refused.value.reasons


def test_person_responsible_is_named_and_named_no_more(lesen: Measure) -> None:
    schulamt = Organisation.objects.get(slug="schulamt")
    ada = Contact.objects.create(organisation=schulamt, name="Ada", email="ada@example.org")
    bo = Contact.objects.create(organisation=schulamt, name="Bo", email="bo@example.org")

    for contact in (ada, ada, bo, None):
        set_responsible(measure=lesen, contact=contact, by=None)

    assert not Responsibility.objects.exists()
    assert [each["fields"]["contact"] for each in changes("responsibility.change")] == [
        [None, "Ada"],
        ["Ada", "Bo"],
        ["Bo", None],
    ]


def test_nobody_of_another_city_is_responsible(lesen: Measure) -> None:
    other = Municipality.objects.create(slug="anderswo", name="Anderswo", languages=["de"])
    there = Organisation.objects.create(
        municipality=other, slug="amt", name="Amt", kind="department"
    )
    stranger = Contact.objects.create(organisation=there, name="Fremd", email="f@example.org")

    found = reasons(set_responsible, measure=lesen, contact=stranger, by=None)

    assert found == ["This person is no contact here."]


def test_rhythm_is_a_concepts_or_a_measures(lesen: Measure) -> None:
    concept = lesen.concept

    set_rhythm(concept=concept, months=12, by=None)
    set_rhythm(concept=concept, measure=lesen, months=3, by=None)
    set_rhythm(concept=concept, measure=lesen, months=3, by=None)
    set_rhythm(concept=concept, measure=lesen, months=None, by=None)

    assert [(each.measure, each.months) for each in Rhythm.objects.all()] == [(None, 12)]
    events = AuditEvent.objects.filter(action="rhythm.change").order_by("pk")
    assert [(each.record, each.changes["fields"]["months"]) for each in events] == [
        ("plan.concept", [None, 12]),
        ("plan.measure", [None, 3]),
        ("plan.measure", [3, None]),
    ]


@pytest.mark.parametrize("months", [0, 61])
def test_rhythm_that_cant_be_is_refused(lesen: Measure, months: int) -> None:
    found = reasons(set_rhythm, concept=lesen.concept, measure=lesen, months=months, by=None)

    assert found == ["A rhythm lies between 1 and 60 months."]


def test_rhythm_is_not_set_for_a_measure_of_another_edition(lesen: Measure) -> None:
    old = Concept.objects.create(
        municipality=lesen.concept.municipality,
        slug="alt",
        title="Alt",
        edition=2013,
        status="adopted",
    )

    assert reasons(set_rhythm, concept=old, measure=lesen, months=3, by=None) == [
        "This measure belongs to another edition."
    ]
