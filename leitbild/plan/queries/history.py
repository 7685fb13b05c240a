"""What parts of a concept said when."""

from django.db.models import Max, OuterRef, QuerySet, Subquery

from leitbild.plan.models import Concept, Revision
from leitbild.plan.queries.contents import PartKey


def revisions_of(kind: str, part_id: int) -> QuerySet[Revision]:
    """Every revision of a part, the newest first."""
    return Revision.objects.filter(kind=kind, part_id=part_id).order_by("-number")


def latest_number(kind: str, part_id: int) -> int:
    """The number of a part's newest revision; 0 while it has none. This is its version."""
    newest = revisions_of(kind, part_id).aggregate(newest=Max("number"))["newest"]
    return int(newest or 0)


def latest_revisions(concept: Concept) -> dict[PartKey, Revision]:
    """The newest revision of every part the concept has or had. One query."""
    newest = (
        Revision.objects.filter(kind=OuterRef("kind"), part_id=OuterRef("part_id"))
        .order_by("-number")
        .values("pk")[:1]
    )
    rows = Revision.objects.filter(concept_id=concept.pk, pk=Subquery(newest))
    return {(row.kind, row.part_id): row for row in rows}
