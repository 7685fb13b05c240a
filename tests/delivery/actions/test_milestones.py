"""Milestones say what is due when; their numbers are reported one after the other."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from leitbild.accounts.models import User
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.milestones import (
    NewMilestone,
    add_milestone,
    add_milestones,
    change_milestone,
    record_value,
    remove_milestone,
)
from leitbild.delivery.actions.reporting import MovedOn
from leitbild.delivery.models import Milestone, MilestoneValue
from leitbild.delivery.queries.evidence import Step, steps_of
from leitbild.plan.models import Measure
from tests.queries import assert_same_number, queries_of
from tests.towns import measure, plan, settle

TODAY = dt.date(2026, 3, 10)
DUE = dt.date(2026, 6, 30)


@pytest.fixture
def lesen(db: None) -> Measure:
    settle(plan(measure("1.1")))
    return Measure.objects.select_related("concept__municipality").get()


@pytest.fixture
def ada(lesen: Measure) -> User:
    return User.objects.create(email="ada@example.org", name="Ada")


def add(lesen: Measure, ada: User | None, **content: Any) -> Milestone:
    given: dict[str, Any] = {"title": "Plätze", "due": DUE, **content}
    return add_milestone(measure=lesen, by=ada, **given)


def event(action: str) -> AuditEvent:
    return AuditEvent.objects.get(action=action)


def reasons(call: Any, **values: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        call(**values)
    return refused.value.reasons


def test_milestone_is_set_changed_and_removed(lesen: Measure, ada: User) -> None:
    milestone = add(lesen, ada, title=" Plätze ", target=40, unit="Plätze")
    row = change_milestone(milestone=milestone, by=ada, due=dt.date(2026, 9, 30), target=50)
    same = change_milestone(milestone=milestone, by=ada, target=50)

    assert (row.title, row.due, row.done, row.target) == ("Plätze", dt.date(2026, 9, 30), None, 50)
    assert same.target == 50
    assert event("milestone.create").changes == {
        "part": "1.1 Plätze",
        "title": "Plätze",
        "due": "2026-06-30",
        "done": None,
        "target": 40,
        "unit": "Plätze",
    }
    assert event("milestone.change").changes == {
        "part": "1.1 Plätze",
        "fields": {"due": ["2026-06-30", "2026-09-30"], "target": [40, 50]},
    }

    remove_milestone(milestone=milestone, by=ada)

    assert not Milestone.objects.exists()
    assert event("milestone.remove").actor_name == "Ada"
    assert reasons(change_milestone, milestone=milestone, by=ada, target=1) == [
        "This milestone has been removed meanwhile."
    ]


@time_machine.travel(TODAY)
def test_numbers_are_reported_one_after_the_other(lesen: Measure, ada: User) -> None:
    milestone = add(lesen, ada, target=40, unit="Plätze")

    record_value(milestone=milestone, value=12, date=dt.date(2026, 3, 1), by=ada)
    record_value(milestone=milestone, value=20, date=TODAY, by=ada)
    again = record_value(milestone=milestone, value=20, date=TODAY, by=ada)
    by_link = record_value(milestone=milestone, value=21, date=TODAY, by=None, author_name="Bo")

    [step] = steps_of(lesen)
    assert [(each.value, each.author_name) for each in step.values] == [
        (21, "Bo"),
        (20, "Ada"),
        (12, "Ada"),
    ]
    assert step.latest == by_link
    assert again.value == 20
    events = AuditEvent.objects.filter(action="milestone.value").order_by("pk")
    assert [each.actor_name for each in events] == ["Ada", "Ada", "Bo (by link)"]
    assert events[0].changes == {"part": "1.1 Plätze", "value": 12, "date": "2026-03-01"}


def test_milestone_with_numbers_stays_on_record(lesen: Measure) -> None:
    milestone = add(lesen, None, target=40)
    record_value(milestone=milestone, value=1, date=dt.date(2026, 1, 1), by=None)

    [reason] = reasons(remove_milestone, milestone=milestone, by=None)

    assert reason == (
        "1 value was reported of “Plätze”, so it stays on record. If it isn’t pursued any more, "
        "say so in its title."
    )
    assert Milestone.objects.count() == 1


@time_machine.travel(TODAY)
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"title": "  "}, ["Say in a few words what shall be reached."]),
        ({"title": "x" * 301}, ["Milestone: 301 characters are too many; at most 300 fit."]),
        ({"unit": "x" * 61}, ["Unit: 61 characters are too many; at most 60 fit."]),
        ({"due": None}, ["Say by when it shall be reached."]),
        (
            {"due": dt.date(20, 6, 30)},
            ["0020-06-30 can’t be right; please check the year."],
        ),
        (
            {"done": dt.date(2026, 3, 11)},
            ["11 March 2026 lies in the future; report what has happened."],
        ),
        ({"done": dt.date(26, 3, 1)}, ["0026-03-01 can’t be right; please check the year."]),
        ({"target": 10**9}, ["Target: 1000000000 can’t be right; please check it."]),
        ({"target": -1}, ["Target: -1 can’t be right; please check it."]),
    ],
)
def test_milestone_that_cant_be_is_refused(
    lesen: Measure, content: dict[str, Any], expected: list[str]
) -> None:
    assert reasons(add, lesen=lesen, ada=None, **content) == expected
    assert not Milestone.objects.exists()


@time_machine.travel(TODAY)
def test_number_that_cant_be_is_refused(lesen: Measure) -> None:
    milestone = add(lesen, None)

    found = reasons(
        record_value, milestone=milestone, value=10**9, date=dt.date(2026, 3, 11), by=None
    )

    assert found == [
        "Value: 1000000000 can’t be right; please check it.",
        "“Plätze” has no number to reach. Give it a target first.",
        "11 March 2026 lies in the future; report what has happened.",
    ]
    assert not MilestoneValue.objects.exists()


def test_what_somebody_else_wrote_is_not_overwritten_unseen(lesen: Measure, ada: User) -> None:
    milestone = add(lesen, ada)
    seen = Step(milestone).mark
    change_milestone(milestone=milestone, by=None, seen=seen, title="Vierzig Plätze")

    with pytest.raises(MovedOn) as moved:
        change_milestone(milestone=milestone, by=ada, seen=seen, title="Fünfzig Plätze")

    assert moved.value.reasons == [
        (
            "Somebody has changed this milestone meanwhile: “Vierzig Plätze”, due 30 June 2026. "
            "What you typed still stands below. Save once more if it shall hold."
        )
    ]
    [step] = steps_of(lesen)
    change_milestone(milestone=milestone, by=ada, seen=step.mark, title="Fünfzig Plätze")
    assert Milestone.objects.get().title == "Fünfzig Plätze"


@time_machine.travel(TODAY)
def test_milestone_is_overdue_from_the_day_after(lesen: Measure) -> None:
    for due, done in ((TODAY, None), (dt.date(2026, 3, 9), None), (dt.date(2026, 3, 1), TODAY)):
        add(lesen, None, due=due, done=done)

    found = {step.milestone.due.day: step.is_overdue for step in steps_of(lesen)}

    assert found == {10: False, 9: True, 1: False}


@time_machine.travel(TODAY)
def test_many_milestones_are_set_with_their_values(lesen: Measure, ada: User) -> None:
    first, second = add_milestones(
        milestones=[
            NewMilestone(
                lesen,
                " Plätze ",
                DUE,
                target=40,
                unit="Plätze",
                values=[(dt.date(2026, 1, 1), 10), (dt.date(2026, 2, 1), 20)],
                sample=True,
            ),
            NewMilestone(lesen, "Raum", DUE, done=dt.date(2026, 3, 1)),
        ],
        by=ada,
    )

    assert (first.title, first.target, first.sample) == ("Plätze", 40, True)
    assert (second.done, second.sample) == (dt.date(2026, 3, 1), False)
    values = MilestoneValue.objects.order_by("date")
    assert [(each.milestone, each.value, each.author_name, each.sample) for each in values] == [
        (first, 10, "Ada", True),
        (first, 20, "Ada", True),
    ]
    events = AuditEvent.objects.filter(action__startswith="milestone.").order_by("pk")
    assert [(each.action, each.record_id) for each in events] == [
        ("milestone.create", first.pk),
        ("milestone.value", first.pk),
        ("milestone.value", first.pk),
        ("milestone.create", second.pk),
    ]
    assert events[1].changes == {"part": "1.1 Plätze", "value": 10, "date": "2026-01-01"}


@time_machine.travel(TODAY)
def test_one_wrong_milestone_refuses_all_and_names_its_measure(lesen: Measure, ada: User) -> None:
    wrong = NewMilestone(lesen, "", DUE, values=[(TODAY, 3)])

    assert reasons(
        add_milestones, milestones=[NewMilestone(lesen, "Raum", DUE), wrong], by=ada
    ) == [
        "1.1: Say in a few words what shall be reached.",
        "1.1: “” has no number to reach. Give it a target first.",
    ]
    assert not Milestone.objects.exists()


def test_many_milestones_take_as_many_queries_as_one(lesen: Measure, ada: User) -> None:
    def write(number: int) -> list[str]:
        values = [(dt.date(2020, 1, 1), 1)]
        new = [NewMilestone(lesen, "Raum", DUE, target=9, values=values)] * number
        return queries_of(lambda: add_milestones(milestones=new, by=ada))

    write(1)

    assert_same_number(write(1), write(30))
