"""Writing who works for a municipality, and as what."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.actions.addresses import email_obstacles, known_person, verify_address
from leitbild.accounts.enums import Role
from leitbild.accounts.models import (
    Invitation,
    Membership,
    Municipality,
    Organisation,
    User,
)
from leitbild.accounts.queries import (
    access_of,
    is_administered,
    managers_beside,
    memberships,
)
from leitbild.accounts.rules import may_grant
from leitbild.core.actions import record_event
from leitbild.core.refusal import Refused


def role_obstacles(
    *,
    municipality: Municipality,
    role: Role,
    organisation: Organisation | None,
    by: User | None,
) -> list[str]:
    """Why `by` can't give somebody this role; the command line may give any."""
    reasons = []
    if by is not None and not _may_grant(municipality, role, by):
        reasons.append(_("Only an administrator can make or unmake administrators."))
    if role == Role.EDITOR and organisation is None:
        reasons.append(
            _("An editor writes the measures of an organisation. Please choose which one.")
        )
    if role != Role.EDITOR and organisation is not None:
        reasons.append(
            _("Only editors write for an organisation. Please leave the organisation empty.")
        )
    if organisation is not None and organisation.municipality_id != municipality.pk:
        reasons.append(_("This organisation belongs to another municipality."))
    return reasons


def _may_grant(municipality: Municipality, role: Role, by: User) -> bool:
    access = access_of(by, municipality)
    return access is not None and may_grant(
        access, role, administered=is_administered(municipality)
    )


@transaction.atomic
def appoint(
    *,
    municipality: Municipality,
    email: str,
    name: str,
    role: Role,
    by: User | None,
    organisation: Organisation | None = None,
    action: str = "membership.create",
) -> Membership:
    """Give a person a role without asking them; someone known already keeps their name."""
    reasons = email_obstacles(email) if email else [_("A person needs an e-mail address.")]
    reasons += role_obstacles(
        municipality=municipality, role=role, organisation=organisation, by=by
    )
    if reasons:
        raise Refused(reasons)
    user = known_person(email) or new_person(email=email, name=name)
    membership, created = Membership.objects.get_or_create(
        user=user, municipality=municipality, role=role, defaults={"organisation": organisation}
    )
    if not created:
        raise Refused([has_role_already(membership)])
    wake(user)
    record_event(
        action=action,
        by=by,
        public=False,
        municipality_id=municipality.pk,
        record=municipality,
        changes=facts(membership),
    )
    return membership


def create_officer(
    *, municipality: Municipality, email: str, name: str, by: User | None
) -> Membership:
    """Make a person integration officer; someone known already keeps their name."""
    return appoint(
        municipality=municipality,
        email=email,
        name=name,
        role=Role.OFFICER,
        by=by,
        action="officer.create",
    )


@transaction.atomic
def change_membership(
    *, membership: Membership, role: Role, organisation: Organisation | None, by: User
) -> None:
    """Let a person do something else from now on."""
    membership = _locked(membership)
    municipality = membership.municipality
    before = facts(membership)
    reasons = role_obstacles(municipality=municipality, role=role, organisation=organisation, by=by)
    if not reasons and role != membership.role:
        reasons = _leaving_obstacles(membership, by, becomes=role)
        same = Membership.objects.filter(
            user=membership.user, municipality=municipality, role=role
        ).first()
        reasons += [has_role_already(same)] if same else []
    if reasons:
        raise Refused(reasons)
    membership.role = role
    membership.organisation = organisation
    if facts(membership) == before:
        return
    membership.save()
    _withdraw_invitations(membership.user, municipality, by=by)
    record_event(
        action="membership.change",
        by=by,
        public=False,
        municipality_id=municipality.pk,
        record=municipality,
        changes={"before": before, "after": facts(membership)},
    )


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """Let a person leave: what they did stays theirs, what they signed in with is forgotten."""
    membership = _locked(membership)
    municipality = membership.municipality
    if reasons := _leaving_obstacles(membership, by):
        raise Refused(reasons)
    ended = facts(membership)
    user = membership.user
    membership.delete()
    if not user.memberships.exists():
        user.is_active = False
        _forget_keys(user)
    _withdraw_invitations(user, municipality, by=by)
    record_event(
        action="membership.end",
        by=by,
        public=False,
        municipality_id=municipality.pk,
        record=municipality,
        changes=ended,
    )


@transaction.atomic
def let_back_in(
    *, municipality: Municipality, email: str, name: str, by: User | None
) -> Membership:
    """Make a person officer who can sign in by code, whatever they signed in with before."""
    user = known_person(email)
    held = Membership.objects.filter(
        user=user, municipality=municipality, role=Role.OFFICER
    ).first()
    if user is None or held is None:
        held = create_officer(municipality=municipality, email=email, name=name, by=by)
    else:
        record_event(
            action="officer.let_back_in",
            by=by,
            public=False,
            municipality_id=municipality.pk,
            record=municipality,
            changes=facts(held),
        )
    user = held.user
    wake(user)
    _forget_keys(user)
    return held


@transaction.atomic
def change_profile(
    *, user: User, name: str, language: str, municipality: Municipality, by: User
) -> None:
    """Say how a person is called and which language they work in."""
    before = {"name": user.name, "language": user.language}
    after = {"name": name.strip(), "language": language}
    changed = sorted(field for field in after if after[field] != before[field])
    if not changed:
        return
    user.name, user.language = after["name"], after["language"]
    user.save(update_fields=changed)
    record_event(
        action="profile.change",
        by=by,
        public=False,
        municipality_id=municipality.pk,
        record=municipality,
        changes={"user": user.pk, "fields": changed},
    )


def new_person(*, email: str, name: str, language: str = "") -> User:
    """Somebody who signs in by code until they choose something else; part of other actions."""
    user = User(email=email.strip().lower(), name=name.strip(), language=language)
    user.set_unusable_password()
    user.save()
    return user


def wake(user: User) -> None:
    """Let a person sign in, by an address that counts as proven; part of other actions."""
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    verify_address(user)


def facts(membership: Membership) -> dict[str, int | str | None]:
    """A membership as the log tells it: by numbers, so that no address stands there."""
    return {
        "membership": membership.pk,
        "user": membership.user_id,
        "role": str(membership.role),
        "organisation": membership.organisation_id,
    }


def log_invitation(invitation: Invitation, action: str, by: User) -> None:
    """What became of an invitation, by numbers; part of other actions."""
    record_event(
        action=action,
        by=by,
        public=False,
        municipality_id=invitation.municipality_id,
        record=invitation.municipality,
        changes={
            "invitation": invitation.pk,
            "role": str(invitation.role),
            "organisation": invitation.organisation_id,
        },
    )


def has_role_already(membership: Membership) -> str:
    """The sentence for a role that is given twice."""
    return _("{email} is {role} of {name} already.").format(
        email=membership.user.email,
        role=Role(membership.role).label,
        name=membership.municipality.name,
    )


def _withdraw_invitations(user: User, municipality: Municipality, *, by: User) -> None:
    """Nobody comes in by the word of somebody who may not give that role any more.

    Else whoever has to leave could have asked themselves back in before, under another address.
    """
    for invitation in Invitation.objects.open(municipality).filter(invited_by=user):
        if not _may_grant(municipality, Role(invitation.role), user):
            invitation.withdrawn_at = timezone.now()
            invitation.save(update_fields=["withdrawn_at"])
            log_invitation(invitation, "invitation.withdraw", by)


def _forget_keys(user: User) -> None:
    """Forget password, passkeys and authenticator app; all sessions end with the password."""
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save()


def _locked(membership: Membership) -> Membership:
    """The membership as it is now; nobody else comes or goes there until this is done."""
    Municipality.objects.select_for_update().get(pk=membership.municipality_id)
    held = memberships(membership.municipality).filter(pk=membership.pk).first()
    if held is None:
        raise Refused([_("Somebody else has ended this role already.")])
    return held


def _leaving_obstacles(membership: Membership, by: User, becomes: Role | None = None) -> list[str]:
    """Why a person must keep this role."""
    municipality = membership.municipality
    role = Role(membership.role)
    reasons = []
    if not _may_grant(municipality, role, by):
        reasons.append(_("Only an administrator can make or unmake administrators."))
    managing = {Role.ADMINISTRATOR, Role.OFFICER}
    if role in managing and becomes not in managing and not managers_beside(membership):
        reasons.append(
            _(
                "{name} is the last person here who may invite others. Please make somebody else "
                "administrator or integration officer first."
            ).format(name=membership.user)
        )
    return reasons
