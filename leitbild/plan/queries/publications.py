"""What went to the council, and what became of it."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone

from leitbild.accounts.models import Municipality
from leitbild.plan.enums import Outcome
from leitbild.plan.models import Concept, Publication, PublicationRecord
from leitbild.plan.queries.freezing import FrozenConcept, Record


def open_proposal(concept: Concept) -> Publication | None:
    """The proposal that lies before the council: submitted, neither adopted nor withdrawn."""
    waiting = Publication.objects.filter(concept=concept, decision__isnull=True)
    return waiting.defer("pdf").first()


def publication_in_force(concept: Concept) -> Publication | None:
    """The newest publication that was adopted; what differs from it now is an amendment."""
    return adopted_publications(concept).first()


def publications_of(concept: Concept) -> QuerySet[Publication]:
    """Everything that was ever submitted, the newest first; their PDFs are left unread."""
    return (
        Publication.objects.filter(concept=concept)
        .select_related("decision", "submitted_by", "decision__decided_by")
        .defer("pdf")
        .order_by("-number")
    )


def adopted_publications(concept: Concept) -> QuerySet[Publication]:
    """What a council adopted, the newest first: all that readers may see."""
    return publications_of(concept).filter(decision__outcome=Outcome.ADOPTED)


def adopted_anywhere(concepts: Sequence[Concept]) -> QuerySet[Publication]:
    """Adopted publications of several editions, the newest edition's newest first."""
    return (
        Publication.objects.filter(concept__in=concepts, decision__outcome=Outcome.ADOPTED)
        .select_related("concept__municipality", "decision")
        .defer("pdf")
        .order_by("-concept__edition", "-concept_id", "-number")
    )


def publications_of_all(municipality: Municipality) -> QuerySet[Publication]:
    """Every publication of every edition, the newest edition's newest first."""
    return (
        Publication.objects.filter(concept__municipality=municipality)
        .select_related("concept__municipality", "decision")
        .defer("pdf")
        .order_by("-concept__edition", "-concept_id", "-number")
    )


def frozen_concept(publication: Publication) -> FrozenConcept:
    """What a publication froze, from its records. One query."""
    return frozen_concepts([publication])[0]


def frozen_concepts(publications: Sequence[Publication]) -> list[FrozenConcept]:
    """What several publications froze. One query for all of them."""
    records: dict[int, list[Record]] = {each.pk: [] for each in publications}
    for row in PublicationRecord.objects.filter(publication__in=records).order_by("position"):
        records[row.publication_id].append(record_of(row))
    return [
        FrozenConcept(
            concept=each.concept,
            number=each.number,
            language=each.language,
            day=timezone.localdate(each.submitted_at),
            records=tuple(records[each.pk]),
        )
        for each in publications
    ]


def record_of(row: PublicationRecord) -> Record:
    """What a stored record says; its stored digest is not part of it."""
    return Record(row.position, row.kind, row.key, row.part_id, row.content)
