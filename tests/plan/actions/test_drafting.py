"""Drafts take what is typed; nothing is lost, nothing overwritten unseen."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from leitbild.accounts.models import User
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.plan.actions.changing import changing
from leitbild.plan.actions.drafting import LARGEST
from leitbild.plan.actions.editing import (
    DraftMovedOn,
    InvalidContent,
    apply_draft,
    discard_draft,
    hand_in_draft,
    return_draft,
    save_draft,
    settle_conflict,
    take_back_draft,
)
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import Draft, Measure
from leitbild.plan.queries.contents import content_of
from tests.plan.actions.drafts import TITLE, events, save, save_new, the_measure


def test_draft_takes_whatever_is_typed(officer: User) -> None:
    typed = {"title": "", "start": "bald", "code": "1.2", "text": "x" * 30_000}

    draft = save(officer, content=typed)

    stored = Draft.objects.get()
    assert (stored.pk, stored.saves, stored.base) == (draft.pk, 1, 1)
    assert stored.content == {**content_of(the_measure()), **typed}
    assert the_measure().title == TITLE


@pytest.mark.parametrize("base", [2, 10**20])
def test_nobody_starts_from_a_revision_that_is_not_there(officer: User, base: int) -> None:
    draft = save(officer, "Neu", base=base)

    assert Draft.objects.get().base == 1
    assert apply_draft(draft=draft, by=officer).content["title"] == "Neu"


def test_draft_is_saved_again_by_the_window_that_saved_it(officer: User) -> None:
    draft = save(officer, "Neu", note="Weil.")

    again = save(officer, "Neuer", draft=draft, saves=draft.saves)

    assert (again.pk, again.saves, again.content["title"]) == (draft.pk, 2, "Neuer")
    assert again.note == "Weil."
    assert save(officer, "Neuer", draft=again, saves=2, note="").note == ""


def test_second_window_meets_what_the_first_one_saved(officer: User) -> None:
    first = save(officer, "Aus dem ersten Fenster")
    save(officer, "Ebenda", draft=first, saves=1)

    with pytest.raises(DraftMovedOn) as moved:
        save(officer, "Aus dem zweiten Fenster", draft=first, saves=1)
    assert moved.value.draft.content["title"] == "Ebenda"

    seen = moved.value.draft
    assert save(officer, "Aus dem zweiten Fenster", draft=seen, saves=seen.saves).saves == 3


def test_window_that_knows_of_no_draft_meets_it(officer: User) -> None:
    first = save(officer, "Aus dem ersten Fenster")

    with pytest.raises(DraftMovedOn):
        save(officer, "Aus dem zweiten Fenster")
    with pytest.raises(DraftMovedOn):
        save(officer, "Aus dem zweiten Fenster", draft=first)
    assert Draft.objects.get().content["title"] == "Aus dem ersten Fenster"


def test_window_of_a_draft_that_was_begun_anew_meets_it(officer: User) -> None:
    first = save(officer, "Alt")
    stale = Draft.objects.get()
    discard_draft(draft=first, by=officer)
    second = save(officer, "Neu begonnen")
    assert second.saves == stale.saves

    with pytest.raises(DraftMovedOn):
        save(officer, "Noch im alten Fenster", draft=stale, saves=stale.saves)
    assert Draft.objects.get().content["title"] == "Neu begonnen"


def test_save_whose_answer_got_lost_can_be_repeated(officer: User) -> None:
    first = save(officer, "Neu")
    assert save(officer, "Neu").saves == 1
    save(officer, "Neuer", draft=first, saves=1)

    assert save(officer, "Neuer", draft=first, saves=1).saves == 2
    assert len(events("draft.save")) == 2


def test_looking_at_a_part_begins_no_draft(officer: User) -> None:
    draft = save(officer, TITLE)

    assert draft._state.adding
    assert draft.content == content_of(the_measure())
    assert not Draft.objects.exists()
    assert events("draft.save") == []


def test_draft_stays_when_it_says_again_what_stands(officer: User) -> None:
    draft = save(officer, "Neu")

    assert save(officer, TITLE, draft=draft, saves=1).saves == 2
    assert Draft.objects.count() == 1


def test_fields_that_are_not_named_stay(officer: User) -> None:
    row = the_measure()
    draft = save_draft(
        concept=row.concept,
        kind="measure",
        part_id=row.pk,
        content={"title": "Neu"},
        by=officer,
        base=1,
    )

    assert draft.content == {**content_of(row), "title": "Neu"}


def test_draft_that_is_gone_is_begun_anew(officer: User) -> None:
    draft = save(officer, "Neu")
    gone = Draft.objects.get()
    discard_draft(draft=draft, by=officer)

    again = save(officer, "Weiter getippt", draft=Draft(pk=gone.pk), saves=1)

    assert Draft.objects.get().content["title"] == "Weiter getippt"
    assert again.saves == 1


def test_new_parts_can_be_begun_side_by_side(officer: User) -> None:
    first = save_new(officer, {"title": "Eins"})
    second = save_new(officer, {"title": "Zwei"})
    repeated = save_new(officer, {"title": "Zwei"})
    longer = save_new(officer, {"title": "Zweitens"}, draft=second, saves=1)

    assert repeated == second == longer
    assert [draft.content for draft in Draft.objects.order_by("pk")] == [
        {"title": "Eins"},
        {"title": "Zweitens"},
    ]
    assert first.part_id is None


def test_what_is_too_long_to_keep_is_refused(officer: User) -> None:
    with pytest.raises(Refused) as refused:
        save(officer, "x" * LARGEST)

    assert refused.value.reasons == [
        "This is too long to be kept. Please shorten it or split it in two."
    ]


def test_saving_leaves_events_without_the_text(officer: User) -> None:
    draft = save(officer, "Geheim")
    save(officer, "Sehr geheim", draft=draft, saves=1)

    row = the_measure()
    told = [(each.record, each.record_id, each.changes) for each in events("draft.save")]
    length = sum(len(text) for text in draft.content.values() if isinstance(text, str))
    details = {"draft": draft.pk, "kind": "measure"}
    assert told == [
        ("plan.measure", row.pk, {**details, "characters": length}),
        ("plan.measure", row.pk, {**details, "characters": length + 5}),
    ]


@pytest.mark.parametrize(
    "act",
    [
        lambda draft, by: save_draft(
            concept=draft.concept,
            kind="measure",
            part_id=draft.part_id,
            content={"title": "Fremd"},
            by=by,
            base=1,
            draft=draft,
            saves=1,
        ),
        lambda draft, by: discard_draft(draft=draft, by=by),
        lambda draft, by: hand_in_draft(draft=draft, by=by),
        lambda draft, by: take_back_draft(draft=draft, by=by),
        lambda draft, by: settle_conflict(draft=draft, content={}, seen=1, by=by),
    ],
    ids=["save", "discard", "hand in", "take back", "settle"],
)
def test_draft_belongs_to_its_author(
    officer: User, editor: User, act: Callable[[Draft, User], object]
) -> None:
    draft = save(editor)

    with pytest.raises(PermissionDenied):
        act(draft, officer)

    assert Draft.objects.get().content["title"] == "Neu"


def test_draft_is_handed_in_taken_back_and_given_back(officer: User, editor: User) -> None:
    draft = hand_in_draft(draft=save(editor), by=editor, note="Mit dem Schulamt besprochen.")
    assert draft.handed_in_at is not None
    assert draft.note == "Mit dem Schulamt besprochen."

    assert take_back_draft(draft=draft, by=editor).handed_in_at is None
    hand_in_draft(draft=draft, by=editor)
    answered = return_draft(draft=draft, by=officer, note=" Wer zahlt? ")

    assert (answered.handed_in_at, answered.answer) == (None, "Wer zahlt?")
    assert (answered.answered_by_name, answered.note) == (
        str(officer),
        "Mit dem Schulamt besprochen.",
    )
    actions = AuditEvent.objects.filter(action__startswith="draft.").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "draft.save",
        "draft.hand_in",
        "draft.take_back",
        "draft.hand_in",
        "draft.return",
    ]


def test_answer_is_gone_when_the_draft_is_handed_in_again(officer: User, editor: User) -> None:
    draft = hand_in_draft(draft=save(editor), by=editor)
    return_draft(draft=draft, by=officer, note="Wer zahlt?")

    again = hand_in_draft(draft=draft, by=editor)

    assert (again.answer, again.answered_by_name) == ("", "")


def test_writing_on_takes_a_draft_back(editor: User) -> None:
    draft = hand_in_draft(draft=save(editor), by=editor)

    written = save(editor, "Noch besser", draft=draft, saves=draft.saves)

    assert written.handed_in_at is None


def test_unfinished_draft_is_not_handed_in(editor: User) -> None:
    draft = save(editor, "")

    with pytest.raises(InvalidContent) as refused:
        hand_in_draft(draft=draft, by=editor)

    assert [each.field for each in refused.value.obstacles] == ["title"]


def test_draft_is_given_back_with_a_word_and_only_once(officer: User, editor: User) -> None:
    draft = hand_in_draft(draft=save(editor), by=editor)

    with pytest.raises(Refused, match="Please say in a sentence what is missing"):
        return_draft(draft=draft, by=officer, note=" ")
    return_draft(draft=draft, by=officer, note="Wer zahlt?")
    with pytest.raises(Refused, match="isn’t handed in"):
        return_draft(draft=draft, by=officer, note="Wer zahlt?")


def test_draft_of_another_part_is_not_touched(officer: User) -> None:
    other = save(officer, "Rechnen und zählen", code="1.2")

    save(officer, "Lesen und schreiben", draft=other, saves=1)

    assert sorted(draft.content["title"] for draft in Draft.objects.all()) == [
        "Lesen und schreiben",
        "Rechnen und zählen",
    ]


def test_draft_of_a_deleted_part_is_not_handed_in(officer: User, editor: User) -> None:
    draft = save(editor)
    row = the_measure()
    with changing(
        concept=row.concept, by=officer, action="measure.delete", change=RevisionChange.EDITED
    ):
        Measure.objects.filter(pk=row.pk).delete()

    with pytest.raises(Refused, match="This part was deleted"):
        hand_in_draft(draft=draft, by=editor)

    assert Draft.objects.get().handed_in_at is None
