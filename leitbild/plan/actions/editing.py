"""How drafts become what the concept says: applied, settled against another's work, restored."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.models import Translatable
from leitbild.core.refusal import Refused
from leitbild.plan.actions.changing import changing, obstacles_to_change
from leitbild.plan.actions.content import FieldObstacle, cleaned_content, write_content
from leitbild.plan.actions.drafting import (
    Conflict,
    DraftMovedOn,
    InvalidContent,
    discard_draft,
    hand_in_draft,
    locked,
    log_draft,
    obstacles_of,
    part_deleted,
    refuse_conflict,
    require,
    return_draft,
    save_draft,
    take_back_draft,
)
from leitbild.plan.enums import PartKind, RevisionChange
from leitbild.plan.models import Concept, Draft, Goal, Measure, Revision
from leitbild.plan.queries.contents import Content, PartKey, content_of, part_of
from leitbild.plan.queries.drafts import draft_of
from leitbild.plan.queries.history import changed_fields, latest_number, revisions_of
from leitbild.plan.queries.restoring import restorable
from leitbild.plan.rules import may_settle_draft

__all__ = [
    "Conflict",
    "DraftMovedOn",
    "InvalidContent",
    "apply_draft",
    "discard_draft",
    "hand_in_draft",
    "restore_revision",
    "return_draft",
    "save_draft",
    "settle_conflict",
    "take_back_draft",
]

LOGGED_LENGTH: Final = 300


@transaction.atomic
def apply_draft(
    *, draft: Draft, by: User, reason: str = "", expected_saves: int | None = None
) -> Revision:
    """Make a draft what the concept says; the draft is gone then, others' drafts stay.

    Raises DraftMovedOn where it isn't the one that was looked at (`expected_saves`), Conflict
    where the part moved on, InvalidContent or Refused with every reason at once. The revision's
    author is who wrote the draft; `by`, where it is another, is who released it.
    """
    # Whoever changes the same concept meanwhile waits for this to end.
    concept = Concept.objects.select_for_update().get(pk=draft.concept_id)
    stored = locked(draft)
    stored.concept = concept
    if expected_saves not in {None, stored.saves}:
        raise DraftMovedOn(stored)
    require(may_settle_draft(by, stored))
    row = part_of(concept, stored.kind, stored.part_id)
    if stored.part_id is not None and row is None:
        raise part_deleted()
    refuse_conflict(stored, base=stored.base)
    reasons = [FieldObstacle("", each) for each in obstacles_to_change(concept, reason=reason)]
    if obstacles := obstacles_of(stored):
        raise InvalidContent([*reasons, *obstacles])
    return _write(stored, row, by=by, reason=reason)


def _write(draft: Draft, row: Translatable | None, *, by: User, reason: str) -> Revision:
    concept, kind = draft.concept, draft.kind
    before = content_of(row) if row else {}
    with changing(
        concept=concept,
        by=by,
        action=f"{kind}.{'edit' if row else 'create'}",
        change=RevisionChange.EDITED if row else RevisionChange.CREATED,
        reason=reason,
        written_by=draft.author,
        only=_touched(draft, row, before),
    ) as change:
        written = write_content(concept=concept, kind=kind, row=row, content=draft.content)
        change.record = written
        if change.parts is not None:
            change.parts.add((kind, written.pk))
        change.changes = {
            "fields": _for_the_log(before, draft.content),
            **({"author": str(draft.author)} if draft.author_id != by.pk else {}),
        }
        draft.delete()
    newest = next(
        (each for each in change.revisions if (each.kind, each.part_id) == (kind, written.pk)), None
    )
    # Without a word changed, nothing new was said.
    return newest or revisions_of(kind, written.pk)[0]


def _touched(draft: Draft, row: Translatable | None, before: Content) -> set[PartKey]:
    """The part, and those that name it by a number or code that changes."""
    if row is None:
        return set()
    parts: set[PartKey] = {(draft.kind, row.pk)}
    if draft.kind == PartKind.THEME and draft.content.get("number") != before["number"]:
        goals = Goal.objects.filter(theme_id=row.pk)
        parts |= {(PartKind.GOAL, pk) for pk in goals.values_list("pk", flat=True)}
    if draft.kind == PartKind.GOAL and draft.content.get("code") != before["code"]:
        measures = Measure.objects.filter(goal_links__goal_id=row.pk)
        parts |= {(PartKind.MEASURE, pk) for pk in measures.values_list("pk", flat=True)}
    return parts


def _for_the_log(before: Content, after: Content) -> dict[str, list[Any]]:
    return {
        name: [_shortened(before.get(name)), _shortened(after.get(name))]
        for name in changed_fields(before, after)
    }


def _shortened(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LOGGED_LENGTH:
        return value[: LOGGED_LENGTH - 1] + "…"
    return value


@transaction.atomic
def settle_conflict(*, draft: Draft, content: Content, seen: int, by: User) -> Draft:
    """Keep what was chosen of both versions as the draft, now based on revision `seen`.

    Raises Conflict again where the part moved on once more. Whoever releases a draft may
    settle its conflict as well; it stays handed in then.
    """
    stored = locked(draft)
    require(may_settle_draft(by, stored))
    refuse_conflict(stored, base=seen)
    stored.base = seen
    stored.content = {**stored.content, **cleaned_content(stored.kind, content)}
    stored.saves += 1
    stored.save()
    log_draft("draft.settle", stored, by=by)
    return stored


@transaction.atomic
def restore_revision(*, concept: Concept, revision: Revision, by: User) -> tuple[Draft, list[str]]:
    """A draft that says what the part said in an earlier revision, and what it can't say again.

    Names of goals, bodies, stages and groups that are gone are left out and returned. What a
    part is called by (its number, code or address) stays as it is now.
    """
    kind, part_id = revision.kind, revision.part_id
    row = part_of(concept, kind, part_id)
    if row is None:
        raise Refused([_("This part was deleted. Please bring it back from the bin first.")])
    if draft_of(by, kind, part_id) is not None:
        raise Refused([_("You have a draft of this part. Please publish or discard it first.")])
    content, dropped = restorable(concept, row, revision)
    draft = Draft.objects.create(
        concept=concept,
        kind=kind,
        part_id=part_id,
        author=by,
        base=latest_number(kind, part_id),
        content=content,
    )
    log_draft("draft.restore", draft, by=by, revision=revision.number)
    return draft, dropped
