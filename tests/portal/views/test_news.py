"""All public news: page by page, by theme."""

import datetime as dt

import pytest
from django.test import Client

from leitbild.accounts.models import Municipality
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.models import Measure
from leitbild.portal.views.news import PAGE_SIZE
from tests.elements import by_class, links, parsed, words
from tests.markup import assert_valid
from tests.portal.conftest import Visit
from tests.towns import measure, plan, report_on, settle


@pytest.fixture
def town(db: None) -> Municipality:
    themes = [{"number": each, "slug": f"t{each}", "name": f"T{each}"} for each in (1, 2, 3)]
    goals = [{"code": f"{each}a", "theme": each, "title": "Z"} for each in (1, 2, 3)]
    measures = [measure("1.1"), measure("2.1", "Bauen", goals=["2a"])]
    own = {"slug": "a", "name": "A", "languages": ["de", "en"]}
    town = settle(plan(*measures, themes=themes, goals=goals, municipality=own))
    report_on(town, "2.1", "delayed", "2025-01-01")
    ProgressUpdate.objects.bulk_create(
        ProgressUpdate(
            measure=Measure.objects.get(code="1.1"),
            date=dt.date(2025, 2, 1) + dt.timedelta(days=each),
            state="under_way",
            kind="confirmed",
        )
        for each in range(PAGE_SIZE)
    )
    return town


def test_news_is_turned_page_by_page_to_the_oldest(town: Municipality, client: Client) -> None:
    first, last, beyond = (
        parsed(client.get(f"/en/neues/{query}")) for query in ("", "?page=2", "?page=99")
    )

    assert len(by_class(first, "news__item")) == PAGE_SIZE
    assert [words(each) for each in by_class(last, "news__item")] == [
        "1 January 2025 2.1 Bauen delayed Bericht zu 2.1 Reason: Grund bei 2.1"
    ]
    assert len(by_class(beyond, "news__item")) == 1
    assert links(by_class(first, "pages")[0]) == ["?page=1", "?page=2"]
    assert "confirmed unchanged" in words(by_class(first, "news__item")[0])


def test_news_of_a_theme_has_its_own_feed(town: Municipality, client: Client) -> None:
    page = parsed(client.get("/de/neues/?theme=2"))

    current = [words(each) for each in page.iter("a") if each.attrib.get("aria-current") == "page"]
    feeds = [
        each.attrib["href"]
        for each in page.iter("link")
        if each.attrib.get("type") == "application/atom+xml"
    ]
    assert len(by_class(page, "news__item")) == 1
    assert "2 T2" in current
    assert feeds == ["/de/neues.atom", "/de/themen/t2/neues.atom"]


@pytest.mark.parametrize(
    ("query", "items", "ways"),
    [
        ("?theme=3", 0, []),
        ("?theme=9", 0, ["/de/neues/"]),
        ("?theme=x", PAGE_SIZE, None),
        ("?theme=-1", PAGE_SIZE, None),
        ("?theme=99999999999999999999", PAGE_SIZE, None),
    ],
)
def test_theme_without_news_and_no_theme_are_told_apart(
    town: Municipality, client: Client, query: str, items: int, ways: list[str] | None
) -> None:
    response = client.get(f"/de/neues/{query}")

    page = parsed(response)
    assert_valid(response)
    assert len(by_class(page, "news__item")) == items
    assert [links(each) for each in by_class(page, "empty")] == ([] if ways is None else [ways])


def test_home_leads_to_all_news_and_to_what_is_missing(visit: Visit) -> None:
    found = links(by_class(visit("/de/").root, "home__more")[0])

    assert {"/de/neues/", "/de/was-fehlt/"} <= set(found)
