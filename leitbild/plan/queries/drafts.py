"""Who is writing what."""

from django.db.models import Q, QuerySet

from leitbild.accounts.models import Municipality, User
from leitbild.plan.models import Concept, Draft


def draft_of(user: User, kind: str, part_id: int | None) -> Draft | None:
    """A person's draft of a part; None while they have none.

    Parts that don't exist yet have no id to be found by: any number of drafts may begin one.
    """
    if part_id is None:
        return None
    found = Draft.objects.filter(author=user, kind=kind, part_id=part_id)
    return found.select_related("concept__municipality", "author").first()


def drafts_of(user: User, municipality: Municipality) -> QuerySet[Draft]:
    """A person's drafts, those saved last first; handed in ones too."""
    drafts = Draft.objects.filter(author=user, concept__municipality=municipality)
    return drafts.select_related("concept", "author").order_by("-saved_at", "-id")


def handed_in(municipality: Municipality) -> QuerySet[Draft]:
    """Drafts that wait for the officer, the longest waiting first."""
    drafts = Draft.objects.filter(concept__municipality=municipality, handed_in_at__isnull=False)
    return drafts.select_related("concept", "author").order_by("handed_in_at", "id")


def drafts_before(user: User, municipality: Municipality) -> QuerySet[Draft]:
    """A person's drafts and all that were handed in, those saved last first."""
    wanted = Q(author=user) | Q(handed_in_at__isnull=False)
    drafts = Draft.objects.filter(wanted, concept__municipality=municipality)
    return drafts.select_related("concept", "author").order_by("-saved_at", "-id")


def others_at_work(user: User, concept: Concept, kind: str, part_id: int | None) -> list[Draft]:
    """Drafts that others have of this part, those saved last first."""
    if part_id is None:
        return []
    drafts = Draft.objects.filter(concept=concept, kind=kind, part_id=part_id)
    return list(drafts.exclude(author=user).select_related("author").order_by("-saved_at", "-id"))
