"""The first page: the concept at a glance, its news, whom to ask."""

import pytest
from django.test import Client

from leitbild.accounts.models import Municipality
from leitbild.delivery.queries import NO_NEWS, state_names
from leitbild.plan.models import Measure
from tests.elements import by_class, drawn, links, parsed, words
from tests.portal.conftest import Visit
from tests.towns import measure, plan, report_on, settle


@pytest.mark.parametrize("language", ["de", "en", "ar", "uk"])
def test_home_shows_32_stones_in_5_themes_each_a_link_with_a_name(
    visit: Visit, language: str
) -> None:
    root = visit(f"/{language}/").root

    stones = by_class(root, "stone-link")
    codes = [words(by_class(stone, "numeral")[0]) for stone in stones]
    assert len(by_class(root, "band")) == 5
    assert len(stones) == len(set(codes)) == 32
    assert [stone.attrib["href"] for stone in stones] == [
        f"/{language}/massnahmen/{code}/" for code in codes
    ]
    assert all(
        len(words(stone)) > len(code) + 10 for stone, code in zip(stones, codes, strict=True)
    )


@pytest.mark.parametrize(("language", "locale"), [("de", "de_DE"), ("uk", "uk_UA"), ("ar", "ar")])
def test_shared_address_names_language_and_country(
    visit: Visit, language: str, locale: str
) -> None:
    html = visit(f"/{language}/").response.content.decode()

    assert f'<meta property="og:locale" content="{locale}">' in html


def test_shared_address_shows_a_picture_that_is_there(visit: Visit, client: Client) -> None:
    [picture] = [
        each.attrib["content"]
        for each in visit("/de/").root.iter("meta")
        if each.attrib.get("property") == "og:image"
    ]

    assert picture.startswith("http://testserver/static/")
    answer = client.get(picture.removeprefix("http://testserver"))
    answer.getvalue()  # a file is read to its end, and so closed
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")


def test_stone_says_its_measure_and_state(db: None, client: Client) -> None:
    town = settle(plan(measure("1.1", "Lesen"), measure("1.2", "Rechnen")))
    report_on(town, "1.1", "done")

    stones = by_class(parsed(client.get("/de/")), "stone-link")

    forms = [drawn(stone) for stone in stones]
    assert forms == ["#stone-done", "#stone-no_news"]
    assert [words(stone).split(":")[0] for stone in stones] == ["1.1 Lesen", "1.2 Rechnen"]


def test_theme_says_how_many_measures_are_in_which_state(visit: Visit) -> None:
    bands = by_class(visit("/de/").root, "band")

    said = [[words(each) for each in by_class(band, "counts__item")] for band in bands]
    stones = [len(by_class(band, "stone-link")) for band in bands]
    assert [sum(int(each.split()[0]) for each in counts) for counts in said] == stones
    assert all(len(each.split()) > 1 for counts in said for each in counts)


def test_legend_counts_every_measure_once(visit: Visit) -> None:
    root = visit("/de/").root

    counts = [int(words(each)) for each in by_class(root, "legend__count")]
    states = [link.rpartition("=")[2] for link in links(by_class(root, "legend")[0])]
    assert sum(counts) == 32
    assert [name for name in state_names() if name in states] == states
    assert states[-1] == NO_NEWS


def test_latest_news_are_six_newest_first(visit: Visit) -> None:
    root = visit("/de/").root

    days = [each.attrib["datetime"] for each in by_class(root, "news")[0].iter("time")]
    assert len(days) == 6
    assert days == sorted(days, reverse=True)


def test_home_without_news_says_so(db: None, client: Client) -> None:
    settle(plan(measure("1.1")))

    root = parsed(client.get("/de/"))

    assert by_class(root, "news") == []
    assert len(by_class(root, "empty")) == 1


def test_home_without_themes_says_so(db: None, client: Client) -> None:
    settle(plan(themes=[], goals=[]))

    root = parsed(client.get("/de/"))

    assert by_class(root, "band") == by_class(root, "legend") == []
    assert len(by_class(root, "empty")) == 2


def test_goal_without_measures_keeps_its_row(db: None, client: Client) -> None:
    settle(plan())

    root = parsed(client.get("/de/"))

    assert [words(each) for each in by_class(root, "band__goal")] == ["Jedes Kind liest."]
    assert by_class(root, "stone-link") == []


def test_samples_are_marked(demo_city: Municipality, visit: Visit, client: Client) -> None:
    news = by_class(visit("/de/").root, "news")[0]

    assert len(by_class(news, "sample")) == 6
    assert Measure.objects.filter(sample=False, concept__slug="2022").count() == 0


def test_titles_are_escaped_everywhere(db: None, client: Client) -> None:
    nasty = "<script>alert(1)</script> & \"'><img src=x>"
    town = settle(
        plan(
            measure("1.1", nasty, summary=nasty, text=nasty, lead="boes"),
            themes=[{"number": 1, "slug": "a", "name": nasty, "vision": nasty}],
            goals=[{"code": "1a", "theme": 1, "title": nasty, "text": nasty}],
            organisations=[{"slug": "boes", "name": nasty}],
            stages=[{"slug": "ankommen", "name": nasty, "description": nasty}],
            concept={"slug": "2025", "title": nasty, "edition": 2025, "purpose": nasty},
            municipality={
                "slug": "a",
                "name": nasty,
                "languages": ["de", "ar"],
                "terminology": {"measure": {"de": {"one": nasty, "many": nasty}}},
            },
        )
    )
    report_on(town, "1.1", "done")
    pages = (
        "",
        "themen/a/",
        "massnahmen/",
        "massnahmen/1.1/",
        "ankommen/",
        "konzept/",
        "impressum/",
    )
    asked = ("suche/?q=script", "massnahmen/?q=script&lead=boes", "suche/?q=<script>", "<script>/")

    for page in (*pages, *asked):
        for language in ("de", "ar"):
            html = client.get(f"/{language}/{page}").content.decode()
            assert html.count("<script") == 1, page
            assert "<img" not in html, page
