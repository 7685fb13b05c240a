"""What went to the council, and what became of it."""

from leitbild.plan.enums import Outcome
from leitbild.plan.models import Concept, Publication


def open_proposal(concept: Concept) -> Publication | None:
    """The proposal that lies before the council: submitted, neither adopted nor withdrawn."""
    waiting = Publication.objects.filter(concept=concept, decision__isnull=True)
    return waiting.defer("pdf").first()


def publication_in_force(concept: Concept) -> Publication | None:
    """The newest publication that was adopted; what differs from it now is an amendment."""
    adopted = Publication.objects.filter(concept=concept, decision__outcome=Outcome.ADOPTED)
    return adopted.select_related("decision").defer("pdf").order_by("-number").first()
