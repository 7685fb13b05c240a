"""People and windows that write the same thing at the same moment."""

from functools import partial

from leitbild.accounts.models import Municipality, User
from leitbild.plan.actions.editing import (
    Conflict,
    DraftMovedOn,
    apply_draft,
    save_draft,
)
from leitbild.plan.models import (
    Concept,
    Draft,
    Measure,
    Revision,
)
from leitbild.plan.queries.drafts import draft_of
from leitbild.plan.queries.history import latest_number, revisions_of
from tests.parallel import at_once
from tests.people import person


def demo_measure() -> Measure:
    """A measure of the demo city's newest edition."""
    newest = Concept.objects.newest_first().first()
    return Measure.objects.filter(concept=newest).order_by("position")[0]


def draft_for(by: User, row: Measure, title: str) -> Draft:
    """A first save from a window of this person."""
    return save_draft(
        concept=Concept.objects.get(pk=row.concept_id),
        kind="measure",
        part_id=row.pk,
        content={"title": title},
        by=by,
        base=latest_number("measure", row.pk),
    )


def test_of_two_people_who_publish_at_once_one_wins_and_one_chooses(
    writable_demo_city: Municipality,
) -> None:
    row = demo_measure()
    people = [person(f"{name}@example.org") for name in ("first", "second", "third")]
    drafts = {by.email: draft_for(by, row, f"Von {by.email}") for by in people}
    before = latest_number("measure", row.pk)

    outcomes = at_once(
        [
            partial(apply_draft, draft=drafts[by.email], by=by, reason="Gleichzeitig.")
            for by in people
        ]
    )

    [won] = [each for each in outcomes if isinstance(each, Revision)]
    lost = [each for each in outcomes if isinstance(each, Conflict)]
    assert len(lost) == 2, outcomes
    assert won.number == before + 1
    assert Measure.objects.get(pk=row.pk).title == won.content["title"]
    kept = {draft.content["title"] for draft in Draft.objects.all()}
    assert kept | {won.content["title"]} == {f"Von {by.email}" for by in people}
    assert {each.theirs.number for each in lost} == {won.number}


def test_two_windows_that_save_first_at_once_lose_nothing(
    writable_demo_city: Municipality,
) -> None:
    row, by = demo_measure(), person("one@example.org")
    titles = [f"Fenster {number}" for number in range(4)]

    outcomes = at_once([partial(draft_for, by, row, title) for title in titles])

    [saved] = [each for each in outcomes if isinstance(each, Draft)]
    moved = [each for each in outcomes if isinstance(each, DraftMovedOn)]
    assert len(moved) == 3, outcomes
    stored = draft_of(by, "measure", row.pk)
    assert stored is not None
    assert {each.draft.content["title"] for each in moved} == {stored.content["title"]}
    assert stored == saved


def test_two_windows_that_save_the_same_at_once_are_one(writable_demo_city: Municipality) -> None:
    row, by = demo_measure(), person("one@example.org")

    outcomes = at_once([partial(draft_for, by, row, "Gleich")] * 4)

    assert {each.pk if isinstance(each, Draft) else each for each in outcomes} == {
        Draft.objects.get().pk
    }


def test_people_who_write_different_parts_at_once_all_get_through(
    writable_demo_city: Municipality,
) -> None:
    newest = Concept.objects.newest_first().first()
    rows = list(Measure.objects.filter(concept=newest)[:4])
    people = [person(f"{number}@example.org") for number in range(4)]
    drafts = [draft_for(by, row, f"Neu {by}") for by, row in zip(people, rows, strict=True)]

    outcomes = at_once(
        [
            partial(apply_draft, draft=draft, by=by, reason="Gleichzeitig.")
            for draft, by in zip(drafts, people, strict=True)
        ]
    )

    assert [type(each) for each in outcomes] == [Revision] * 4, outcomes
    assert [revisions_of("measure", row.pk)[0].content["title"] for row in rows] == [
        f"Neu {by}" for by in people
    ]
