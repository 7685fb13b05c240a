"""Whatever anybody sends: no page breaks, and nothing is done that our own form didn't ask for."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import resolve, reverse

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Membership, User
from tests.database import rolled_back
from tests.elements import parsed
from tests.office.test_roles import EXCEPTIONS, READ_ONLY, address, patterns
from tests.office.worlds import World
from tests.office.writing import values
from tests.people import signed_in

NASTY: Final = (
    "\x00",
    "x" * 5_000,
    "9" * 30,
    "-1",
    "9999-12-31",
    "<script>\x07\u202e",
    "0001-01-01",
    "²",
    "0",
)
BEYOND: Final = 10**20
"""More than any database counts to."""
BESIDE: Final = (
    "page",
    "draft",
    "part",
    "base",
    "saves",
    "entry",
    "deleted",
    "m",
    "since",
    "until",
)
"""Names that not every page shows as a field."""


@pytest.fixture
def everyone(world: World) -> User:
    """One person of every role."""
    person = world.people[Role.OFFICER]
    for role in (Role.ADMINISTRATOR, Role.TRANSLATOR):
        Membership.objects.create(user=person, municipality=world.town, role=role)
    return person


def names() -> list[str]:
    return [str(each.name) for each in patterns() if each.name not in EXCEPTIONS]


@pytest.mark.everywhere
def test_nothing_that_is_sent_breaks_a_page(world: World, everyone: User) -> None:
    client = signed_in(everyone)
    client.raise_request_exception = False
    broken = []
    for name in names():
        for method, place, data in attacks(client, address(name, world)):
            with rolled_back():
                response = getattr(client, method)(place, **data)
                read(response)
            if response.status_code >= 500:
                broken.append(f"{method} {name}: {str(data)[:300]}")

    assert broken == []


def read(response: Any) -> None:
    """Read a file to its end, which closes it."""
    if response.streaming:
        b"".join(response.streaming_content)


def attacks(client: Client, place: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Requests nobody sends who uses the page: method, address, and what goes with it."""
    elsewhere = with_numbers(place, BEYOND)
    if elsewhere != place:
        yield from (("get", elsewhere, {}), ("post", elsewhere, {}))
    filled = fields(client, place)
    nasty = {name: NASTY[at % len(NASTY)] for at, name in enumerate([*filled, *BESIDE])}
    # One that every kind of field chokes on, and one that only days do.
    yield "get", place, {"query_params": dict.fromkeys(nasty, "9999-12-31")}
    yield "post", place, {"data": dict.fromkeys(nasty, "\x00")}
    # Half of the fields as they should be: so one gets past what is looked at first.
    yield "post", place, {"data": {**nasty, **dict(list(filled.items())[::2])}}


def with_numbers(place: str, number: int) -> str:
    found = resolve(place.partition("?")[0])
    kwargs = {
        name: number if isinstance(value, int) else value for name, value in found.kwargs.items()
    }
    return reverse(found.view_name, kwargs=kwargs)


def fields(client: Client, place: str) -> dict[str, Any]:
    """What a page's forms would send, those aside that lead elsewhere."""
    response = client.get(place)
    read(response)
    if not response.get("Content-Type", "").startswith("text/html"):
        return {}
    found: dict[str, Any] = {}
    for form in parsed(response).iter("form"):
        if not form.get("action"):
            found |= {name: value for name, value in values(form) if name != "csrfmiddlewaretoken"}
            empty = {each.get("name", "") for each in form.iter() if each.get("name")}
            found |= dict.fromkeys(sorted(empty - found.keys() - {"csrfmiddlewaretoken"}), "")
    return found


def test_every_form_bears_our_sign(world: World, everyone: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(everyone)
    places = [address(name, world) for name in names() if name not in READ_ONLY]

    answered = {place: client.post(place).status_code for place in places}

    assert answered == dict.fromkeys(places, 403)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:a"])
def test_nobody_is_sent_elsewhere_after_signing_in(world: World, elsewhere: str) -> None:
    officer = signed_in(world.people[Role.OFFICER])

    response = officer.get(reverse("account_login"), {"next": elsewhere})

    assert response["Location"] == reverse("office:today")
