"""The language a page is read in, and that only the municipality's own exist."""

import pytest
from django.test import Client

from leitbild.accounts.models import Municipality
from tests.elements import parsed
from tests.towns import measure, plan, settle


@pytest.fixture
def town(db: None) -> Municipality:
    languages = ["de", "ar", "zh-hans"]
    return settle(
        plan(
            measure("1.1"),
            municipality={"slug": "a", "name": "Musterstadt", "languages": languages},
        )
    )


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ar", "ar"),
        ("ar-EG,ar;q=0.9", "ar"),
        ("AR", "ar"),
        ("en,ar;q=0.5,de;q=0.8", "de"),
        ("fr-FR,fr;q=0.9", "de"),
        ("zh-Hans-CN", "zh-hans"),
        ("*", "de"),
        ("ar;q=0,en", "de"),
        ("", "de"),
        ("ar;q=x", "de"),
        (",;=", "de"),
        ("x" * 5_000, "de"),
    ],
)
def test_reader_is_led_to_their_language(
    town: Municipality, client: Client, accepted: str, language: str
) -> None:
    response = client.get("/", headers={"accept-language": accepted})

    assert response.status_code == 302
    assert response.headers["Location"] == f"/{language}/"
    assert response.headers["Vary"] == "Accept-Language"


def test_address_goes_before_preference(town: Municipality, client: Client) -> None:
    response = client.get("/ar/", headers={"accept-language": "de"})

    assert response.headers["Content-Language"] == "ar"
    assert parsed(response).attrib["dir"] == "rtl"


@pytest.mark.parametrize("path", ["/en/", "/fr/massnahmen/", "/xx/", "/DE/", "/de-at/"])
def test_other_languages_have_no_pages(town: Municipality, client: Client, path: str) -> None:
    response = client.get(path, headers={"accept-language": "ar"})

    assert response.status_code == 404
    assert parsed(response).attrib["lang"] == "ar"


def test_every_own_language_has_pages(town: Municipality, client: Client) -> None:
    found = [client.get(f"/{code}/").status_code for code in town.languages]

    assert found == [200, 200, 200]


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/palette.css"])
def test_what_is_kept_for_readers_of_every_language_has_none(
    town: Municipality, client: Client, path: str
) -> None:
    answers = [client.get(path, headers={"accept-language": code}) for code in town.languages]

    assert [each.status_code for each in answers] == [200, 200, 200]
    assert not any("Content-Language" in each.headers for each in answers)
    assert len({each.content for each in answers}) == 1


def test_answer_in_the_preferred_language_says_so(town: Municipality, client: Client) -> None:
    response = client.get("/nowhere/", headers={"accept-language": "ar"})

    assert response.headers["Content-Language"] == "ar"
    assert "Accept-Language" in response.headers["Vary"]


def test_answer_in_the_language_of_its_address_is_the_same_for_all(
    town: Municipality, client: Client
) -> None:
    response = client.get("/ar/nowhere/", headers={"accept-language": "de"})

    assert response.headers["Content-Language"] == "ar"
    assert "Accept-Language" not in response.headers.get("Vary", "")
