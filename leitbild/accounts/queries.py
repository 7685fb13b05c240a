"""Reads about municipalities and their people that several surfaces share."""

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery

from leitbild.accounts.access import Access
from leitbild.accounts.enums import Role
from leitbild.accounts.models import (
    HostName,
    Invitation,
    Membership,
    Municipality,
    Organisation,
    User,
)
from leitbild.core.prepared import Given, Prepared

MANAGERS: Final = (Role.ADMINISTRATOR, Role.OFFICER)


_NAMED: Final = Subquery(
    HostName.objects.filter(name=Given("host", HostName._meta.get_field("name"))).values(
        "municipality"
    )
)
_FIRST_HOST: Final = HostName.objects.filter(municipality=OuterRef("pk")).order_by("pk")
_FIRST: Final = Subquery(Municipality.objects.order_by("pk").values("pk")[:1])
_LAST: Final = Subquery(Municipality.objects.order_by("-pk").values("pk")[:1])
_CANDIDATES: Final = Prepared(
    Municipality.objects.filter(pk__in=[_NAMED, _FIRST, _LAST]).annotate(
        named=_NAMED, first_host=Subquery(_FIRST_HOST.values("name")[:1])
    )
)


def municipality_for_host(host: str) -> Municipality | None:
    """The municipality that answers under a host name; the only one answers under any.

    One query. Where it answers under a name that isn't its own, it knows its own. Beside the one
    of that name it reads the first and the last, to know whether there are several: all are found
    by an index, however many there are.
    """
    candidates = _CANDIDATES.rows(host=host.lower())
    for each in candidates:
        if each.pk == each.named:
            return each
    if len(candidates) != 1:
        return None
    [only] = candidates
    only.home = only.first_host or ""
    return only


def is_host_name(name: str) -> bool:
    """Whether a municipality has this host name of its own; one query."""
    return HostName.objects.filter(name=name.lower()).exists()


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


def ending_invitations(municipality: Municipality, before: dt.datetime) -> QuerySet[Invitation]:
    """Invitations nobody has accepted that end before a moment, or have ended; the first first."""
    unanswered = Invitation.objects.filter(
        municipality=municipality, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    return unanswered.filter(expires_at__lt=before).order_by("expires_at", "pk")


def editors_without_organisation(municipality: Municipality) -> QuerySet[Membership]:
    """Editors who can write nothing, because the organisation they wrote for is gone."""
    return Membership.objects.filter(
        municipality=municipality, role=Role.EDITOR, organisation__isnull=True
    ).select_related("user")


def memberships(municipality: Municipality) -> QuerySet[Membership]:
    """Who works here and as what, by name."""
    return (
        Membership.objects.filter(municipality=municipality)
        .select_related("user", "organisation", "municipality")
        .order_by("user__name", "user__email", "pk")
    )


def is_administered(municipality: Municipality) -> bool:
    """Whether somebody is administrator here."""
    return Membership.objects.filter(
        municipality=municipality, role=Role.ADMINISTRATOR, user__is_active=True
    ).exists()


def managers_beside(membership: Membership) -> bool:
    """Whether somebody may still invite people here once this role is gone."""
    return (
        Membership.objects.filter(
            municipality=membership.municipality, role__in=MANAGERS, user__is_active=True
        )
        .exclude(pk=membership.pk)
        .exists()
    )


def token_digest(token: str) -> str:
    """What is kept of an invitation's secret."""
    return sha256(token.encode()).hexdigest()


def open_invitations(municipality: Municipality) -> QuerySet[Invitation]:
    """Invitations nobody has answered yet, the newest first."""
    return Invitation.objects.open(municipality).select_related("organisation", "invited_by")


def invitation_behind(token: str, municipality: Municipality) -> Invitation | None:
    """The invitation a link belongs to, open or not."""
    return (
        Invitation.objects.filter(municipality=municipality, token_digest=token_digest(token))
        .select_related("municipality", "organisation", "invited_by")
        .first()
    )
