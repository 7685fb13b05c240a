"""The frame of every change to a concept's text: lock, guards, history, audit event."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import record_event
from leitbild.core.models import Translatable
from leitbild.core.refusal import Refused
from leitbild.plan.actions.history import record_baseline, record_history
from leitbild.plan.actions.review import record_counts
from leitbild.plan.enums import ConceptStatus, RevisionChange
from leitbild.plan.models import Concept, Revision
from leitbild.plan.queries.contents import PartKey
from leitbild.plan.queries.publications import open_proposal, publication_in_force


@dataclass(slots=True)
class Change:
    """What a change is about; whoever makes it fills in what shall stand in the log.

    `parts` are those that may change, None for any of them; one that is created joins them.
    """

    parts: set[PartKey] | None = None
    record: Translatable | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    revisions: list[Revision] = field(default_factory=list)


@contextmanager
def changing(
    *,
    concept: Concept,
    by: User | None,
    action: str,
    change: RevisionChange,
    reason: str = "",
    written_by: User | None = None,
    only: Iterable[PartKey] | None = None,
) -> Iterator[Change]:
    """Change a concept's rows inside: one transaction, one audit event, history of what changed.

    Raises Refused, before anything is written, where the concept can't change now or the
    reason is missing that readers of an adopted concept are owed.
    """
    with transaction.atomic():
        # Whoever changes the same concept meanwhile waits for this to end.
        concept = Concept.objects.select_for_update().get(pk=concept.pk)
        if reasons := obstacles_to_change(concept, reason=reason):
            raise Refused(reasons)
        frame = Change(parts=None if only is None else set(only))
        record_baseline(concept=concept, only=frame.parts)
        yield frame
        frame.revisions = record_history(
            concept=concept,
            change=change,
            by=by,
            reason=reason,
            written_by=written_by,
            only=frame.parts,
        )
        record_counts(concept=concept)
        record_event(
            action=action,
            by=by,
            municipality_id=concept.municipality_id,
            record=frame.record or concept,
            changes={**frame.changes, **({"reason": reason} if reason else {})},
        )


def obstacles_to_change(concept: Concept, *, reason: str) -> list[str]:
    """Why a concept's text can't change now: superseded, before the council, or no reason."""
    if concept.status == ConceptStatus.SUPERSEDED:
        return [_("“{title}” was superseded and stays as it is.").format(title=concept.title)]
    if proposal := open_proposal(concept):
        return [
            _(
                "Proposal {number} lies before the council, so the text stays as it is. Drafts "
                "are kept; they can be published when the council has decided or the proposal "
                "has been withdrawn."
            ).format(number=proposal.number)
        ]
    if not reason.strip() and publication_in_force(concept):
        return [
            _(
                "This concept was adopted. Say in a sentence why it changes; readers see the "
                "reason beside the change."
            )
        ]
    return []
