"""Taking over a file that somebody uploaded: within their municipality, and as it was shown."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import Municipality, User
from leitbild.core.refusal import Refused
from leitbild.plan.actions.importing.concept import import_concept, preview_import
from leitbild.plan.actions.importing.report import ImportReport
from leitbild.plan.document import ConceptDocument
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.models import Concept


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as it was read, and what its owner wants of it.

    `partial` says that it is of a kind that can't say everything; `as_draft` that an edition
    that is new here shall not be public, whatever the file says.
    """

    document: ConceptDocument
    unplaced: Sequence[Any] = ()
    partial: bool = False
    prune: bool = False
    as_draft: bool = True


class ReportChanged(Refused):
    """What the import would do is no longer what was shown; nothing was written."""


def preview_upload(*, upload: Uploaded, municipality: Municipality) -> ImportReport:
    """What `import_upload` would do; raises Refused as it would. Writes nothing."""
    document, notes = _for_the_office(upload, municipality)
    report = preview_import(
        document=document,
        municipality=municipality,
        prune=upload.prune,
        partial=upload.partial,
        unplaced=upload.unplaced,
    )
    report.notes.extend(notes)
    return report


@transaction.atomic
def import_upload(
    *, upload: Uploaded, municipality: Municipality, by: User, shown: str, reason: str = ""
) -> ImportReport:
    """Write the file into this municipality, if that still does what the dry run showed.

    `shown` is the digest of the report that was shown. Raises ReportChanged, and writes
    nothing, where the database has moved on since so that something else would happen.
    """
    document, notes = _for_the_office(upload, municipality)
    report = import_concept(
        document=document,
        municipality=municipality,
        by=by,
        prune=upload.prune,
        partial=upload.partial,
        unplaced=upload.unplaced,
        reason=reason,
    )
    if report_digest(report) != shown:
        raise ReportChanged(
            [
                _(
                    "The concept has changed since the dry run, so nothing was written. "
                    "This is what the import would do now."
                )
            ]
        )
    report.notes.extend(notes)
    return report


def report_digest(report: ImportReport) -> str:
    """A sign of everything a report says would be written."""
    said = {
        name: value for name, value in asdict(report).items() if name not in {"notes", "unplaced"}
    }
    return sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()


def _for_the_office(
    upload: Uploaded, municipality: Municipality
) -> tuple[ConceptDocument, list[str]]:
    """The document without what isn't settled by uploading a file, and notes that say so.

    Host names belong to whoever runs the installation. What is public is decided by adopting:
    an edition that is here keeps its status.
    """
    document, notes = upload.document, list[str]()
    status = document.concept.status
    wanted = _status(upload, municipality)
    if status != wanted:
        if "status" in document.concept.model_fields_set:
            notes.append(_status_note(document, status, wanted))
        concept = document.concept.model_copy(update={"status": wanted})
        document = document.model_copy(update={"concept": concept})
    town = document.municipality
    if town and town.slug == municipality.slug and "hosts" in town.model_fields_set:
        own = [host.name for host in municipality.hosts.all()]
        if town.hosts != own:
            notes.append(
                _("The file’s host names were left out; whoever runs the installation sets them.")
            )
        town = town.model_copy(update={"hosts": own})
        document = document.model_copy(update={"municipality": town})
    return document, notes


def _status(upload: Uploaded, municipality: Municipality) -> ConceptStatus:
    slug = upload.document.concept.slug
    here = Concept.objects.filter(municipality=municipality, slug=slug).first()
    if here:
        return ConceptStatus(here.status)
    return ConceptStatus.DRAFT if upload.as_draft else upload.document.concept.status


def _status_note(document: ConceptDocument, status: ConceptStatus, wanted: ConceptStatus) -> str:
    return _("The file says “{given}”; here “{slug}” is and stays “{status}”.").format(
        given=status.label, slug=document.concept.slug, status=wanted.label
    )
