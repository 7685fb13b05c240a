"""The secret in a link for answers: signed, personal, worth nothing once its time is over.

It names a recipient and the generation of their link, and is signed with the installation's key
under a salt of its own, so that no other signature serves here. Nothing of it is stored. It also
carries a mark of the address it was mailed to: after a restored backup an id may belong to
somebody else, and yesterday's link must not open their questions.

A signature has 256 bits. No number of guesses comes near one: they are not counted, nobody is
shut out for many of them, and none costs a query.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare, salted_hmac

from leitbild.accounts.models import Municipality
from leitbild.delivery.models import Recipient

SALT: Final = "leitbild.delivery.reply"


class Death(Enum):
    """Why a link opens nothing. Forged ones and those of another city look alike: unknown."""

    UNKNOWN = "unknown"
    CLOSED = "closed"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link that opens nothing, why, and the language of whoever it was mailed to."""

    why: Death
    language: str = ""


def reply_token(recipient: Recipient) -> str:
    """The secret of this person's link, safe in addresses."""
    mark = _mark(recipient.email)
    return _signer().sign(f"{recipient.pk}.{recipient.generation}.{mark}")


def recipient_behind(token: str, municipality: Municipality) -> Recipient | DeadLink:
    """Whose link this is, or why it opens nothing. One query, and none for what we didn't sign."""
    try:
        pk, generation, mark = _signer().unsign(token).split(".")
    except (BadSignature, ValueError):
        return DeadLink(Death.UNKNOWN)
    recipient = (
        Recipient.objects.filter(pk=int(pk), round__concept__municipality=municipality)
        .filter(round__sent_at__isnull=False)
        .select_related("round__concept")
        .first()
    )
    if recipient is None or not constant_time_compare(mark, _mark(recipient.email)):
        return DeadLink(Death.UNKNOWN)
    recipient.round.concept.municipality = municipality
    if recipient.round.closed_at is not None:
        return DeadLink(Death.CLOSED, recipient.language)
    if recipient.generation != int(generation):
        return DeadLink(Death.SUPERSEDED, recipient.language)
    if recipient.has_expired():
        return DeadLink(Death.EXPIRED, recipient.language)
    return recipient


def _signer() -> Signer:
    # A dot is neither quoted in addresses nor part of what it stands between.
    return Signer(salt=SALT, sep=".")


def _mark(address: str) -> str:
    return salted_hmac(f"{SALT}.address", address.casefold()).hexdigest()[:8]
