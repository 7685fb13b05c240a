"""Who is writing what."""

import datetime as dt

import pytest
from django.utils import timezone

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User
from leitbild.plan.enums import PartKind
from leitbild.plan.models import Concept, Draft, Measure
from leitbild.plan.queries.drafts import draft_of, drafts_of, handed_in, others_at_work
from tests.people import member, person
from tests.towns import measure, plan, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    """A town with two measures."""
    return settle(plan(measure("1.1"), measure("1.2")))


def begin(author: User, code: str | None, *, minutes_ago: int, is_handed_in: bool = False) -> Draft:
    """A draft of a measure, or of one that doesn't exist yet, saved some minutes ago."""
    then = timezone.now() - dt.timedelta(minutes=minutes_ago)
    draft = Draft.objects.create(
        concept=Concept.objects.get(municipality__slug="musterstadt"),
        kind=PartKind.MEASURE,
        part_id=Measure.objects.get(code=code).pk if code else None,
        content={"title": f"{author} {code}"},
        author=author,
        handed_in_at=then if is_handed_in else None,
    )
    Draft.objects.filter(pk=draft.pk).update(saved_at=then)
    return draft


def test_draft_is_found_by_person_and_part(town: Municipality) -> None:
    officer, editor = member(town, Role.OFFICER), member(town, Role.EDITOR)
    draft = begin(officer, "1.1", minutes_ago=1)
    begin(officer, None, minutes_ago=1)

    assert draft_of(officer, PartKind.MEASURE, draft.part_id) == draft
    assert draft_of(officer, PartKind.GOAL, draft.part_id) is None
    assert draft_of(editor, PartKind.MEASURE, draft.part_id) is None
    assert draft_of(officer, PartKind.MEASURE, None) is None


def test_own_drafts_are_listed_from_the_last_saved(town: Municipality) -> None:
    officer = member(town, Role.OFFICER)
    older, newer = (
        begin(officer, "1.1", minutes_ago=9),
        begin(officer, None, minutes_ago=2, is_handed_in=True),
    )
    begin(member(town, Role.EDITOR), "1.2", minutes_ago=1)

    assert list(drafts_of(officer, town)) == [newer, older]


def test_drafts_of_another_municipality_are_not_listed(town: Municipality) -> None:
    officer = member(town, Role.OFFICER)
    begin(officer, "1.1", minutes_ago=1, is_handed_in=True)
    other = settle(plan(measure("1.1"), municipality={"slug": "neustadt", "name": "Neustadt"}))

    assert list(drafts_of(officer, other)) == []
    assert list(handed_in(other)) == []


def test_handed_in_drafts_are_listed_from_the_longest_waiting(town: Municipality) -> None:
    first, second = member(town, Role.EDITOR), person("second@example.org")
    short = begin(first, "1.1", minutes_ago=1, is_handed_in=True)
    long = begin(second, "1.1", minutes_ago=5, is_handed_in=True)
    begin(second, "1.2", minutes_ago=9)

    assert list(handed_in(town)) == [long, short]


def test_others_at_work_are_those_who_write_the_same_part(town: Municipality) -> None:
    me, first, second = (person(f"{name}@example.org") for name in ("me", "first", "second"))
    mine = begin(me, "1.1", minutes_ago=1)
    older = begin(first, "1.1", minutes_ago=7)
    newer = begin(second, "1.1", minutes_ago=3)
    begin(second, "1.2", minutes_ago=1)
    begin(second, None, minutes_ago=1)

    assert others_at_work(me, mine.concept, PartKind.MEASURE, mine.part_id) == [newer, older]
    assert others_at_work(me, mine.concept, PartKind.MEASURE, None) == []
