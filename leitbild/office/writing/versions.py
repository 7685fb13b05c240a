"""Two versions of a part side by side: what stands, and what a draft says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from leitbild.core.difference import Piece, word_difference
from leitbild.office.writing.differences import Wording
from leitbild.plan.models import Draft, Revision
from leitbild.plan.queries.contents import Content
from leitbild.plan.queries.history import changed_fields, revision, revisions_of


@dataclass(frozen=True, slots=True)
class Meeting:
    """A field both versions have differently, each marked against what both started from."""

    field: str
    label: str | Promise
    theirs: Any
    mine: Any
    theirs_pieces: Sequence[Piece]
    mine_pieces: Sequence[Piece]
    theirs_changed: bool
    mine_changed: bool
    lines: int

    @property
    def long(self) -> bool:
        """Whether it is a text that people put together from both."""
        return self.lines > 1


@dataclass(frozen=True, slots=True)
class Versions:
    """What differs, and what both have alike."""

    newest: Revision
    between: Sequence[Revision]
    meetings: Sequence[Meeting]
    alike: Sequence[tuple[str | Promise, str]]

    @property
    def seen(self) -> int:
        """The revision that stood when this page was made."""
        return self.newest.number


def versions_of(draft: Draft, standing: Content, wording: Wording) -> Versions | None:
    """Both versions of a draft's part; None where the part has no history to differ from."""
    later = revisions_of(draft.kind, draft.part_id or 0).filter(number__gt=max(draft.base, 1))
    between = list(later)
    if not between:
        return None
    base = revision(draft.kind, draft.part_id or 0, max(draft.base, 1))
    before: Content = base.content if base else {}
    mine = {**standing, **draft.content}
    differing = changed_fields(standing, mine)
    return Versions(
        newest=between[0],
        between=between,
        meetings=[
            _meeting(name, before, standing, mine, wording) for name in wording.ordered(differing)
        ],
        alike=[
            (wording.label(name), wording.value(name, standing[name]))
            for name in wording.ordered(standing)
            if name not in differing
        ],
    )


def _meeting(
    name: str, before: Content, standing: Content, mine: Content, wording: Wording
) -> Meeting:
    base = wording.value(name, before.get(name))
    return Meeting(
        field=name,
        label=wording.label(name),
        theirs=standing.get(name),
        mine=mine.get(name),
        theirs_pieces=word_difference(base, wording.value(name, standing.get(name))),
        mine_pieces=word_difference(base, wording.value(name, mine.get(name))),
        theirs_changed=bool(changed_fields({name: before.get(name)}, {name: standing.get(name)})),
        mine_changed=bool(changed_fields({name: before.get(name)}, {name: mine.get(name)})),
        lines=wording.lines(name),
    )
