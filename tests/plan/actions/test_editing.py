"""Drafts become what the concept says; of two people's words, none are lost."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from leitbild.accounts.models import Municipality, User
from leitbild.core.refusal import Refused
from leitbild.plan.actions.editing import (
    Conflict,
    DraftMovedOn,
    InvalidContent,
    apply_draft,
    hand_in_draft,
    restore_revision,
    save_draft,
    settle_conflict,
)
from leitbild.plan.models import (
    Draft,
    Goal,
    Measure,
    Revision,
    Theme,
)
from leitbild.plan.queries.contents import content_of
from leitbild.plan.queries.history import revisions_of
from tests.plan.actions.drafts import (
    TITLE,
    adopt,
    events,
    freeze,
    save,
    save_new,
    the_measure,
)
from tests.queries import assert_same_number, queries_of
from tests.towns import grow


def test_applied_draft_is_what_the_concept_says(officer: User) -> None:
    draft = save(officer, "Vorlesen", content={"goals": ["1a"], "lead": "schulamt"})
    wanted = draft.content

    written = apply_draft(draft=draft, by=officer, reason="Genauer.")

    assert content_of(the_measure()) == written.content == wanted
    assert (written.number, written.change, written.reason) == (2, "edited", "Genauer.")
    assert (written.author_id, written.released_by_name) == (officer.pk, "")
    assert not Draft.objects.exists()
    [event] = events("measure.edit")
    assert (event.record, event.record_id) == ("plan.measure", the_measure().pk)
    assert event.changes == {
        "fields": {"title": [TITLE, "Vorlesen"], "lead": [None, "schulamt"]},
        "reason": "Genauer.",
    }


def test_new_part_is_created(officer: User) -> None:
    draft = save_new(officer, {"code": "1.3", "title": "Singen", "goals": ["1a"]})

    written = apply_draft(draft=draft, by=officer)

    made = the_measure("1.3")
    assert (written.kind, written.part_id, written.number) == ("measure", made.pk, 1)
    assert (written.change, made.title, made.kind) == ("created", "Singen", "one_off")
    assert [event.record_id for event in events("measure.create")] == [made.pk]


def test_released_draft_names_both(officer: User, editor: User) -> None:
    draft = hand_in_draft(draft=save(editor), by=editor)

    written = apply_draft(draft=draft, by=officer)

    assert (written.author_id, written.author_name) == (editor.pk, str(editor))
    assert written.released_by_name == str(officer)
    assert events("measure.edit")[0].changes["author"] == str(editor)


def test_every_reason_against_publishing_is_given_at_once(officer: User) -> None:
    adopt()
    draft = save(officer, "", content={"goals": []})

    with pytest.raises(InvalidContent) as refused:
        apply_draft(draft=draft, by=officer)

    assert [each.field for each in refused.value.obstacles] == ["", "title", "goals"]
    assert Draft.objects.get() == draft


def test_adopted_concept_changes_with_a_reason_alone(officer: User) -> None:
    adopt()
    draft = save(officer)

    with pytest.raises(Refused, match="Say in a sentence why it changes"):
        apply_draft(draft=draft, by=officer, reason=" ")

    assert apply_draft(draft=draft, by=officer, reason="Neue Lage.").reason == "Neue Lage."


def test_nothing_changes_while_a_proposal_lies_before_the_council(officer: User) -> None:
    freeze()
    draft = save(officer)

    with pytest.raises(Refused, match="Proposal 1 lies before the council"):
        apply_draft(draft=draft, by=officer, reason="Neue Lage.")
    assert save(officer, "Weiter", draft=draft, saves=1).saves == 2


def test_draft_of_a_deleted_part_waits_for_it(officer: User) -> None:
    draft = save(officer)
    the_measure().delete()

    with pytest.raises(Refused, match="Bring it back from the bin"):
        apply_draft(draft=draft, by=officer)

    assert Draft.objects.get() == draft


def test_draft_that_is_not_handed_in_is_released_by_nobody_else(
    officer: User, editor: User
) -> None:
    draft = save(editor)

    with pytest.raises(PermissionDenied):
        apply_draft(draft=draft, by=officer)

    assert the_measure().title == TITLE
    assert Draft.objects.get() == draft


def test_only_the_draft_that_was_looked_at_is_released(officer: User, editor: User) -> None:
    draft = save(editor)
    seen = draft.saves
    save(editor, "Etwas anderes", draft=draft, saves=1)

    with pytest.raises(DraftMovedOn):
        apply_draft(draft=draft, by=officer, expected_saves=seen)

    assert the_measure().title == TITLE


def test_draft_is_applied_once(officer: User) -> None:
    draft = save(officer)
    other_window = Draft.objects.get()
    apply_draft(draft=draft, by=officer)

    with pytest.raises(Refused, match="isn’t there any more"):
        apply_draft(draft=other_window, by=officer)


def test_draft_without_a_change_leaves_no_revision(officer: User) -> None:
    draft = save(officer)
    save(officer, TITLE, draft=draft, saves=1)

    written = apply_draft(draft=Draft.objects.get(), by=officer)

    assert (written.number, revisions_of("measure", the_measure().pk).count()) == (1, 1)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("kind", "change", "followers"),
    [
        ("theme", {"number": 4}, {("theme", "4"), ("goal", "1a")}),
        ("theme", {"name": "Lernen"}, {("theme", "1")}),
        ("goal", {"code": "1x"}, {("goal", "1x"), ("measure", "1.1"), ("measure", "1.2")}),
    ],
)
def test_parts_that_name_a_renamed_one_get_a_revision_too(
    officer: User, kind: str, change: dict[str, Any], followers: set[tuple[str, str]]
) -> None:
    row = Theme.objects.get() if kind == "theme" else Goal.objects.get()
    draft = save_draft(
        concept=row.concept, kind=kind, part_id=row.pk, content=change, by=officer, base=1
    )

    apply_draft(draft=draft, by=officer)

    second = Revision.objects.filter(number=2)
    assert {
        (each.kind, str(each.content.get("code") or each.content.get("number"))) for each in second
    } == followers


def test_publishing_costs_the_same_in_a_concept_of_any_size(
    town: Municipality, officer: User
) -> None:
    first = save(officer, "Eins")
    few = queries_of(lambda: apply_draft(draft=first, by=officer))
    grow(town, 500)
    second = save(officer, "Zwei")

    many = queries_of(lambda: apply_draft(draft=second, by=officer))

    assert_same_number(few, many)


# Two people


def test_second_of_two_people_meets_both_versions(officer: User, editor: User) -> None:
    mine, theirs = save(officer, "Meins"), save(editor, "Ihrs")
    apply_draft(draft=theirs, by=editor)

    with pytest.raises(Conflict) as conflict:
        apply_draft(draft=mine, by=officer)

    found = conflict.value
    assert found.base is not None
    assert (found.base.number, found.base.content["title"]) == (1, TITLE)
    assert (found.theirs.number, found.theirs.content["title"]) == (2, "Ihrs")
    assert found.draft.content["title"] == "Meins"
    assert (the_measure().title, Draft.objects.get()) == ("Ihrs", mine)


def test_conflict_is_settled_field_by_field(officer: User, editor: User) -> None:
    mine, theirs = save(officer, "Meins"), save(editor, "Ihrs", content={"lead": "schulamt"})
    apply_draft(draft=theirs, by=editor)

    settled = settle_conflict(draft=mine, content={"lead": "schulamt"}, seen=2, by=officer)
    written = apply_draft(draft=settled, by=officer)

    assert (settled.base, settled.saves) == (2, 2)
    assert (written.number, written.content["title"], written.content["lead"]) == (
        3,
        "Meins",
        "schulamt",
    )


def test_conflict_is_not_settled_against_a_state_that_has_passed(
    officer: User, editor: User
) -> None:
    mine = save(officer, "Meins")
    apply_draft(draft=save(editor, "Ihrs"), by=editor)
    apply_draft(draft=save(editor, "Ihrs danach"), by=editor)

    with pytest.raises(Conflict) as conflict:
        settle_conflict(draft=mine, content={"title": "Beides"}, seen=2, by=officer)

    assert conflict.value.theirs.content["title"] == "Ihrs danach"
    stored = Draft.objects.get()
    assert (stored.base, stored.content["title"]) == (1, "Meins")


def test_conflict_is_met_before_handing_in(officer: User, editor: User) -> None:
    mine = save(editor, "Meins")
    apply_draft(draft=save(officer, "Ihrs"), by=officer)

    with pytest.raises(Conflict):
        hand_in_draft(draft=mine, by=editor)


def test_whoever_releases_a_draft_may_settle_its_conflict(officer: User, editor: User) -> None:
    draft = hand_in_draft(draft=save(editor, "Von der Redaktion"), by=editor)
    apply_draft(draft=save(officer, "Vom Büro"), by=officer)

    settled = settle_conflict(draft=draft, content={"title": "Beides"}, seen=2, by=officer)
    written = apply_draft(draft=settled, by=officer)

    assert settled.handed_in_at is not None
    assert (written.content["title"], written.author_name) == ("Beides", str(editor))


def test_drafts_begun_before_history_are_no_conflict_until_the_part_changes(
    town: Municipality, officer: User, editor: User
) -> None:
    grow(town, 2)
    first, mine, theirs = (
        save(officer, "Anderswo", code="9.1"),
        save(officer, "Meins", code="9.0"),
        save(editor, "Ihrs", code="9.0"),
    )
    assert [each.base for each in (first, mine, theirs)] == [0, 0, 0]
    apply_draft(draft=first, by=officer)

    assert apply_draft(draft=theirs, by=editor).number == 2
    with pytest.raises(Conflict) as conflict:
        apply_draft(draft=mine, by=officer)
    assert conflict.value.base is not None
    assert conflict.value.base.content["title"] == "Vorhaben 0"


# Earlier revisions


def test_earlier_revision_is_a_draft_first(officer: User) -> None:
    apply_draft(draft=save(officer, "Neu", content={"lead": "schulamt"}), by=officer)
    [_, first] = revisions_of("measure", the_measure().pk)

    draft, dropped = restore_revision(concept=the_measure().concept, revision=first, by=officer)

    assert (draft.base, draft.saves, dropped) == (2, 1, [])
    assert draft.content == first.content
    assert the_measure().title == "Neu"
    assert apply_draft(draft=draft, by=officer).content == first.content
    assert events("draft.restore")[0].changes["revision"] == 1


def test_restoring_overwrites_no_draft(officer: User) -> None:
    save(officer, "Noch nicht fertig")
    [first] = revisions_of("measure", the_measure().pk)

    with pytest.raises(Refused, match="You have a draft of this part"):
        restore_revision(concept=the_measure().concept, revision=first, by=officer)

    assert Draft.objects.get().content["title"] == "Noch nicht fertig"


def test_deleted_part_is_not_restored_by_a_draft(officer: User) -> None:
    row = the_measure()
    [first] = revisions_of("measure", row.pk)
    Measure.objects.filter(pk=row.pk).delete()

    with pytest.raises(Refused, match="bring it back from the bin"):
        restore_revision(concept=row.concept, revision=first, by=officer)
