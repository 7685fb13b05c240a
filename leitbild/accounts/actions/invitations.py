"""Asking people by mail to work in a municipality."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leitbild.accounts.actions.addresses import email_obstacles, known_person
from leitbild.accounts.actions.people import (
    facts,
    has_role_already,
    log_invitation,
    new_person,
    role_obstacles,
    wake,
)
from leitbild.accounts.enums import Role
from leitbild.accounts.models import Invitation, Membership, Municipality, Organisation, User
from leitbild.accounts.queries import token_digest
from leitbild.core.actions import record_event
from leitbild.core.mail import letter, send
from leitbild.core.refusal import Refused

VALID_FOR: Final = dt.timedelta(days=14)
SECRET_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class Accepted:
    """Who accepted, and whether this is how they came to be known."""

    user: User
    is_new: bool


# long: half of it is its arguments and what they mean
@transaction.atomic
def invite(
    *,
    municipality: Municipality,
    email: str,
    name: str,
    role: Role,
    organisation: Organisation | None,
    by: User,
    link_to: Callable[[str], str],
) -> Invitation:
    """Ask a person by mail; an older invitation to the same address no longer counts.

    `link_to` makes an address from the secret, which stands in the mail and nowhere else.
    Raises NotSent after the invitation is stored, if the mail can't leave.
    """
    email = email.strip().lower()
    reasons = email_obstacles(email) if email else [_("A person needs an e-mail address.")]
    reasons += role_obstacles(
        municipality=municipality, role=role, organisation=organisation, by=by
    )
    reasons += _membership_obstacles(municipality, email, role)
    if reasons:
        raise Refused(reasons)
    now = timezone.now()
    Invitation.objects.open(municipality).filter(email=email).update(withdrawn_at=now)
    token = secrets.token_urlsafe(SECRET_LENGTH)
    invitation = Invitation.objects.create(
        municipality=municipality,
        email=email,
        name=name.strip(),
        role=role,
        organisation=organisation,
        token_digest=token_digest(token),
        invited_by=by,
        expires_at=now + VALID_FOR,
    )
    log_invitation(invitation, "invitation.create", by)
    known = known_person(email)
    with translation.override((known and known.language) or translation.get_language()):
        mail = _mail(invitation, link_to(token))
    transaction.on_commit(lambda: send(mail))
    return invitation


def _membership_obstacles(municipality: Municipality, email: str, role: Role) -> list[str]:
    held = Membership.objects.filter(
        user__email=email, municipality=municipality, role=role
    ).first()
    return [has_role_already(held)] if held else []


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Make the link in the mail worthless."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open:
        raise Refused([_("This invitation isn’t open any more.")])
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    log_invitation(invitation, "invitation.withdraw", by)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, language: str) -> Accepted:
    """Take the role that was offered. Who holds the link has read the mail: the address is theirs.

    It is no sign-in: whoever had an account before signs in as they always do.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open:
        raise Refused([_("This invitation isn’t open any more.")])
    known = known_person(invitation.email)
    user = known or new_person(email=invitation.email, name=invitation.name, language=language)
    membership, _created = Membership.objects.update_or_create(
        user=user,
        municipality=invitation.municipality,
        role=invitation.role,
        defaults={"organisation": invitation.organisation},
    )
    wake(user)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record_event(
        action="invitation.accept",
        by=user,
        public=False,
        municipality_id=invitation.municipality_id,
        record=invitation.municipality,
        changes={"invitation": invitation.pk, **facts(membership)},
    )
    return Accepted(user=user, is_new=known is None)


def _mail(invitation: Invitation, link: str) -> EmailMultiAlternatives:
    town = invitation.municipality.name
    role = Role(invitation.role).label
    greeting = (
        _("Good day {name},").format(name=invitation.name) if invitation.name else _("Good day,")
    )
    lines = [
        greeting,
        _("{person} invites you to work on the integration concept of {town}, as {role}.").format(
            person=invitation.invited_by, town=town, role=role
        ),
        _("With this link you accept. It works once, until {day}:").format(
            day=date_format(timezone.localtime(invitation.expires_at), _("j F Y"))
        ),
        link,
        _("If you don’t know what this is about, you need do nothing."),
    ]
    return letter(
        subject=_("Invitation to the integration concept of {town}").format(town=town),
        text="\n\n".join(str(line) for line in lines),
        to=invitation.email,
        sender=town,
    )
