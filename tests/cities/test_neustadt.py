"""A city quite unlike the demo city is shown as it calls itself, without a line of code."""

import csv
import io
from functools import partial
from typing import Final

import pytest
from django.test import Client

from leitbild.accounts.models import Municipality
from leitbild.core.search import fold
from tests.cities.neustadt import MEASURES, neustadt
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.queries import queries_of

PAGES: Final = {
    "home": "",
    "theme": "themen/siebtes/",
    "theme without a vision": "themen/zwoelftes/",
    "list": "massnahmen/",
    "filtered list": "massnahmen/?goal=%C3%84.1&lead=verein&sort=title",
    "longest title": "massnahmen/B-001/",
    "longest word": "massnahmen/B-002/",
    "emoji": "massnahmen/B-003/",
    "markup": "massnahmen/%C3%9C.4_b/",
    "long link": "massnahmen/B-005/",
    "mixed scripts": "massnahmen/B-007/",
    "arrival": "ankommen/",
    "concept": "konzept/",
    "search": "suche/?q=b-00",
    "imprint": "impressum/",
    "accessibility": "barrierefreiheit/",
}


def test_example_is_as_hard_as_it_claims() -> None:
    titles = [each["title"]["de"] for each in neustadt()["measures"]]

    assert len(titles) == MEASURES
    assert max(map(len, titles)) == 300
    assert max(len(word) for title in titles for word in title.split()) > 90


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("page", PAGES.values())
def test_page_is_whole(
    neustadt_town: Municipality, client: Client, language: str, page: str
) -> None:
    response = client.get(f"/{language}/{page}")

    assert response.status_code == 200
    assert_valid(response)


@pytest.mark.parametrize(
    ("language", "direction"), [("de", "ltr"), ("ar", "rtl"), ("uk", "ltr"), ("fa", "rtl")]
)
def test_every_language_has_its_direction(
    neustadt_town: Municipality, client: Client, language: str, direction: str
) -> None:
    root = parsed(client.get(f"/{language}/"))

    assert (root.attrib["lang"], root.attrib["dir"]) == (language, direction)


def test_home_has_all_stones_in_two_bands(neustadt_town: Municipality, client: Client) -> None:
    root = parsed(client.get("/de/"))

    assert len(by_class(root, "stone-link")) == MEASURES
    assert [words(each) for each in by_class(root, "band__name")] == [
        "Wirtschaftsförderungszuständigkeitsbereiche",
        "Rat",
    ]


def test_levels_are_called_as_the_city_calls_them(
    neustadt_town: Municipality, client: Client
) -> None:
    home, theme, first = (
        words(next(parsed(client.get(f"/de/{path}")).iter("body")))
        for path in ("", "themen/siebtes/", "massnahmen/B-001/")
    )
    listing = parsed(client.get("/de/massnahmen/"))
    arabic = parsed(client.get("/ar/massnahmen/"))

    facets = [words(next(each.iter("summary"))) for each in by_class(listing, "facet")]
    assert "2 Handlungsfelder · 90 Bausteine" in home
    assert "Handlungsfeld 7" in theme
    assert "Zukunftsbild" in theme
    assert "Baustein B-001" in first
    assert "Leitziel L-1" in first
    assert words(next(listing.iter("h1"))) == "Bausteine"
    assert facets[:2] == ["Handlungsfeld", "Leitziel"]
    assert words(next(arabic.iter("h1"))) == "لبنات"


@pytest.mark.parametrize(
    "path", ["", "themen/siebtes/", "massnahmen/", "massnahmen/B-001/", "suche/"]
)
def test_no_level_is_called_as_in_the_demo_city(
    neustadt_town: Municipality, client: Client, path: str
) -> None:
    text = words(next(parsed(client.get(f"/de/{path}")).iter("body")))

    others = ("Handlungsempfehlung", "Themenfeld", "Maßnahme", "Kaiserslautern")
    assert [word for word in others if word in text] == []


def test_colours_are_the_citys_own(neustadt_town: Municipality, client: Client) -> None:
    css = client.get("/palette.css").content.decode()

    assert "--accent:#5a1e8c" in css
    assert "--accent:#d3b3f5" in css
    assert "--theme:#7a3b00" in css


def test_missing_theme_colour_comes_from_the_palette(neustadt_town: Municipality) -> None:
    colours = {each.number: each.colour for each in neustadt_town.concepts.get().themes.all()}

    assert colours[7] == "#7a3b00"
    assert len(colours[12]) == 7


def test_longest_title_is_whole_everywhere(neustadt_town: Municipality, client: Client) -> None:
    title = next(each["title"]["de"] for each in neustadt()["measures"] if each["code"] == "B-001")

    for path in ("", "themen/siebtes/", "massnahmen/", "massnahmen/B-001/", "konzept/"):
        assert title in words(parsed(client.get(f"/de/{path}"))), path


def test_table_holds_all_measures_and_no_formula(
    neustadt_town: Municipality, client: Client
) -> None:
    content = client.get("/de/massnahmen/tabelle.csv").content.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))[1:]
    by_code = {row[0]: row for row in rows}
    assert len(rows) == MEASURES
    assert by_code["Ü.4_b"][2] == '\'=HYPERLINK("https://neustadt.example")'
    assert by_code["B-008"][1] == "'-1 Euro für die Statistik"
    assert [row[0] for row in rows if any(cell[:1] in "=+-@" and cell for cell in row)] == []


@pytest.mark.parametrize(
    ("language", "query", "found"),
    [
        ("de", "rindfleischetikettierung", "B-002"),
        ("de", "🎉", "B-003"),
        ("uk", "свято", "B-003"),
        ("ar", "أخيراً", "B-006"),
        ("ar", "اخيرا", "B-006"),
        ("fa", "پایان", "B-006"),
        ("de", "<b>fett</b>", "Ü.4_b"),
        ("de", "-1 Euro", "B-008"),
    ],
)
def test_every_script_is_searched(
    neustadt_town: Municipality, client: Client, language: str, query: str, found: str
) -> None:
    root = parsed(client.get(f"/{language}/suche/", {"q": query}))

    codes = [words(by_class(each, "numeral")[0]) for each in by_class(root, "hits__item")]
    marked = {fold(words(each)) for each in root.iter("mark")}
    assert codes == [found]
    assert marked == set(fold(query).split())


@pytest.mark.everywhere
def test_cost_is_that_of_any_city(neustadt_town: Municipality, client: Client) -> None:
    costs = [len(queries_of(partial(client.get, f"/uk/{page}"))) for page in PAGES.values()]

    assert max(costs) <= 12
