"""What lies before the council, and what it decided."""

from django.db.models import Q, QuerySet

from leitbild.accounts.models import Municipality
from leitbild.plan.enums import Outcome
from leitbild.plan.models import Publication


def standing_publications(municipality: Municipality) -> QuerySet[Publication]:
    """What lies before the council and what it adopted, the newest edition's newest first."""
    standing = Q(decision__isnull=True) | Q(decision__outcome=Outcome.ADOPTED)
    return (
        Publication.objects.filter(standing, concept__municipality=municipality)
        .select_related("concept", "decision")
        .defer("pdf")
        .order_by("-concept__edition", "-concept_id", "-number")
    )
