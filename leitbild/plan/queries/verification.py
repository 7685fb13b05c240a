"""Whether a publication is still what was submitted: every digest is computed again.

Two witnesses are asked. The stored digests tell when content was altered; the audit log, which
keeps the digests of the day of submission, tells when content and digest were altered together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from leitbild.core.models import AuditEvent
from leitbild.plan.models import Concept, Publication, PublicationRecord
from leitbild.plan.queries.freezing import digest_of_file, publication_digest
from leitbild.plan.queries.publications import frozen_concept, record_of
from leitbild.plan.queries.wording import kind_name

SUBMITTED: Final = "concept.submit"
ADOPTED: Final = "concept.adopt"
WITNESSED: Final = 16
"""How many signs of a record's digest the audit log keeps."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is no longer as it was submitted: which record, and what is wrong."""

    record: str
    what: str


def witness_name(kind: str, key: str) -> str:
    """How the audit log names a record."""
    return f"{kind} {key}"


def verify(publication: Publication) -> list[Fault]:
    """Everything that isn't as it was submitted; empty for a sound publication."""
    rows = list(PublicationRecord.objects.filter(publication=publication).order_by("position"))
    witness = _event(publication, SUBMITTED)
    faults = [
        *_altered(rows),
        *_gaps(rows),
        *(_against_witness(publication, rows, witness) if witness else []),
        *_pdf(publication),
        *_decision(publication),
    ]
    if not faults and _sealed(publication, rows) != publication.digest:
        faults = [_broken_seal(publication, rows)]
    return list(dict.fromkeys(faults))


def _name(row: PublicationRecord) -> str:
    return f"{kind_name(row.kind)} {row.key}"


def _sealed(publication: Publication, rows: Sequence[PublicationRecord]) -> str:
    frozen = frozen_concept(publication)
    return publication_digest(
        frozen, [row.digest for row in rows], pdf_digest=publication.pdf_digest
    )


def _altered(rows: Sequence[PublicationRecord]) -> Iterator[Fault]:
    for row in rows:
        if record_of(row).digest != row.digest:
            yield Fault(_name(row), _("Its content doesn’t match its digest: it was altered."))


def _gaps(rows: Sequence[PublicationRecord]) -> Iterator[Fault]:
    there = {row.position: row for row in rows}
    for position in range(1, max(there, default=0) + 1):
        if position not in there:
            before = there.get(position - 1)
            yield Fault(
                _("Record {position}").format(position=position),
                _("It is missing; the record before it is {name}.").format(name=_name(before))
                if before
                else _("It is missing."),
            )


def _against_witness(
    publication: Publication, rows: Sequence[PublicationRecord], witness: dict[str, Any]
) -> Iterator[Fault]:
    seen: dict[str, str] = witness.get("records", {})
    there = {witness_name(row.kind, row.key): row for row in rows}
    for name, row in there.items():
        if name not in seen:
            yield Fault(_name(row), _("It was not there when the proposal was submitted."))
        elif row.digest[:WITNESSED] != seen[name]:
            yield Fault(
                _name(row), _("Its digest isn’t the one the log noted when it was submitted.")
            )
    for name in seen:
        if name not in there:
            kind, _blank, key = name.partition(" ")
            yield Fault(
                f"{kind_name(kind)} {key}",
                _("It is missing; it was there when the proposal was submitted."),
            )
    if witness.get("digest") != publication.digest:
        yield Fault(
            _("Publication {number}").format(number=publication.number),
            _("Its digest isn’t the one the log noted when it was submitted."),
        )


def _pdf(publication: Publication) -> Iterator[Fault]:
    pdf = Publication.objects.values_list("pdf", flat=True).get(pk=publication.pk)
    if digest_of_file(bytes(pdf)) != publication.pdf_digest:
        yield Fault("PDF", _("The file doesn’t match its digest: it was altered."))


def _decision(publication: Publication) -> Iterator[Fault]:
    """Whether the resolution reads as the log has it."""
    noted = _event(publication, ADOPTED)
    decision = getattr(publication, "decision", None)
    if not noted or decision is None:
        return
    stored = resolution_facts(decision)
    if any(noted.get(name) != value for name, value in stored.items()):
        yield Fault(_("Resolution"), _("It isn’t the one the log noted when it was recorded."))


def resolution_facts(decision: Any) -> dict[str, str]:
    """What a decision says, as the audit log keeps it."""
    return {
        "body": decision.body,
        "date": decision.date.isoformat() if decision.date else "",
        "paper": decision.paper,
        "vote": decision.vote,
        "url": decision.url,
    }


def _broken_seal(publication: Publication, rows: Sequence[PublicationRecord]) -> Fault:
    """Every record is sound by itself, but they aren't the ones that were sealed."""
    for row in rows:
        if _sealed(publication, [each for each in rows if each is not row]) == publication.digest:
            return Fault(_name(row), _("It was not there when the proposal was submitted."))
    return Fault(
        _("Publication {number}").format(number=publication.number),
        _("Its digest doesn’t match its records: one is missing, or it was altered itself."),
    )


def _event(publication: Publication, action: str) -> dict[str, Any] | None:
    found = AuditEvent.objects.filter(
        action=action,
        record=Concept.record_name(),
        record_id=publication.concept_id,
        changes__number=publication.number,
    )
    changes: dict[str, Any] | None = found.values_list("changes", flat=True).first()
    return changes
