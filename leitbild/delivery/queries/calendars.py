"""Whose milestones a calendar shows, and the secret in its address.

Calendar programs can't sign in, so the address itself is the key: signed, of one person or one
organisation, and worth nothing once the person works here no more.
"""

from dataclasses import dataclass
from typing import Final

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, Organisation, User
from leitbild.accounts.queries import access_of
from leitbild.delivery.models import Milestone
from leitbild.plan.enums import ConceptStatus

SALT: Final = "leitbild.delivery.calendar"
PERSON: Final = "p"
ORGANISATION: Final = "o"


@dataclass(frozen=True, slots=True)
class MilestoneFeed:
    """What a calendar is called, and its milestones."""

    name: str
    language: str
    milestones: QuerySet[Milestone]


def calendar_token(whose: User | Organisation) -> str:
    """The secret of a person's or an organisation's calendar, safe in addresses."""
    kind = PERSON if isinstance(whose, User) else ORGANISATION
    return Signer(salt=SALT, sep=".").sign(f"{kind}{whose.pk}")


def calendar_behind(token: str, municipality: Municipality) -> MilestoneFeed | None:
    """The calendar an address belongs to; None for whatever we didn't sign, or who left."""
    try:
        text = Signer(salt=SALT, sep=".").unsign(token)
        kind, pk = text[:1], int(text[1:])
    except (BadSignature, ValueError):
        return None
    return _of_person(pk, municipality) if kind == PERSON else _of(pk, municipality)


def _of_person(pk: int, municipality: Municipality) -> MilestoneFeed | None:
    user = User.objects.filter(pk=pk).first()
    access = access_of(user, municipality) if user else None
    if access is None:
        return None
    found = _milestones(municipality)
    if Role.OFFICER not in access.roles and access.organisations:
        found = found.filter(measure__lead__in=access.organisations)
    return MilestoneFeed(municipality.name, access.user.language, found)


def _of(pk: int, municipality: Municipality) -> MilestoneFeed | None:
    organisation = Organisation.objects.filter(pk=pk, municipality=municipality).first()
    if organisation is None:
        return None
    found = _milestones(municipality).filter(measure__lead=organisation)
    return MilestoneFeed(organisation.name, municipality.source_language, found)


def _milestones(municipality: Municipality) -> QuerySet[Milestone]:
    """Those of adopted editions; a draft’s nobody has to keep yet."""
    return (
        Milestone.objects.filter(
            measure__concept__municipality=municipality,
            measure__concept__status=ConceptStatus.ADOPTED,
        )
        .select_related("measure__concept")
        .order_by("due", "pk")
    )
