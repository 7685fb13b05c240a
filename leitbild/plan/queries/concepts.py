"""All editions of a municipality, as the office lists them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max

from leitbild.plan.models import Concept, Measure, Publication, Revision


@dataclass(frozen=True, slots=True)
class Edition:
    """A concept with what one wants to know of it in a list."""

    concept: Concept
    measures: int
    changed_at: dt.datetime | None
    proposal: int | None
    """Number of the proposal that lies before the council."""


def editions(concepts: Sequence[Concept]) -> list[Edition]:
    """The concepts with their numbers. Three queries, however many concepts."""
    ids = [concept.pk for concept in concepts]
    measures = Measure.objects.filter(concept__in=ids).order_by().values("concept")
    counts = dict(measures.annotate(number=Count("pk")).values_list("concept", "number"))
    revisions = Revision.objects.filter(concept_id__in=ids).order_by().values("concept_id")
    changed = dict(revisions.annotate(last=Max("at")).values_list("concept_id", "last"))
    waiting = Publication.objects.filter(concept__in=ids, decision__isnull=True)
    proposals = dict(waiting.values_list("concept", "number"))
    return [
        Edition(
            concept=concept,
            measures=counts.get(concept.pk, 0),
            changed_at=changed.get(concept.pk),
            proposal=proposals.get(concept.pk),
        )
        for concept in concepts
    ]
