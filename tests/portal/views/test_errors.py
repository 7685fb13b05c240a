"""What goes wrong is said in words, with ways on."""

from typing import Any, NoReturn

import pytest
from django.db import OperationalError, connection
from django.test import Client

from leitbild.accounts.models import Municipality
from tests.elements import by_class, links, parsed, words
from tests.markup import assert_valid
from tests.portal.conftest import Visit
from tests.queries import queries_of


@pytest.mark.parametrize(
    "path", ["/de/gibt-es-nicht/", "/de/massnahmen/9.9/", "/de/themen/x/", "/de/konzept/x/", "/x/"]
)
def test_missing_page_leads_on(visit: Visit, path: str) -> None:
    seen = visit(path)

    main = next(seen.root.iter("main"))
    assert seen.response.status_code == 404
    assert [form.attrib["action"] for form in main.iter("form")] == ["/de/suche/"]
    assert {"/de/", "/de/massnahmen/", "/de/konzept/"} <= set(links(main))
    assert_valid(seen.response)


def test_missing_page_speaks_the_readers_language(visit: Visit) -> None:
    root = visit("/ar/gibt-es-nicht/").root

    assert (root.attrib["lang"], root.attrib["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_empty_installation_says_who_should_do_what(
    db: None, client: Client, language: str
) -> None:
    response = client.get(f"/{language}/")

    text = words(parsed(response))
    assert response.status_code == 404
    assert "testserver" in text
    assert "leitbild init --host" in text
    assert_valid(response)


def test_failure_is_said_without_database(
    demo_city: Municipality, client: Client, settings: Any
) -> None:
    settings.ROOT_URLCONF = "tests.workshop"
    client.raise_request_exception = False
    answers: list[Any] = []

    queries = queries_of(lambda: answers.append(client.get("/_broken/")))

    root = parsed(answers[0])
    assert answers[0].status_code == 500
    assert [each.attrib["lang"] for each in root.iter() if "lang" in each.attrib] == [
        "de",
        "en",
        "en",
    ]
    assert links(by_class(root, "sheet")[0]) == ["/"]
    assert len(queries) == 1
    assert_valid(answers[0])


def away(*_statement: object) -> NoReturn:
    """Answer as a database does that isn't there."""
    raise OperationalError("connection refused")


@pytest.mark.parametrize("path", ["/", "/de/", "/ar/massnahmen/", "/office/", "/healthz"])
def test_database_that_is_away_asks_people_and_machines_to_come_back(
    demo_city: Municipality, client: Client, path: str
) -> None:
    client.raise_request_exception = False

    with connection.execute_wrapper(away):
        response = client.get(path)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "no-store" in response.headers["Cache-Control"]
    root = parsed(response)
    assert links(by_class(root, "sheet")[0]) == ["/"]
    assert "Haben Sie etwas abgeschickt?" in words(root)
    assert_valid(response)
