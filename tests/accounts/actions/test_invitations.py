"""An invitation's link works once, for a while, and lets nobody past what protects an account."""

import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import TestCase
from django.utils import timezone
from pytest_django import Settings

from leitbild.accounts.actions import (
    accept_invitation,
    change_membership,
    end_membership,
    invite,
    withdraw_invitation,
)
from leitbild.accounts.enums import Role
from leitbild.accounts.models import Invitation, Membership, Municipality, Organisation, User
from leitbild.accounts.queries import invitation_behind, open_invitations
from leitbild.core.mail import NotSent
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from tests.people import member, person

pytestmark = pytest.mark.django_db


class Broken(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, _messages: Any) -> int:
        raise SMTPServerDisconnected


@pytest.fixture
def town() -> Municipality:
    return Municipality.objects.create(slug="neustadt", name="Neustadt", languages=["de"])


@pytest.fixture
def officer(town: Municipality) -> User:
    return member(town, Role.OFFICER)


def ask(town: Municipality, by: User, **values: Any) -> Invitation:
    given: dict[str, Any] = {
        "email": "Ada@Example.org",
        "name": "Ada",
        "role": Role.OBSERVER,
        "organisation": None,
        **values,
    }
    with TestCase.captureOnCommitCallbacks(execute=True):
        return invite(
            municipality=town, **given, by=by, link_to=lambda token: f"https://x.example/{token}/"
        )


def mailed_token() -> str:
    found = re.search(r"https://x.example/(.+)/", str(mail.outbox[-1].body))
    assert found
    return found[1]


def expire(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    invitation.refresh_from_db()


def test_invitation_is_mailed_and_its_secret_kept_nowhere(
    town: Municipality, officer: User
) -> None:
    invitation = ask(town, officer)

    [letter] = mail.outbox
    token = mailed_token()
    assert (letter.to, letter.subject) == (
        ["ada@example.org"],
        "Invitation to the integration concept of Neustadt",
    )
    assert "integration officer invites you" in str(letter.body)
    assert invitation_behind(token, town) == invitation
    assert invitation.expires_at - invitation.invited_at < timedelta(days=14, seconds=5)
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.actor_id) == ("invitation.create", officer.pk)
    assert token not in f"{event.changes}{Invitation.objects.values()}"


def test_mail_leaves_only_when_the_invitation_is_stored(town: Municipality, officer: User) -> None:
    with TestCase.captureOnCommitCallbacks() as waiting:
        invite(
            municipality=town,
            email="ada@example.org",
            name="",
            role=Role.OBSERVER,
            organisation=None,
            by=officer,
            link_to=str,
        )

    assert (len(waiting), mail.outbox) == (1, [])


def test_mail_that_cannot_leave_is_told(
    town: Municipality, officer: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"

    with pytest.raises(NotSent):
        ask(town, officer)

    assert open_invitations(town).count() == 1


def test_known_person_is_invited_in_their_language(town: Municipality, officer: User) -> None:
    person("ada@example.org", language="de")

    ask(town, officer)

    assert "Leserecht" in str(mail.outbox[0].body)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"email": "ada"}, "“ada” is not an e-mail address."),
        ({"email": " "}, "A person needs an e-mail address."),
        (
            {"role": Role.EDITOR},
            "An editor writes the measures of an organisation. Please choose which one.",
        ),
        (
            {"role": Role.OFFICER, "email": "officer@example.org"},
            "officer@example.org is integration officer of Neustadt already.",
        ),
    ],
)
def test_faulty_invitation_is_refused(
    town: Municipality, officer: User, values: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        ask(town, officer, **values)

    assert refused.value.reasons == [reason]
    assert (Invitation.objects.count(), mail.outbox) == (0, [])


def test_who_may_not_manage_people_invites_nobody(town: Municipality) -> None:
    with pytest.raises(Refused):
        ask(town, member(town, Role.TRANSLATOR))

    assert not Invitation.objects.exists()


def test_newer_invitation_takes_the_place_of_the_older(town: Municipality, officer: User) -> None:
    first = ask(town, officer)
    second = ask(town, officer, role=Role.TRANSLATOR)

    assert list(open_invitations(town)) == [second]
    with pytest.raises(Refused):
        accept_invitation(invitation=first, language="de")


def test_accepting_makes_a_person_with_a_proven_address(town: Municipality, officer: User) -> None:
    office = Organisation.objects.create(
        municipality=town, slug="amt", name="Amt", kind="department"
    )
    invitation = ask(town, officer, role=Role.EDITOR, organisation=office)

    accepted = accept_invitation(invitation=invitation, language="ar")

    user = accepted.user
    assert accepted.is_new
    assert (user.email, user.name, user.language) == ("ada@example.org", "Ada", "ar")
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    held = Membership.objects.get(user=user)
    assert (held.municipality, held.role, held.organisation) == (town, Role.EDITOR, office)
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.actor_id) == ("invitation.accept", user.pk)


def test_known_person_gets_a_role_and_keeps_name_and_password(
    town: Municipality, officer: User
) -> None:
    known = person("ada@example.org", name="Ada Lovelace")
    known.set_password("vier Wörter ohne Sinn")
    known.is_active = False
    known.save()

    accepted = accept_invitation(invitation=ask(town, officer), language="ar")

    known.refresh_from_db()
    assert (accepted.user, accepted.is_new) == (known, False)
    assert (known.name, known.language, known.is_active) == ("Ada Lovelace", "en", True)
    assert known.check_password("vier Wörter ohne Sinn")


def test_link_works_once(town: Municipality, officer: User) -> None:
    invitation = ask(town, officer)
    accept_invitation(invitation=invitation, language="de")

    with pytest.raises(Refused) as refused:
        accept_invitation(invitation=invitation, language="de")

    assert refused.value.reasons == ["This invitation isn’t open any more."]
    assert Membership.objects.filter(user__email="ada@example.org").count() == 1


@pytest.mark.parametrize("ending", ["withdrawn", "expired"])
def test_ended_invitation_is_worthless(town: Municipality, officer: User, ending: str) -> None:
    invitation = ask(town, officer)
    if ending == "withdrawn":
        withdraw_invitation(invitation=invitation, by=officer)
        assert AuditEvent.objects.latest("pk").action == "invitation.withdraw"
    else:
        expire(invitation)

    with pytest.raises(Refused):
        accept_invitation(invitation=invitation, language="de")
    with pytest.raises(Refused):
        withdraw_invitation(invitation=invitation, by=officer)

    assert not User.objects.filter(email="ada@example.org").exists()


def test_link_belongs_to_one_town(town: Municipality, officer: User) -> None:
    other = Municipality.objects.create(slug="altstadt", name="Altstadt", languages=["de"])
    ask(town, officer)

    assert invitation_behind(mailed_token(), other) is None
    assert invitation_behind("forged", town) is None


def test_who_leaves_has_not_asked_themselves_back_in(town: Municipality, officer: User) -> None:
    other = member(town, Role.OFFICER, email="other@example.org")
    invitation = ask(town, officer, email="private@example.org", role=Role.OFFICER)
    kept = ask(town, other, email="club@example.org")

    end_membership(membership=officer.memberships.get(), by=other)

    assert list(open_invitations(town)) == [kept]
    with pytest.raises(Refused):
        accept_invitation(invitation=invitation, language="de")
    withdrawn = AuditEvent.objects.get(action="invitation.withdraw")
    assert (withdrawn.actor_id, withdrawn.changes["invitation"]) == (other.pk, invitation.pk)


def test_invitations_end_with_the_right_to_invite(town: Municipality, officer: User) -> None:
    other = member(town, Role.OFFICER, email="other@example.org")
    ask(town, officer)

    change_membership(
        membership=officer.memberships.get(), role=Role.OBSERVER, organisation=None, by=other
    )

    assert list(open_invitations(town)) == []
