"""People to try the demo as, one a role. They are made up, and nobody can write to them."""

import secrets
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Count

from leitbild.accounts.actions import appoint
from leitbild.accounts.enums import Role
from leitbild.accounts.models import Membership, Municipality, Organisation, User
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.models import Measure

# A name that is reserved for examples and belongs to nobody (RFC 2606).
DOMAIN: Final = "demo.example"
PEOPLE: Final = {
    Role.ADMINISTRATOR: "Alex Amberg",
    Role.OFFICER: "Ida Ingelfeld",
    Role.EDITOR: "Emin Erlbach",
    Role.TRANSLATOR: "Tala Tannhof",
    Role.OBSERVER: "Bo Birkental",
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """How one signs in as somebody."""

    role: Role
    email: str
    password: str


@transaction.atomic
def demo_sign_ins(municipality: Municipality) -> list[SignIn]:
    """One person a role, all with a password that holds until the demo starts again."""
    password = secrets.token_urlsafe(9)
    emails = {role: f"{role.value}@{DOMAIN}" for role in PEOPLE}
    for role, name in PEOPLE.items():
        if not Membership.objects.filter(user__email=emails[role], role=role).exists():
            appoint(
                municipality=municipality,
                email=emails[role],
                name=name,
                role=role,
                organisation=_busiest(municipality) if role == Role.EDITOR else None,
                by=None,
            )
    User.objects.filter(email__in=emails.values()).update(password=make_password(password))
    return [SignIn(role=role, email=email, password=password) for role, email in emails.items()]


def demo_officer() -> User:
    """Whoever asks for news in the demo; there once somebody can sign in."""
    return User.objects.get(email=f"{Role.OFFICER.value}@{DOMAIN}")


def _busiest(municipality: Municipality) -> Organisation:
    """The organisation that leads most measures of the concept in force."""
    leading = (
        Measure.objects.filter(
            concept__municipality=municipality,
            concept__status=ConceptStatus.ADOPTED,
            lead__isnull=False,
        )
        .values("lead")
        .annotate(number=Count("pk"))
        .order_by("-number", "lead")
    )
    return Organisation.objects.get(pk=leading[0]["lead"])
