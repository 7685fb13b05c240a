"""Which municipality answers under which host name."""

import re
from typing import Final

import pytest
from django.test import Client

from leitbild.accounts.models import Municipality
from leitbild.accounts.queries import municipality_for_host
from tests.elements import by_class, parsed, words
from tests.queries import queries_of
from tests.towns import measure, plan, settle

ONE: Final = {"slug": "eins", "name": "Einsstadt", "languages": ["de"], "hosts": ["eins.example"]}
TWO: Final = {
    "slug": "zwei",
    "name": "Zweistadt",
    "languages": ["de"],
    "hosts": ["zwei.example", "www.zwei.example"],
}


@pytest.fixture
def two_towns(db: None) -> None:
    settle(plan(measure("1.1", "Eins lesen"), municipality=ONE))
    settle(plan(measure("1.1", "Zwei lesen"), municipality=TWO))


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("eins.example", "Einsstadt"),
        ("zwei.example", "Zweistadt"),
        ("www.zwei.example", "Zweistadt"),
        ("ZWEI.example:8000", "Zweistadt"),
        ("zwei.example.", "Zweistadt"),
    ],
)
def test_town_answers_under_its_names(
    two_towns: None, client: Client, host: str, name: str
) -> None:
    page = parsed(client.get("/de/", headers={"host": host}))

    assert words(by_class(page, "masthead__name")[0]) == name


def test_towns_share_nothing(two_towns: None, client: Client) -> None:
    html = client.get("/de/massnahmen/", headers={"host": "eins.example"}).content.decode()

    assert "Eins lesen" in html
    assert "Zwei" not in html


@pytest.mark.parametrize(
    "path", ["/", "/de/", "/de/massnahmen/1.1/", "/sitemap.xml", "/palette.css"]
)
def test_nobody_answers_under_a_strange_name(two_towns: None, client: Client, path: str) -> None:
    response = client.get(path, headers={"host": "drei.example"})

    assert response.status_code == 404
    assert "drei.example" in response.content.decode()
    assert "stadt" not in response.content.decode()


def test_host_that_is_markup_is_refused(two_towns: None, client: Client) -> None:
    assert client.get("/de/", headers={"host": "<b>"}).status_code == 400


def test_question_about_the_whole_server_is_no_failure(two_towns: None, client: Client) -> None:
    asked = client.generic("OPTIONS", "*", headers={"host": "eins.example"})

    assert asked.status_code == 404


def test_only_town_answers_under_any_name(db: None, client: Client) -> None:
    settle(plan(measure("1.1"), municipality=ONE))

    assert client.get("/de/", headers={"host": "drei.example"}).status_code == 200


def test_nobody_answers_in_an_empty_database(db: None) -> None:
    assert municipality_for_host("eins.example") is None


def test_town_is_found_with_one_query(two_towns: None) -> None:
    assert len(queries_of(lambda: municipality_for_host("zwei.example"))) == 1


def test_health_needs_no_town(client: Client, db: None) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_municipality_is_left_out_where_it_is_not_needed(demo_city: Municipality) -> None:
    sent = queries_of(lambda: Client().get("/healthz"))

    assert sent == ["SELECT 1"]


@pytest.mark.parametrize(
    ("host", "home"),
    [("made-up.example", "zwei.example"), ("www.zwei.example:8443", "www.zwei.example:8443")],
)
@pytest.mark.parametrize(
    "path", ["/de/massnahmen/1.1/", "/sitemap.xml", "/robots.txt", "/de/massnahmen/tabelle.csv"]
)
def test_addresses_name_the_towns_own_host(
    db: None, client: Client, path: str, host: str, home: str
) -> None:
    settle(plan(measure("1.1", "Zwei lesen"), municipality=TWO))

    content = client.get(path, headers={"host": host}).content.decode()

    assert set(re.findall(r"http://([^/\s\"<;&]*\.example[:\d]*)", content)) == {home}
