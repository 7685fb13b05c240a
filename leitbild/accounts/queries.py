"""Reads about municipalities that several surfaces share."""

from django.db.models import Exists, OuterRef, Subquery

from leitbild.accounts.models import HostName, Municipality


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
