"""Drafts: what a person has written so far, saved as they type.

Nothing that was typed is lost and nothing is overwritten unseen. A draft takes whatever is
typed, finished or not. Two windows of one person are told apart by the draft's counter
(`DraftMovedOn`), two people by the revision each of them started from (`Conflict`).

Every confirmed save leaves its event, with the number of characters in place of the text:
what isn't published has no place in a log that nobody can clear.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import record_event
from leitbild.core.refusal import Refused
from leitbild.plan.actions.content import FieldObstacle, cleaned_content, content_obstacles
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import Concept, Draft, Revision
from leitbild.plan.queries.contents import MODELS, Content, content_of, part_of
from leitbild.plan.queries.drafts import draft_of
from leitbild.plan.queries.history import latest_number, revision
from leitbild.plan.rules import owns_draft

LARGEST: Final = 400_000
"""Characters a draft may have: several times what a part can say, so that no text is cut."""


class DraftMovedOn(Exception):
    """Another window of the same person saved this draft meanwhile."""

    def __init__(self, draft: Draft) -> None:
        """Keep what is stored, for the writer to choose."""
        super().__init__(f"{draft} was saved {draft.saves} times")
        self.draft = draft


class Conflict(Exception):
    """The part moved on since the draft was begun.

    `theirs` is what stands now, `base` what the draft started from (None where history
    doesn't reach back that far).
    """

    def __init__(self, *, theirs: Revision, base: Revision | None, draft: Draft) -> None:
        """Keep all versions, for the writer to choose."""
        super().__init__(f"{theirs} came after {base}")
        self.theirs, self.base, self.draft = theirs, base, draft


class InvalidContent(Refused):
    """What a part can't say; each reason with the field it is about."""

    def __init__(self, obstacles: Iterable[FieldObstacle]) -> None:
        """Keep the reasons for whoever shows them beside their fields."""
        self.obstacles = list(obstacles)
        super().__init__([each.reason for each in self.obstacles])


@transaction.atomic
def save_draft(
    *,
    concept: Concept,
    kind: str,
    part_id: int | None,
    content: Content,
    by: User,
    base: int,
    draft: Draft | None = None,
    saves: int | None = None,
    note: str | None = None,
) -> Draft:
    """Keep what a person has written so far, whether or not it could be published.

    `draft` is the one the window has open (its id is enough), `saves` the counter it knows,
    None while it knows of no save. Raises DraftMovedOn where another window saved something
    else meanwhile; the same again (an answer that got lost on its way) changes nothing. Fields
    that `content` doesn't name stay as they are, and so does the note where it is None.

    As long as someone only looks, there is no draft: where nothing stored differs from what
    stands, the draft that is returned isn't stored (`pk` is None). One that exists stays, also
    when it says again what stands. Writing on in a draft that was handed in takes it back.
    """
    typed = cleaned_content(kind, content)
    if len(json.dumps(typed, ensure_ascii=False)) > LARGEST:
        raise Refused([_("This is too long to be kept. Please shorten it or split it in two.")])
    stored = _stored(kind, part_id, typed, concept=concept, draft=draft, by=by)
    if stored is None:
        return _first_save(concept, kind, part_id, typed, by=by, base=base, note=note)
    whole = {**stored.content, **typed}
    if whole == stored.content and note in {None, stored.note}:
        return stored
    another = draft is not None and draft.pk not in {None, stored.pk}
    if another or saves != stored.saves:
        raise DraftMovedOn(stored)
    return _save_again(stored, whole, note=note, by=by)


def _stored(
    kind: str,
    part_id: int | None,
    typed: Content,
    *,
    concept: Concept,
    draft: Draft | None,
    by: User,
) -> Draft | None:
    """The draft this save belongs to, locked; one that is gone is begun anew."""
    drafts = Draft.objects.select_for_update(of=("self",)).select_related("concept__municipality")
    of_part = drafts.filter(concept=concept, kind=kind, part_id=part_id)
    if draft is not None and (found := of_part.filter(pk=draft.pk).first()):
        require(owns_draft(by, found))
        return found
    own = of_part.filter(author=by)
    if part_id is not None:
        return own.first()
    # The first save of a new part, sent twice because its answer got lost.
    return next((each for each in own if {**each.content, **typed} == each.content), None)


def _first_save(
    concept: Concept,
    kind: str,
    part_id: int | None,
    typed: Content,
    *,
    by: User,
    base: int,
    note: str | None,
) -> Draft:
    row = part_of(concept, kind, part_id)
    stands = content_of(row) if row else {}
    # Nobody started from a revision that isn't there.
    base = min(base, latest_number(kind, part_id)) if part_id is not None else 0
    draft = Draft(concept=concept, kind=kind, part_id=part_id, author=by, base=base)
    draft.note = note or ""
    draft.content = {**stands, **typed}
    if draft.content == stands:
        return draft
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        # Another window's first save came in between.
        other = draft_of(by, kind, part_id)
        if other is None:
            raise
        if other.content != draft.content:
            raise DraftMovedOn(other) from None
        return other
    log_draft("draft.save", draft, by=by)
    return draft


def _save_again(draft: Draft, content: Content, *, note: str | None, by: User) -> Draft:
    draft.content = content
    draft.note = draft.note if note is None else note
    draft.saves += 1
    draft.handed_in_at = None
    draft.save()
    log_draft("draft.save", draft, by=by)
    return draft


@transaction.atomic
def discard_draft(*, draft: Draft, by: User) -> None:
    """Throw one's own draft away."""
    stored = locked(draft)
    require(owns_draft(by, stored))
    log_draft("draft.discard", stored, by=by)
    stored.delete()


@transaction.atomic
def hand_in_draft(*, draft: Draft, by: User, note: str = "") -> Draft:
    """Give a finished draft to the officer.

    Raises InvalidContent while it couldn't be published, and Conflict where the part moved on:
    only its author knows what was meant.
    """
    stored = locked(draft)
    require(owns_draft(by, stored))
    refuse_conflict(stored, base=stored.base)
    if obstacles := obstacles_of(stored):
        raise InvalidContent(obstacles)
    stored.note, stored.answer, stored.answered_by_name = note or stored.note, "", ""
    stored.handed_in_at = timezone.now()
    stored.save()
    log_draft("draft.hand_in", stored, by=by)
    return stored


@transaction.atomic
def take_back_draft(*, draft: Draft, by: User) -> Draft:
    """Go on writing in a draft that was handed in."""
    stored = locked(draft)
    require(owns_draft(by, stored))
    if stored.handed_in_at is not None:
        stored.handed_in_at = None
        stored.save()
        log_draft("draft.take_back", stored, by=by)
    return stored


@transaction.atomic
def return_draft(*, draft: Draft, by: User, note: str) -> Draft:
    """Give a draft that was handed in back to its author, with a word on what is missing."""
    stored = locked(draft)
    if stored.handed_in_at is None:
        raise Refused([_("This draft isn’t handed in (any more); its author is writing on.")])
    if not note.strip():
        raise Refused([_("Please say in a sentence what is missing, so that it can be mended.")])
    stored.handed_in_at = None
    stored.answer, stored.answered_by_name = note.strip(), str(by)
    stored.save()
    log_draft("draft.return", stored, by=by)
    return stored


def locked(draft: Draft) -> Draft:
    """The draft as it is stored; nobody else changes it until this ends."""
    drafts = Draft.objects.select_for_update(of=("self",))
    found = drafts.select_related("concept__municipality", "author").filter(pk=draft.pk).first()
    if found is None:
        raise Refused(
            [_("This draft isn’t there any more: it was published or discarded elsewhere.")]
        )
    return found


def refuse_conflict(draft: Draft, *, base: int) -> None:
    """Raise Conflict where the draft's part isn't at revision `base` any more."""
    if draft.part_id is None:
        return
    newest = latest_number(draft.kind, draft.part_id)
    # What stood before history was kept became revision 1 when the part first changed.
    if max(newest, 1) == max(base, 1):
        return
    theirs = revision(draft.kind, draft.part_id, newest)
    if theirs is None:
        raise LookupError(f"{draft} is based on a revision that doesn't exist")
    if theirs.change == RevisionChange.DELETED:
        raise part_deleted()
    started = revision(draft.kind, draft.part_id, max(draft.base, 1))
    raise Conflict(theirs=theirs, base=started, draft=draft)


def part_deleted() -> Refused:
    """What a draft of a part that is gone meets."""
    return Refused(
        [_("This part was deleted. Bring it back from the bin; your draft is kept until then.")]
    )


def obstacles_of(draft: Draft) -> list[FieldObstacle]:
    """Every reason why the part can't say what the draft says."""
    return content_obstacles(
        concept=draft.concept, kind=draft.kind, part_id=draft.part_id, content=draft.content
    )


def require(allowed: bool) -> None:
    """Refuse what a surface shouldn't have offered."""
    if not allowed:
        raise PermissionDenied


def log_draft(action: str, draft: Draft, *, by: User, **more: Any) -> None:
    """The event of a draft: which part, how much text, never the text."""
    model: Any = MODELS[draft.kind]
    characters = sum(len(text) for text in draft.content.values() if isinstance(text, str))
    details: Mapping[str, Any] = {"draft": draft.pk, "kind": draft.kind, "characters": characters}
    record_event(
        action=action,
        by=by,
        public=False,
        municipality_id=draft.concept.municipality_id,
        record=model(pk=draft.part_id) if draft.part_id else draft.concept,
        changes={**details, **more},
    )
