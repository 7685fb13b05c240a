"""Who works here: the page of people, changing what they do, letting them leave."""

from functools import partial
from typing import Final

import pytest
from django.core import mail
from django.test import Client, TestCase

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Invitation, Membership, Municipality, User
from leitbild.accounts.queries import open_invitations
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.people import member, person, signed_in
from tests.queries import assert_same_number, queries_of

PEOPLE: Final = "/office/menschen/"
NEW: Final = {"name": "Ada", "email": "ada@example.org", "role": "observer", "organisation": ""}


@pytest.fixture
def officer(demo_city: Municipality) -> User:
    return member(demo_city, Role.OFFICER)


@pytest.fixture
def office(officer: User) -> Client:
    return signed_in(officer)


def held_by(user: User) -> Membership:
    return Membership.objects.get(user=user)


def addresses(town: Municipality) -> list[tuple[str, list[str]]]:
    """Every page of this task, with the methods it answers."""
    held = held_by(member(town, Role.OBSERVER, email="observed@example.org"))
    invitation = Invitation.objects.create(
        municipality=town,
        email="new@example.org",
        role=Role.OBSERVER,
        token_digest="x",
        invited_by=User.objects.filter(memberships__role=Role.OFFICER)[0],
        expires_at="2100-01-01T00:00Z",
    )
    return [
        (PEOPLE, ["get", "post"]),
        (f"{PEOPLE}{held.pk}/", ["get", "post"]),
        (f"{PEOPLE}{held.pk}/verabschieden/", ["get", "post"]),
        (f"/office/einladungen/{invitation.pk}/zurueckziehen/", ["post"]),
    ]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.TRANSLATOR, Role.OBSERVER])
def test_people_are_managed_by_nobody_else(
    demo_city: Municipality, officer: User, role: Role
) -> None:
    pages = addresses(demo_city)
    before = Membership.objects.count()
    client = signed_in(member(demo_city, role))

    answers = {client.post(path).status_code for path, _methods in pages}

    assert answers == {403}
    assert Membership.objects.count() == before + 1


def test_outsider_finds_nothing_and_wrong_methods_are_refused(
    demo_city: Municipality, officer: User
) -> None:
    pages = addresses(demo_city)
    outsider = signed_in(person("outsider@example.org"))
    inside = signed_in(officer)

    assert {outsider.get(path).status_code for path, _methods in pages} == {404}
    assert {Client().get(path).status_code for path, _methods in pages} == {302}
    for path, methods in pages:
        wrong = {"get", "post", "put", "delete"} - set(methods)
        assert {getattr(inside, method)(path).status_code for method in wrong} == {405}


def test_page_of_people_is_whole(demo_city: Municipality, office: Client) -> None:
    pages = [path for path, methods in addresses(demo_city) if "get" in methods]

    for path in pages:
        response = office.get(path)
        assert response.status_code == 200
        assert_valid(response)
    rows = [words(row) for row in parsed(office.get(PEOPLE)).iter("tr")]
    assert [row for row in rows if row.startswith("integration officer you officer@example.org")]
    assert [row for row in rows if row.startswith("new@example.org")]


def test_page_costs_the_same_for_many_people(demo_city: Municipality, office: Client) -> None:
    office.get(PEOPLE)
    few = queries_of(partial(office.get, PEOPLE))
    organisation = demo_city.organisations.all()[0]
    for number in range(30):
        member(demo_city, Role.EDITOR, organisation=organisation, email=f"p{number}@example.org")

    assert_same_number(few, queries_of(partial(office.get, PEOPLE)))


def test_officer_invites_by_mail(demo_city: Municipality, office: Client) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = office.post(PEOPLE, NEW, follow=True)

    invitation = open_invitations(demo_city).get()
    assert (invitation.email, invitation.name, invitation.role) == (
        "ada@example.org",
        "Ada",
        Role.OBSERVER,
    )
    assert words(by_class(parsed(response), "said")[0]) == "ada@example.org was invited."
    assert "http://testserver/office/einladung/" in str(mail.outbox[0].body)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"email": "ada"}, "E-mail: Enter a valid email address."),
        ({"role": ""}, "Role: This is missing. Please fill it in."),
        (
            {"role": "editor"},
            "An editor writes the measures of an organisation. Please choose which one.",
        ),
    ],
)
def test_faulty_invitation_is_shown_again(
    office: Client, values: dict[str, str], sentence: str
) -> None:
    response = office.post(PEOPLE, {**NEW, **values})

    assert response.status_code == 422
    assert sentence in words(by_class(parsed(response), "faults")[0])
    assert_valid(response)
    assert (Invitation.objects.count(), mail.outbox) == (0, [])


def test_officer_withdraws_an_invitation(demo_city: Municipality, office: Client) -> None:
    office.post(PEOPLE, NEW)
    path = f"/office/einladungen/{Invitation.objects.get().pk}/zurueckziehen/"

    first, second = office.post(path, follow=True), office.post(path, follow=True)

    said = [words(by_class(parsed(each), "said")[0]) for each in (first, second)]
    assert said == [
        "ada@example.org was invited. The invitation to ada@example.org was withdrawn.",
        "This invitation isn’t open any more.",
    ]
    assert not open_invitations(demo_city).exists()


def test_officer_changes_what_somebody_does(demo_city: Municipality, office: Client) -> None:
    held = held_by(member(demo_city, Role.OBSERVER))
    organisation = demo_city.organisations.all()[0]

    response = office.post(
        f"{PEOPLE}{held.pk}/", {"role": "editor", "organisation": organisation.pk}
    )

    held.refresh_from_db()
    assert response.status_code == 302
    assert (held.role, held.organisation) == (Role.EDITOR, organisation)


def test_last_officer_reads_why_they_stay(office: Client, officer: User) -> None:
    path = f"{PEOPLE}{held_by(officer).pk}/"

    changed = office.post(path, {"role": "observer"})
    left = office.post(f"{path}verabschieden/")

    for response in (changed, left):
        assert response.status_code == 422
        assert "last person here who may invite" in words(by_class(parsed(response), "faults")[0])
        assert_valid(response)
    assert held_by(officer).role == Role.OFFICER


def test_officer_lets_somebody_leave(demo_city: Municipality, office: Client) -> None:
    observer = member(demo_city, Role.OBSERVER)

    response = office.post(f"{PEOPLE}{held_by(observer).pk}/verabschieden/", follow=True)

    observer.refresh_from_db()
    assert words(by_class(parsed(response), "said")[0]) == "observer doesn’t work here any more."
    assert not observer.is_active


def test_people_of_another_town_are_not_found(demo_city: Municipality, office: Client) -> None:
    other = Municipality.objects.create(slug="altstadt", name="Altstadt", languages=["de"])
    held = held_by(member(other, Role.OBSERVER, email="b@example.org"))
    invitation = Invitation.objects.create(
        municipality=other,
        email="c@example.org",
        role=Role.OBSERVER,
        token_digest="y",
        invited_by=held.user,
        expires_at="2100-01-01T00:00Z",
    )
    demo_city.hosts.create(name="testserver")

    assert office.post(f"{PEOPLE}{held.pk}/verabschieden/").status_code == 404
    assert office.post(f"/office/einladungen/{invitation.pk}/zurueckziehen/").status_code == 404
    assert Membership.objects.filter(pk=held.pk).exists()
