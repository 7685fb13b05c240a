"""What holds for every answer of the office, and what is too large for it."""

from typing import Final

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.office.middleware import LARGEST
from tests.people import OUTSIDER, SIGNED_OUT, member, person, signed_in
from tests.towns import measure, plan, settle

STATUS: Final = {
    # whose request, and what for
    (Role.OFFICER, "/office/"): 200,
    (Role.OFFICER, "/office/konzepte/1492/"): 404,
    (Role.OBSERVER, "/office/import/"): 403,
    (OUTSIDER, "/office/"): 404,
    (SIGNED_OUT, "/office/"): 302,
    (SIGNED_OUT, "/office/nirgends/"): 404,
    (SIGNED_OUT, "/office/einladung/falsch/"): 404,
    (SIGNED_OUT, "/office/account/login/"): 200,
}


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1")))


def client_of(town: Municipality, who: str) -> Client:
    if who == SIGNED_OUT:
        return Client()
    return signed_in(person("out@example.org") if who == OUTSIDER else member(town, Role(who)))


@pytest.mark.parametrize(("who", "place"), STATUS)
def test_nothing_of_the_office_is_kept_on_the_way(town: Municipality, who: str, place: str) -> None:
    response = client_of(town, who).get(place)

    assert response.status_code == STATUS[who, place]
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"
    assert "ETag" not in response


def test_public_pages_may_be_kept(town: Municipality) -> None:
    response = Client().get("/de/")

    assert response.status_code == 200
    assert "no-store" not in response.get("Cache-Control", "")


@pytest.mark.parametrize("place", ["/office/import/", "/office/account/login/"])
def test_what_is_far_too_large_is_not_even_read(town: Municipality, place: str) -> None:
    response = Client().post(
        place, {"file": "x"}, headers={"accept-language": "de"}, CONTENT_LENGTH=str(LARGEST + 1)
    )

    assert response.status_code == 413
    assert (
        response.content.decode()
        == "Die Datei hat 100,0\xa0MB; höchstens 50,0\xa0MB werden gelesen."
    )


def test_size_that_is_no_number_is_no_reason_to_break(town: Municipality) -> None:
    for size in ("", "²", "-5", "viel"):
        assert Client().get("/office/account/login/", CONTENT_LENGTH=size).status_code == 200
