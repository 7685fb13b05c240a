"""Addresses for machines."""

from typing import Final
from xml.etree import ElementTree

import pytest
from django.test import Client

from leitbild.accounts.models import HostName, Municipality
from leitbild.core.colour import palette_css
from leitbild.plan.models import Concept
from tests.pages import MISSING, PAGES
from tests.queries import queries_of
from tests.towns import measure, plan, settle

SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML: Final = "{http://www.w3.org/1999/xhtml}"
NOT_INDEXED: Final = {
    "search",
    "search with hits",
    "search without hits",
    "filtered list",
    "empty list",
}


def sitemap(client: Client) -> ElementTree.Element:
    return ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 # our own


def locations(client: Client) -> list[str]:
    tree = sitemap(client)
    return [str(each.text) for each in tree.iter(f"{SITEMAP}loc")]


def test_sitemap_lists_every_page_in_every_language(
    demo_city: Municipality, client: Client
) -> None:
    pages = {
        *(path for name, path in PAGES.items() if name not in NOT_INDEXED),
        *(f"massnahmen/{code}/" for code in measures()),
        *(f"themen/{slug}/" for slug in ("bildung-und-arbeit", "begegnung", "ehrenamt", "wohnen")),
    }

    found = locations(client)

    assert len(found) == len(set(found))
    assert set(found) == {
        f"http://testserver/{language}/{page}" for language in demo_city.languages for page in pages
    }


def measures() -> list[str]:
    concept = Concept.objects.get(slug="2022")
    return list(concept.measures.values_list("code", flat=True))


def test_every_address_of_the_sitemap_answers(demo_city: Municipality, client: Client) -> None:
    some = [each for each in locations(client) if "/ar/" in each and "massnahmen/" not in each]

    assert [
        each
        for each in some
        if client.get(each.removeprefix("http://testserver")).status_code != 200
    ] == []


def test_sitemap_names_the_other_languages(demo_city: Municipality, client: Client) -> None:
    tree = sitemap(client)

    first = next(tree.iter(f"{SITEMAP}url"))
    assert {
        each.attrib["hreflang"]: each.attrib["href"] for each in first.iter(f"{XHTML}link")
    } == {code: f"http://testserver/{code}/" for code in demo_city.languages}


@pytest.mark.parametrize("language", ["de", "ar"])
def test_sitemap_does_not_depend_on_the_reader(
    demo_city: Municipality, client: Client, language: str
) -> None:
    response = client.get("/sitemap.xml", headers={"accept-language": language})

    assert response.content == client.get("/sitemap.xml").content
    assert response.headers["Content-Type"] == "application/xml"


def test_robots_may_read_everything_and_find_the_sitemap(
    demo_city: Municipality, client: Client
) -> None:
    assert client.get("/robots.txt").content.decode() == (
        "User-agent: *\nAllow: /\nSitemap: http://testserver/sitemap.xml\n"
    )


def test_health_is_answered_with_one_query(db: None, client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.parametrize(
    ("domain", "status"),
    [
        ("plan.stadt.example", 200),
        ("PLAN.Stadt.example", 200),
        ("stadt.example", 404),
        ("plan.stadt.example:8000", 404),
        (f"{'plan.' * 60}stadt.example", 404),
        ("plan.stadt.example\x00", 404),
        ("", 404),
    ],
)
def test_proxy_learns_if_a_host_name_is_a_municipality_s(
    db: None, client: Client, domain: str, status: int
) -> None:
    two_towns()

    response = client.get("/hostname", {"domain": domain})

    assert (response.status_code, response.headers["Content-Type"]) == (status, "text/plain")
    assert "Cache-Control" not in response.headers


def test_host_name_is_looked_up_with_one_query(db: None, client: Client) -> None:
    two_towns()

    queries = queries_of(lambda: client.get("/hostname", {"domain": "plan.stadt.example"}))

    assert len(queries) == 1


def two_towns() -> None:
    """Two municipalities, one of which has a host name of its own."""
    for slug in ("a", "b"):
        town = {"slug": slug, "name": slug.upper(), "languages": ["de"]}
        settle(plan(measure("1.1"), municipality=town))
    HostName.objects.create(
        municipality=Municipality.objects.get(slug="a"), name="plan.stadt.example"
    )


@pytest.mark.parametrize("host", ["10.0.0.11:8000", "nobody.example"])
def test_proxy_may_ask_under_any_name(db: None, client: Client, host: str) -> None:
    two_towns()

    answers = [
        client.get("/hostname", {"domain": domain}, headers={"host": host}).status_code
        for domain in ("plan.stadt.example", host)
    ]

    assert answers == [200, 404]


def test_proxy_that_names_no_host_is_told_no(db: None, client: Client) -> None:
    assert client.get("/hostname").status_code == 404
    assert client.post("/hostname", {"domain": "plan.stadt.example"}).status_code == 405


def test_palette_has_the_colours_of_all_public_editions(db: None, client: Client) -> None:
    tokens = {"accent": "#123456"}
    town = {"slug": "a", "name": "A", "languages": ["de"], "tokens": tokens}
    old = {"slug": "2015", "title": "Alt", "edition": 2015, "status": "superseded"}
    settle(plan(measure("1.1"), municipality=town))
    settle(plan(measure("1.1"), municipality=town, concept=old))
    colours = {
        f"theme-{theme.pk}": theme.colour
        for concept in Concept.objects.order_by("pk")
        for theme in concept.themes.all()
    }

    response = client.get("/palette.css")

    assert len(colours) == 2
    assert response.headers["Content-Type"] == "text/css"
    assert response.headers["Cache-Control"] == "max-age=300, public"
    assert response.content.decode() == palette_css(tokens, colours)


def test_icon_is_where_browsers_look_for_it(demo_city: Municipality, client: Client) -> None:
    location = client.get("/favicon.ico").headers["Location"]

    assert location.startswith("/static/core/favicon.")


def test_pages_are_compressed_and_known_again(demo_city: Municipality, client: Client) -> None:
    response = client.get("/de/", headers={"accept-encoding": "gzip"})
    again = client.get("/de/", headers={"if-none-match": client.get("/de/").headers["ETag"]})

    assert response.headers["Content-Encoding"] == "gzip"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/de", "/de/massnahmen", "/de/massnahmen/2.3"])
def test_missing_slash_is_added(demo_city: Municipality, client: Client, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response.headers["Location"]) == (301, f"{path}/")


def test_no_answer_sets_a_cookie(demo_city: Municipality, client: Client) -> None:
    paths = [f"/de/{each}" for each in (*PAGES.values(), MISSING)]

    assert [path for path in paths if client.get(path).cookies] == []
