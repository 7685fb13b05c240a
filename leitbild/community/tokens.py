"""The secrets in the links of followers: signed, personal, nowhere kept.

One kind confirms a single following, the other shows and ends all that an address follows. Each
carries a mark of the address it was mailed to: after a restored backup an id may belong to
somebody else.
"""

from dataclasses import dataclass
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
    """What this link confirms, or has confirmed. One query; none for what we didn't sign."""
    signed = _unsigned(CONFIRMING, token)
    if signed is None:
        return None
    found = (
        Following.objects.filter(pk=signed.pk, follower__municipality=municipality)
        .select_related("follower", "measure", "theme")
        .first()
    )
    if found is None or not signed.is_of(found.follower):
        return None
    found.follower.municipality = municipality
    return found


def follower_behind(token: str, municipality: Municipality) -> Follower | None:
    """Whose link this is. One query, and none for what we didn't sign."""
    signed = _unsigned(FOLLOWING, token)
    if signed is None:
        return None
    found = Follower.objects.filter(pk=signed.pk, municipality=municipality).first()
    if found is None or not signed.is_of(found):
        return None
    found.municipality = municipality
    return found


@dataclass(frozen=True, slots=True)
class _Signed:
    """What a token says: whose it is, and the mark of their address."""

    salt: str
    pk: int
    mark: str

    def is_of(self, follower: Follower) -> bool:
        """Whether it was mailed to this address."""
        return constant_time_compare(self.mark, _mark(self.salt, follower.email))


def _signed(salt: str, pk: int, email: str) -> str:
    return _signer(salt).sign(f"{pk}.{_mark(salt, email)}")


def _unsigned(salt: str, token: str) -> _Signed | None:
    """What we signed, and for this purpose."""
    try:
        pk, mark = _signer(salt).unsign(token).split(".")
    except (BadSignature, ValueError):
        return None
    return _Signed(salt, int(pk), mark)


def _signer(salt: str) -> Signer:
    # A dot is neither quoted in addresses nor part of what it stands between.
    return Signer(salt=salt, sep=".")


def _mark(salt: str, email: str) -> str:
    return salted_hmac(f"{salt}.address", email).hexdigest()[:8]
