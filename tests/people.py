"""People who work for a municipality, in tests."""

from typing import Final

from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Membership, Municipality, Organisation, User

OUTSIDER: Final = "outsider"
SIGNED_OUT: Final = "signed out"


def person(email: str, *, name: str = "", language: str = "en") -> User:
    """Someone who can sign in but works nowhere."""
    user, _ = User.objects.get_or_create(email=email, defaults={"name": name, "language": language})
    return user


def member(
    municipality: Municipality,
    role: Role,
    *,
    organisation: Organisation | None = None,
    email: str = "",
    language: str = "en",
) -> User:
    """Someone with a role; an editor writes for an organisation."""
    user = person(email or f"{role}@example.org", name=str(role.label), language=language)
    Membership.objects.create(
        user=user, municipality=municipality, role=role, organisation=organisation
    )
    return user


def signed_in(user: User) -> Client:
    """A browser's stand-in in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client
