"""What is left behind when a concept goes to the council."""

from leitbild.plan.models import Concept, Draft


def drafts_left_out(concept: Concept) -> int:
    """How many drafts exist that nobody has taken over; they don't go to the council."""
    return Draft.objects.filter(concept=concept).count()
