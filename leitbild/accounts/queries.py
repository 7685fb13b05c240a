"""Reads about municipalities that several surfaces share."""

from django.db.models import Exists, OuterRef

from leitbild.accounts.models import HostName, Municipality


def municipality_for_host(host: str) -> Municipality | None:
    """The municipality that answers under a host name; the only one answers under any.

    One query.
    """
    named = HostName.objects.filter(municipality=OuterRef("pk"), name=host.lower())
    candidates = list(
        Municipality.objects.annotate(named=Exists(named)).order_by("-named", "pk")[:2]
    )
    if not candidates:
        return None
    first = candidates[0]
    return first if first.named or len(candidates) == 1 else None
