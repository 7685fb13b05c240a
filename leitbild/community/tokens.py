"""The secrets in the links of followers: signed, personal, nowhere kept.

One kind confirms a single following, the other shows and ends all that an address follows. Each
carries a mark of the address it was mailed to: after a restored backup an id may belong to
somebody else.
"""

from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare, salted_hmac

from leitbild.accounts.models import Municipality
from leitbild.community.models import Follower, Following

CONFIRMING: Final = "leitbild.community.confirm"
FOLLOWING: Final = "leitbild.community.following"


def confirm_token(following: Following) -> str:
    """The secret by which a following is confirmed, safe in addresses."""
    return _signed(CONFIRMING, following.pk, following.follower.email)


def follower_token(follower: Follower) -> str:
    """The secret by which somebody sees and ends what they follow, safe in addresses."""
    return _signed(FOLLOWING, follower.pk, follower.email)


def following_to_confirm(token: str, municipality: Municipality) -> Following | None:
    """What this link confirms, or has confirmed already. One query at most."""
    pk, mark = _unsigned(CONFIRMING, token)
    found = (
        Following.objects.filter(pk=pk, follower__municipality=municipality)
        .select_related("follower", "measure", "theme")
        .first()
    )
    if found is None or not _is_theirs(mark, CONFIRMING, found.follower):
        return None
    found.follower.municipality = municipality
    return found


def follower_behind(token: str, municipality: Municipality) -> Follower | None:
    """Whose link this is. One query at most."""
    pk, mark = _unsigned(FOLLOWING, token)
    found = Follower.objects.filter(pk=pk, municipality=municipality).first()
    if found is None or not _is_theirs(mark, FOLLOWING, found):
        return None
    found.municipality = municipality
    return found


def _signed(salt: str, pk: int, email: str) -> str:
    return _signer(salt).sign(f"{pk}.{_mark(salt, email)}")


def _unsigned(salt: str, token: str) -> tuple[int, str]:
    """What was signed; a number nothing has where it wasn't by us."""
    try:
        pk, mark = _signer(salt).unsign(token).split(".")
    except (BadSignature, ValueError):
        return 0, ""
    return int(pk), mark


def _signer(salt: str) -> Signer:
    # A dot is neither quoted in addresses nor part of what it stands between.
    return Signer(salt=salt, sep=".")


def _mark(salt: str, email: str) -> str:
    return salted_hmac(f"{salt}.address", email).hexdigest()[:8]


def _is_theirs(mark: str, salt: str, follower: Follower) -> bool:
    return constant_time_compare(mark, _mark(salt, follower.email))
