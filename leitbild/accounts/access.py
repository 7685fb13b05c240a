"""What a person is in a municipality: the facts every permission is decided by."""

from dataclasses import dataclass

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User


@dataclass(frozen=True, slots=True)
class Access:
    """A person who works for a municipality, with their roles there.

    `organisations` are the ids of the organisations an editor writes for: their own and
    all below it.
    """

    user: User
    municipality: Municipality
    roles: frozenset[Role]
    organisations: frozenset[int] = frozenset()
