"""What an import may do to a text that lies before the council, or that it has adopted."""

from typing import Final

from django.utils.translation import gettext as _

from leitbild.plan.actions.importing.report import ImportReport
from leitbild.plan.models import Concept
from leitbild.plan.queries.publications import open_proposal, publication_in_force

_TEXT: Final = {"concept", "theme", "goal", "measure"}
# Not part of the text, though a concept's row holds them.
_BESIDE: Final = {"predecessor", "slug"}


def proposal_obstacles(concept: Concept | None, report: ImportReport, *, source: str) -> list[str]:
    """Why the text can't change now: it lies before the council."""
    if concept is None or not _changes_text(concept, report, source):
        return []
    proposal = open_proposal(concept)
    if proposal is None:
        return []
    return [
        _(
            "Proposal {number} lies before the council, so the text of “{slug}” stays as it is. "
            "Import the file when the council has decided, or withdraw the proposal first."
        ).format(number=proposal.number, slug=concept.slug)
    ]


def is_amendment(concept: Concept | None, report: ImportReport, *, source: str) -> bool:
    """Whether the import changes an adopted text, so that readers are owed a reason."""
    if concept is None or not _changes_text(concept, report, source):
        return False
    return publication_in_force(concept) is not None


def reason_missing(slug: str) -> str:
    """What to say where an amendment comes without a reason."""
    return _(
        "“{slug}” was adopted. Say in a sentence why it changes (--reason); readers see the "
        "reason beside the change."
    ).format(slug=slug)


def _changes_text(concept: Concept, report: ImportReport, source: str) -> bool:
    """Whether anything of the concept's source text changes; translations may at any time."""
    rows = [*report.created, *report.removed]
    return any(row.kind in _TEXT for row in rows) or any(
        change.kind in _TEXT
        and change.language in (None, source)
        and change.field not in _BESIDE
        # The edition this one supersedes is another concept.
        and (change.kind != "concept" or change.key == concept.slug)
        for change in report.changes
    )
