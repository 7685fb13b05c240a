"""Search over the whole concept."""

import pytest
from django.test import Client

from leitbild.accounts.models import Municipality
from tests.elements import by_class, links, parsed, words
from tests.portal.conftest import Visit
from tests.towns import measure, plan, settle


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(
        plan(
            measure("1.1", "Straßenfest", summary="Ein **großes** Fest.", lead="schulamt"),
            measure("1.2", "Garten", text="Vor dem Zaun. " * 30 + "Hinter dem Kürbis. " * 30),
            themes=[
                {"number": 1, "slug": "bildung", "name": "Bildung", "vision": "Fest für alle."}
            ],
            goals=[{"code": "1a", "theme": 1, "title": "Jedes Kind feiert ein Fest."}],
            concept={"slug": "2025", "title": "Plan 2025", "edition": 2025, "purpose": "Feste."},
        )
    )


def hits(client: Client, query: str) -> list[str]:
    return [
        link
        for each in by_class(parsed(client.get(f"/de/suche/?q={query}")), "hits__item")
        for link in links(each)
    ]


def test_all_levels_are_found_from_the_top(town: Municipality, client: Client) -> None:
    assert hits(client, "fest") == [
        "/de/konzept/",
        "/de/themen/bildung/",
        "/de/themen/bildung/#ziel-1a",
        "/de/massnahmen/1.1/",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("STRASSENFEST", ["/de/massnahmen/1.1/"]),
        ("strasse+schulamt", ["/de/massnahmen/1.1/"]),
        ("1.2", ["/de/massnahmen/1.2/"]),
        ("1a", ["/de/themen/bildung/#ziel-1a"]),
        ("kurbis", ["/de/massnahmen/1.2/"]),
        ("kurbis+fest", []),
        ("%00", []),
        ("%F0%9F%98%80", []),
        ("", []),
        ("%20", []),
    ],
)
def test_words_are_found_as_people_type_them(
    town: Municipality, client: Client, query: str, found: list[str]
) -> None:
    assert hits(client, query) == found


def test_excerpt_shows_the_place_without_marks(town: Municipality, client: Client) -> None:
    root = parsed(client.get("/de/suche/?q=kurbis"))

    [hit] = by_class(root, "hits__item")
    excerpt = words(list(hit.iter("p"))[-1])
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert {words(mark) for mark in hit.iter("mark")} == {"Kürbis"}
    assert "*" not in words(by_class(parsed(client.get("/de/suche/?q=strassenfest")), "hits")[0])


def test_number_of_hits_is_announced(town: Municipality, client: Client) -> None:
    root = parsed(client.get("/de/suche/?q=fest"))

    [status] = [each for each in root.iter() if each.attrib.get("role") == "status"]
    assert words(status).startswith("4 ")


def test_nothing_found_is_told_with_a_way_on(town: Municipality, client: Client) -> None:
    [empty] = by_class(parsed(client.get("/de/suche/?q=xyzzy")), "empty")

    assert links(empty) == ["/de/massnahmen/"]


@pytest.mark.parametrize(("length", "notices"), [(200, 0), (201, 1)])
def test_long_query_is_told(town: Municipality, client: Client, length: int, notices: int) -> None:
    root = parsed(client.get("/de/suche/?q=" + "x" * length))

    [typed] = [each for each in root.iter("input") if each.attrib["name"] == "q"]
    assert len(by_class(root, "notice")) == notices
    assert typed.attrib["value"] == "x" * 200


def test_what_was_typed_is_escaped(town: Municipality, client: Client) -> None:
    html = client.get('/de/suche/?q="><script>x</script>').content.decode()

    assert html.count("<script") == 1
    assert 'value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"' in html


def test_search_is_not_indexed(visit: Visit) -> None:
    root = visit("/de/suche/").root

    robots = [
        each.attrib["content"] for each in root.iter("meta") if each.attrib.get("name") == "robots"
    ]
    assert robots == ["noindex"]


def test_arabic_is_found_without_its_vowel_signs(db: None, client: Client) -> None:
    settle(plan(measure("1.1", {"de": "Schule", "ar": "مَدْرَسَةٌ"})))

    root = parsed(client.get("/ar/suche/?q=مدرسة"))

    assert [words(mark) for mark in root.iter("mark")] == ["مَدْرَسَةٌ"]
