"""To the council and back: freeze a proposal, record what became of it."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import BATCH, record_event
from leitbild.core.refusal import Refused
from leitbild.plan.enums import ConceptStatus, Outcome, PartKind
from leitbild.plan.models import Concept, Decision, Publication, PublicationRecord, Resolution
from leitbild.plan.queries.contents import contents
from leitbild.plan.queries.freezing import (
    FrozenConcept,
    digest_of_file,
    frozen,
    publication_digest,
)
from leitbild.plan.queries.publications import frozen_concept, open_proposal
from leitbild.plan.queries.verification import (
    ADOPTED,
    SUBMITTED,
    WITNESSED,
    resolution_facts,
    verify,
    witness_name,
)

Typeset: TypeAlias = Callable[[FrozenConcept], bytes]
"""Sets a frozen concept as the file the council gets."""


@transaction.atomic
def submit_proposal(
    *, concept: Concept, by: User | None, typeset: Typeset, note: str = ""
) -> Publication:
    """Freeze the concept's text as a numbered proposal to the council.

    From then on the text can't change until the council has decided or the proposal is
    withdrawn. Raises Refused where there is nothing to submit or a proposal is open.
    """
    concept = _locked(concept)
    number = _next_number(concept)
    text = frozen(concept, number=number, day=timezone.localdate())
    if reasons := [*_obstacles(concept), *_unfinished(text)]:
        raise Refused(reasons)
    pdf = typeset(text)
    digests = [record.digest for record in text.records]
    publication = Publication.objects.create(
        concept=concept,
        number=number,
        language=text.language,
        pdf=pdf,
        pdf_digest=digest_of_file(pdf),
        digest=publication_digest(text, digests, pdf_digest=digest_of_file(pdf)),
        note=note.strip(),
        submitted_by=by,
    )
    _write_records(publication, text)
    _log(SUBMITTED, publication, by, _submission(publication, text))
    return publication


@transaction.atomic
def adopt(
    *,
    publication: Publication,
    by: User | None,
    body: str,
    date: dt.date,
    paper: str = "",
    vote: str = "",
    url: str = "",
    sample: bool = False,
) -> Decision:
    """Record that a body adopted a proposal; from then on readers see it as the adopted text.

    Raises Refused where the proposal was decided, altered, or the resolution can't be right.
    """
    concept = _locked(publication.concept)
    if reasons := [*_decided(publication), *_faults_of_resolution(body, date)] or list(
        _no_longer_so(publication, concept)
    ):
        raise Refused(reasons)
    decision = Decision.objects.create(
        publication=publication,
        outcome=Outcome.ADOPTED,
        body=body.strip(),
        date=date,
        paper=paper.strip(),
        vote=vote.strip(),
        url=url.strip(),
        sample=sample,
        decided_by=by,
    )
    _tell_readers(concept, decision)
    superseded = _supersede(concept)
    changes = {"status": ConceptStatus.ADOPTED, "superseded": superseded}
    _log(ADOPTED, publication, by, {**resolution_facts(decision), **changes})
    return decision


@transaction.atomic
def withdraw_proposal(*, publication: Publication, by: User | None, reason: str) -> Decision:
    """Take a proposal back, so that the text can change again; what was frozen stays on record."""
    _locked(publication.concept)
    reasons = _decided(publication)
    if not reason.strip():
        reasons.append(_("Say in a sentence why the proposal is withdrawn."))
    if reasons:
        raise Refused(reasons)
    decision = Decision.objects.create(
        publication=publication, outcome=Outcome.WITHDRAWN, reason=reason.strip(), decided_by=by
    )
    _log("concept.withdraw", publication, by, {"reason": decision.reason})
    return decision


def _locked(concept: Concept) -> Concept:
    """The concept as it stands; whoever changes it meanwhile waits for this to end."""
    Concept.objects.select_for_update().get(pk=concept.pk)
    return Concept.objects.select_related("municipality", "predecessor").get(pk=concept.pk)


def _next_number(concept: Concept) -> int:
    newest = Publication.objects.filter(concept=concept).aggregate(newest=Max("number"))
    return int(newest["newest"] or 0) + 1


def _obstacles(concept: Concept) -> Iterator[str]:
    if concept.status == ConceptStatus.SUPERSEDED:
        yield _("“{title}” was superseded and stays as it is.").format(title=concept.title)
    if proposal := open_proposal(concept):
        yield _(
            "Proposal {number} lies before the council. Record its decision or withdraw the "
            "proposal, then submit the next one."
        ).format(number=proposal.number)


def _unfinished(text: FrozenConcept) -> Iterator[str]:
    measures = text.of_kind(PartKind.MEASURE)
    if not measures:
        yield _("The concept has no measures yet, so there is nothing to decide.")
    goals = {record.key for record in text.of_kind(PartKind.GOAL)}
    for record in measures:
        if not goals.intersection(record.content["goals"]):
            yield _("Measure {code} serves no goal; choose one, then submit the concept.").format(
                code=record.key
            )


def _write_records(publication: Publication, text: FrozenConcept) -> None:
    PublicationRecord.objects.bulk_create(
        [
            PublicationRecord(
                publication=publication,
                position=record.position,
                kind=record.kind,
                key=record.key,
                part_id=record.part_id,
                content=record.content,
                digest=record.digest,
            )
            for record in text.records
        ],
        batch_size=BATCH,
    )


def _submission(publication: Publication, text: FrozenConcept) -> dict[str, Any]:
    """What the log notes, so that it can witness that nothing was altered."""
    return {
        "digest": publication.digest,
        "pdf_digest": publication.pdf_digest,
        "note": publication.note,
        "records": {
            witness_name(each.kind, each.key): each.digest[:WITNESSED] for each in text.records
        },
    }


def _decided(publication: Publication) -> list[str]:
    if not Decision.objects.filter(publication=publication).exists():
        return []
    return [
        _("Proposal {number} was decided already.").format(number=publication.number),
    ]


def _faults_of_resolution(body: str, date: dt.date) -> Iterator[str]:
    if not body.strip():
        yield _("Name the body that adopted the concept, for example the city council.")
    if date > timezone.localdate():
        yield _("The date of the resolution lies in the future.")


def _no_longer_so(publication: Publication, concept: Concept) -> Iterator[str]:
    """Why the frozen text isn't the one that would be published."""
    if concept.status == ConceptStatus.SUPERSEDED:
        yield _("“{title}” was superseded and stays as it is.").format(title=concept.title)
    for fault in verify(publication):
        yield f"{fault.record}: {fault.what}"
    now = contents(concept)
    then = {
        (record.kind, record.part_id): record.content
        for record in frozen_concept(publication).records
        if record.kind in PartKind.values
    }
    if now != then:
        yield _(
            "The text is no longer the one that was submitted. Withdraw the proposal and submit "
            "the text as it is now."
        )


def _tell_readers(concept: Concept, decision: Decision) -> None:
    """The resolution as readers see it; one that an import brought isn't doubled."""
    same = Resolution.objects.filter(concept=concept, body=decision.body, date=decision.date)
    if same.exists():
        return
    last = Resolution.objects.filter(concept=concept).aggregate(last=Max("position"))["last"]
    Resolution.objects.create(
        concept=concept,
        body=decision.body,
        date=decision.date,
        paper=decision.paper,
        result=decision.vote,
        url=decision.url,
        position=0 if last is None else last + 1,
    )


def _supersede(concept: Concept) -> str:
    """Put the concept in force in the place of the edition before; the latter's slug."""
    Concept.objects.filter(pk=concept.pk).update(status=ConceptStatus.ADOPTED)
    before = concept.predecessor
    if before is None or before.status != ConceptStatus.ADOPTED:
        return ""
    Concept.objects.filter(pk=before.pk).update(status=ConceptStatus.SUPERSEDED)
    return before.slug


def _log(
    action: str, publication: Publication, by: User | None, changes: Mapping[str, Any]
) -> None:
    record_event(
        action=action,
        by=by,
        municipality_id=publication.concept.municipality_id,
        record=publication.concept,
        changes={"number": publication.number, **changes},
    )
