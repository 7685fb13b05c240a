"""Reads about municipalities that several surfaces share."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Subquery

from leitbild.accounts.access import Access
from leitbild.accounts.enums import Role
from leitbild.accounts.models import HostName, Membership, Municipality, Organisation, User


def municipality_for_host(host: str) -> Municipality | None:
    """The municipality that answers under a host name; the only one answers under any.

    One query. Where it answers under a name that isn't its own, it knows its own.
    """
    own = HostName.objects.filter(municipality=OuterRef("pk"))
    candidates = list(
        Municipality.objects.annotate(
            named=Exists(own.filter(name=host.lower())),
            first_host=Subquery(own.order_by("pk").values("name")[:1]),
        ).order_by("-named", "pk")[:2]
    )
    if not candidates:
        return None
    found = candidates[0]
    if not found.named and len(candidates) > 1:
        return None
    found.home = "" if found.named else found.first_host or ""
    return found


def access_of(user: User, municipality: Municipality) -> Access | None:
    """What a person is in a municipality; None for outsiders. One query, for editors two."""
    if not user.is_active:
        return None
    found = list(
        Membership.objects.filter(user=user, municipality=municipality).values_list(
            "role", "organisation_id"
        )
    )
    if not found:
        return None
    own = {pk for role, pk in found if role == Role.EDITOR and pk is not None}
    return Access(
        user=user,
        municipality=municipality,
        roles=frozenset(Role(role) for role, _ in found),
        organisations=_with_all_below(own, municipality) if own else frozenset(),
    )


def _with_all_below(roots: Iterable[int], municipality: Municipality) -> frozenset[int]:
    """These organisations and all that stand below them, to any depth."""
    parents = Organisation.objects.filter(municipality=municipality).values_list("pk", "parent_id")
    children: dict[int, list[int]] = {}
    for pk, parent in parents:
        if parent is not None:
            children.setdefault(parent, []).append(pk)
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting.extend(children.get(pk, ()))
    return frozenset(found)
