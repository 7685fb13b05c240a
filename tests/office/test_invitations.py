"""The page behind an invitation's link: it lets a new person in, and nobody past a second step."""

import datetime as dt
from typing import Any, Final

import pytest
from django.test import Client
from django.utils import timezone

from leitbild.accounts.actions import withdraw_invitation
from leitbild.accounts.enums import Role
from leitbild.accounts.models import Invitation, Membership, Municipality, User
from leitbild.accounts.queries import token_digest
from tests.elements import parsed, words
from tests.markup import assert_valid
from tests.people import member, person, signed_in

LINK: Final = "/office/einladung/geheim/"
ADDRESS: Final = "ada@example.org"


@pytest.fixture
def officer(demo_city: Municipality) -> User:
    return member(demo_city, Role.OFFICER)


@pytest.fixture
def invitation(demo_city: Municipality, officer: User) -> Invitation:
    return Invitation.objects.create(
        municipality=demo_city,
        email=ADDRESS,
        name="Ada",
        role=Role.OBSERVER,
        token_digest=token_digest("geheim"),
        invited_by=officer,
        expires_at=timezone.now() + dt.timedelta(days=14),
    )


def heading(response: Any) -> str:
    assert_valid(response)
    return words(next(parsed(response).iter("h1")))


def test_page_says_who_invites_to_what_and_changes_nothing(
    client: Client, invitation: Invitation
) -> None:
    response = client.get(LINK, headers={"accept-language": "en"})

    assert response.status_code == 200
    assert heading(response) == "Work with us on the integration concept of Kaiserslautern"
    text = words(parsed(response))
    assert "integration officer invites you (ada@example.org) to work here as observer." in text
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]
    assert not User.objects.filter(email=ADDRESS).exists()


def test_new_person_is_in_and_hears_of_passkeys(client: Client, invitation: Invitation) -> None:
    response = client.post(LINK, follow=True, headers={"accept-language": "en"})

    assert response.redirect_chain == [("/office/konto/", 302)]
    assert "you can add a passkey or a password" in words(parsed(response))
    user = User.objects.get(email=ADDRESS)
    assert (user.name, user.language) == ("Ada", "en")
    assert Membership.objects.get(user=user).role == Role.OBSERVER


def test_known_person_gets_the_role_and_must_sign_in(
    client: Client, invitation: Invitation
) -> None:
    known = person(ADDRESS)

    response = client.post(LINK)

    assert (response.status_code, response["Location"]) == (302, "/office/")
    assert Membership.objects.get(user=known).role == Role.OBSERVER
    assert "_auth_user_id" not in client.session


def test_person_who_is_signed_in_goes_on(invitation: Invitation) -> None:
    known = person(ADDRESS)

    response = signed_in(known).post(LINK)

    assert response["Location"] == "/office/"
    assert Membership.objects.get(user=known).role == Role.OBSERVER


def test_somebody_else_is_asked_to_sign_out_first(officer: User, invitation: Invitation) -> None:
    client = signed_in(officer)

    shown, sent = client.get(LINK), client.post(LINK, headers={"accept-language": "en"})

    assert (shown.status_code, sent.status_code) == (200, 409)
    assert "You are signed in as officer@example.org." in words(parsed(sent))
    assert not User.objects.filter(email=ADDRESS).exists()


@pytest.mark.parametrize(
    ("ending", "status", "title"),
    [
        ("accepted", 410, "This invitation was accepted already"),
        ("withdrawn", 410, "This invitation was withdrawn"),
        ("expired", 410, "This invitation has expired"),
        ("forged", 404, "This link belongs to no invitation"),
    ],
)
def test_ended_link_says_why_and_changes_nothing(
    client: Client, invitation: Invitation, ending: str, status: int, title: str
) -> None:
    link = LINK
    if ending == "accepted":
        Client().post(LINK)
    elif ending == "withdrawn":
        withdraw_invitation(invitation=invitation, by=invitation.invited_by)
    elif ending == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    else:
        link = "/office/einladung/gefaelscht/"
    before = (User.objects.count(), Membership.objects.count())

    for response in (client.get(link, headers={"accept-language": "en"}), client.post(link)):
        assert response.status_code == status
        assert_valid(response)

    assert heading(client.get(link, headers={"accept-language": "en"})) == title
    assert (User.objects.count(), Membership.objects.count()) == before


def test_link_of_nobody_is_not_found(db: None, client: Client) -> None:
    assert client.get(LINK).status_code == 404
    assert client.put(LINK).status_code == 405
