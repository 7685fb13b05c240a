"""Writing history: every state of every part of a concept, as it comes about."""

from collections.abc import Iterable

from leitbild.accounts.models import User
from leitbild.core.actions import BATCH
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import Concept, Revision
from leitbild.plan.queries.contents import Content, PartKey, contents, contents_of
from leitbild.plan.queries.history import latest_revisions, parts_without_history

NOBODY = "command line"
"""Stands where no person acted, as in the audit log."""


def record_history(
    *,
    concept: Concept,
    change: RevisionChange,
    by: User | None,
    reason: str = "",
    written_by: User | None = None,
    only: Iterable[PartKey] | None = None,
) -> list[Revision]:
    """Write a revision of every part that says something else than its newest one.

    To be called inside the action that changed the rows, after it changed them. Parts that
    are new get their first revision, parts that are gone a last one that says so. `only`
    narrows it to some parts, and then costs the same in a concept of any size; `written_by`
    is the author where `by` released another's draft.
    """
    wanted = None if only is None else sorted(set(only))
    newest = latest_revisions(concept, wanted)
    now = contents(concept) if wanted is None else contents_of(concept, wanted)
    author = written_by or by
    rows = []
    for key in sorted(now.keys() | newest.keys()):
        row = _next_revision(key, newest.get(key), now.get(key), change)
        if row is not None:
            row.concept_id, row.reason = concept.pk, reason
            row.author_id = author.pk if author else None
            row.author_name = str(author) if author else NOBODY
            row.released_by_name = str(by) if by and written_by and by != written_by else ""
            rows.append(row)
    return Revision.objects.bulk_create(rows, batch_size=BATCH)


def record_baseline(*, concept: Concept, only: Iterable[PartKey] | None = None) -> None:
    """Write down what parts say that were there before history was kept.

    To be called inside the action, before it changes the rows: else their first change would
    be the first thing known of them. Who wrote them is not known.
    """
    bare = parts_without_history(concept, only)
    if not bare:
        return
    now = contents(concept) if only is None else contents_of(concept, bare)
    Revision.objects.bulk_create(
        [
            Revision(
                concept_id=concept.pk,
                kind=kind,
                part_id=part_id,
                number=1,
                change=RevisionChange.IMPORTED,
                content=now[kind, part_id],
                author_name=NOBODY,
            )
            for kind, part_id in bare
        ],
        batch_size=BATCH,
    )


def _next_revision(
    key: PartKey, newest: Revision | None, content: Content | None, change: RevisionChange
) -> Revision | None:
    """The revision a part needs now; none if nothing has changed."""
    kind, part_id = key
    gone = newest is None or newest.change == RevisionChange.DELETED
    if content is None:
        if newest is None or gone:
            return None
        content, change = newest.content, RevisionChange.DELETED
    elif newest is not None and not gone and newest.content == content:
        return None
    elif newest is None and change == RevisionChange.EDITED:
        change = RevisionChange.CREATED
    number = newest.number + 1 if newest else 1
    return Revision(kind=kind, part_id=part_id, number=number, change=change, content=content)
