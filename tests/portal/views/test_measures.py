"""Measures: the list, its downloads, and each measure's own page."""

import csv
import io
from typing import Final

import pytest
from django.test import Client
from python_calamine import load_workbook

from leitbild.accounts.models import Municipality
from tests.elements import by_class, drawn, links, parsed, words
from tests.portal.conftest import Visit
from tests.towns import measure, plan, report_on, settle

QUERIES: Final = (
    "",
    "?theme=2&theme=3&state=under_way&state=done&sort=title",
    "?q=sprache&sort=news",
    "?lead=-",
    "?q=xyzzy",
    "?theme=99&sort=sideways",
)


def listed(visit: Visit, query: str, language: str = "de") -> list[str]:
    root = visit(f"/{language}/massnahmen/{query}").root
    return [words(each) for each in by_class(root, "measures__code")]


def test_list_shows_32_measures(visit: Visit) -> None:
    codes = listed(visit, "")

    themes = {code.split(".")[0] for code in codes}
    assert len(codes) == len(set(codes)) == 32
    assert themes == {"1", "2", "3", "4", "5"}


def test_row_says_state_and_lead_or_that_there_is_none(visit: Visit) -> None:
    root = visit("/de/massnahmen/").root

    [row] = [each for each in root.iter("tr") if "4.5" in words(each).split()]
    assert drawn(row) == "#stone-no_news"
    assert len(by_class(row, "gap")) == 2


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("query", QUERIES)
def test_csv_holds_exactly_what_is_shown(
    visit: Visit, client: Client, language: str, query: str
) -> None:
    response = client.get(f"/{language}/massnahmen/tabelle.csv{query}")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == listed(visit, query, language)
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="kaiserslautern-2022.csv"'
    )


@pytest.mark.parametrize("query", QUERIES)
def test_workbook_holds_the_same_as_csv(
    demo_city: Municipality, client: Client, query: str
) -> None:
    table = client.get(f"/de/massnahmen/tabelle.csv{query}").content.decode("utf-8-sig")
    response = client.get(f"/de/massnahmen/tabelle.xlsx{query}")

    sheet = load_workbook(io.BytesIO(response.content)).get_sheet_by_index(0)
    assert sheet.to_python() == list(csv.reader(io.StringIO(table, newline=""), delimiter=";"))
    assert response.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("query", QUERIES[:4])
def test_downloads_linked_are_those_of_the_same_address(visit: Visit, query: str) -> None:
    root = visit(f"/de/massnahmen/{query}").root

    head = links(by_class(root, "listing__head")[0])
    assert [each.partition("?")[0] for each in head] == [
        "/de/massnahmen/tabelle.csv",
        "/de/massnahmen/tabelle.xlsx",
    ]
    assert {each.partition("?")[2] for each in head} == {query.removeprefix("?")}


def test_chips_lead_to_the_list_without_them(visit: Visit) -> None:
    root = visit("/de/massnahmen/?theme=2&state=done&sort=title").root

    chips = [each.attrib["href"] for each in by_class(root, "chip")]
    assert chips == ["?state=done&sort=title", "?theme=2&sort=title"]


def test_filters_keep_what_is_chosen(visit: Visit) -> None:
    root = visit("/de/massnahmen/?theme=2&state=done&q=a&sort=title").root

    inputs = list(root.iter("input"))
    checked = {
        (each.attrib["name"], each.attrib["value"]) for each in inputs if "checked" in each.attrib
    }
    [chosen] = [each for each in root.iter("option") if "selected" in each.attrib]
    assert checked == {("theme", "2"), ("state", "done")}
    assert [each.attrib["value"] for each in inputs if each.attrib["name"] == "q"] == ["a"]
    assert chosen.attrib["value"] == "title"


def test_sorted_column_says_so(visit: Visit) -> None:
    root = visit("/de/massnahmen/?sort=title").root

    columns = [
        each.attrib.get("aria-sort") for each in root.iter("th") if each.attrib["scope"] == "col"
    ]
    assert columns == [None, "ascending", None, None, None]


@pytest.mark.parametrize(
    ("query", "notices"),
    [("", 0), ("?theme=1", 0), ("?theme=99", 1), ("?q=" + "x" * 201, 1), ("?q=" + "x" * 200, 0)],
)
def test_what_cannot_be_done_is_told(visit: Visit, query: str, notices: int) -> None:
    assert len(by_class(visit(f"/de/massnahmen/{query}").root, "notice")) == notices


def test_nothing_found_is_told_with_a_way_back(visit: Visit) -> None:
    [empty] = by_class(visit("/de/massnahmen/?q=xyzzy").root, "empty")

    assert links(empty) == ["/de/massnahmen/"]


def test_concept_without_measures_is_told(db: None, client: Client) -> None:
    settle(plan())

    [empty] = by_class(parsed(client.get("/de/massnahmen/")), "empty")

    assert links(empty) == []


def test_found_words_are_marked(visit: Visit) -> None:
    root = visit("/de/massnahmen/?q=LERNPATEN").root

    assert {words(each).lower() for each in root.iter("mark")} == {"lernpaten"}


def test_measure_tells_all_it_has(visit: Visit) -> None:
    root = visit("/de/massnahmen/2.3/").root

    updates = by_class(root, "timeline__item--update")
    days = [next(each.iter("time")).attrib["datetime"] for each in updates]
    assert words(next(root.iter("h1")))
    assert "/de/themen/sprachfoerderung/" in links(root)
    assert len(by_class(by_class(root, "leaf__over")[0], "sample")) == 1
    assert days == sorted(days, reverse=True)
    assert days
    assert [len(by_class(each, "sample")) for each in updates] == [1] * len(updates)


def test_measure_without_news_says_so_and_names_its_gaps(visit: Visit) -> None:
    root = visit("/de/massnahmen/4.5/").root

    assert by_class(root, "timeline__item--update") == []
    assert len(by_class(root, "empty")) == 1
    assert len(by_class(by_class(root, "facts")[0], "gap")) == 2


def test_measure_shows_what_is_not_a_sample_without_the_mark(db: None, client: Client) -> None:
    town = settle(plan(measure("1.1")))
    report_on(town, "1.1", "done")

    assert by_class(parsed(client.get("/de/massnahmen/1.1/")), "sample") == []


@pytest.mark.parametrize(
    ("code", "neighbours"),
    [
        ("1.1", {"next": "1.2"}),
        ("1.7", {"prev": "1.6", "next": "2.1"}),
        ("5.6", {"prev": "5.5"}),
    ],
)
def test_measure_leads_to_its_neighbours(
    visit: Visit, code: str, neighbours: dict[str, str]
) -> None:
    root = visit(f"/de/massnahmen/{code}/").root

    found = {each.attrib["rel"]: each.attrib["href"] for each in by_class(root, "turn")[0]}
    assert found == {rel: f"/de/massnahmen/{each}/" for rel, each in neighbours.items()}


@pytest.mark.parametrize("code", ["9.9", "1", "2.3.1", "2.3%00", "'"])
def test_unknown_measure_is_not_found(visit: Visit, code: str) -> None:
    assert visit(f"/de/massnahmen/{code}/").response.status_code == 404


def test_untranslated_text_carries_its_language(db: None, client: Client) -> None:
    settle(plan(measure("1.1", {"de": "Lesen", "ar": "قراءة"}, text="Ein *Absatz*.")))

    page = parsed(client.get("/ar/massnahmen/1.1/"))

    [text] = [each for each in by_class(page, "prose") if "Absatz" in words(each)]
    goal = next(each for each in page.iter("span") if words(each) == "Jedes Kind liest.")
    assert (text.attrib["lang"], text.attrib["dir"]) == ("de", "ltr")
    assert (goal.attrib["lang"], goal.attrib["dir"]) == ("de", "ltr")
    assert [dict(each.attrib) for each in page.iter("h1")] == [{}]
    assert len(by_class(page, "notice")) == 1
