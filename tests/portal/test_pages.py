"""What holds for every page: it answers, is valid, costs few queries, and only reads."""

import re
from functools import partial
from typing import Final

import pytest
from django.test import Client
from django.urls import resolve
from django.utils.translation import override

from leitbild.accounts.models import Municipality
from leitbild.plan.models import Theme
from leitbild.portal.urls import urlpatterns
from tests.elements import by_class, links, parsed, words
from tests.markup import assert_valid
from tests.pages import MACHINES, MISSING, PAGES
from tests.portal.conftest import Visit
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, report_on, settle

EVERYWHERE: Final = pytest.mark.everywhere
# English texts are found by the same queries as Arabic ones.
LANGUAGES: Final = (
    pytest.param("de", marks=EVERYWHERE),
    pytest.param("en", marks=pytest.mark.page),
    pytest.param("ar", marks=EVERYWHERE),
)
MOST_QUERIES: Final = 12
DOWNLOADS: Final = (
    "massnahmen/tabelle.csv",
    "massnahmen/tabelle.xlsx",
    "was-fehlt/tabelle.csv",
)
FEEDS: Final = ("neues.atom", "themen/sprachfoerderung/neues.atom", "massnahmen/2.3/neues.atom")
BESIDE: Final = (
    "themen/",
    "konzept/2022/fassungen/1/konzept.pdf",
    "konzept/2022/fassungen/1/vergleich/1/",
    "anhang/1/",
    "folgen/",
    "folgen/gesendet/",
    "folgen/bestaetigen/unbekannt/",
    "folgen/meine/unbekannt/",
)
"""Addresses that are no page of their own, or that answer only with a token or another version."""
GROWN: Final = (
    "",
    "themen/bildung/",
    "massnahmen/?q=vorhaben&state=under_way&sort=lead",
    "massnahmen/1.1/",
    "massnahmen/1.1/neues.atom",
    "themen/bildung/neues.atom",
    "neues.atom",
    "neues/?theme=1",
    "was-fehlt/",
    "ankommen/",
    "konzept/",
    "suche/?q=vorhaben",
    "impressum/",
    DOWNLOADS[0],
    DOWNLOADS[2],
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [*PAGES.values(), MISSING])
def test_page_is_whole(visit: Visit, language: str, page: str) -> None:
    seen = visit(f"/{language}/{page}")

    assert seen.response.status_code == (404 if page == MISSING else 200)
    assert seen.response.headers["Content-Language"] == language
    assert_valid(seen.response)
    assert len(seen.queries) <= MOST_QUERIES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES.values())
def test_page_says_its_language_and_names_the_others(
    visit: Visit, language: str, page: str
) -> None:
    root = visit(f"/{language}/{page}").root

    alternates = {
        link.attrib["hreflang"]: link.attrib["href"]
        for link in root.iter("link")
        if link.attrib["rel"] == "alternate" and "type" not in link.attrib
    }
    menu = [words(each) for each in by_class(root, "menu__list")[0].iter("a")]
    assert root.attrib["lang"] == language
    assert root.attrib["dir"] == ("rtl" if language == "ar" else "ltr")
    assert alternates == {
        each: f"http://testserver/{each}/{page}" for each in ("de", "en", "ar", "uk")
    }
    assert menu == ["Deutsch", "English", "العربيّة", "Українська"]


@pytest.mark.parametrize("page", PAGES.values())
def test_page_has_one_title_and_one_heading(visit: Visit, page: str) -> None:
    root = visit(f"/de/{page}").root

    [title], [heading] = list(root.iter("title")), list(root.iter("h1"))
    assert words(title).endswith(" – Kaiserslautern")
    assert words(heading)


def test_titles_tell_pages_apart(visit: Visit) -> None:
    different = [PAGES[name] for name in PAGES if "list" not in name and "search" not in name]

    titles = {words(next(visit(f"/de/{page}").root.iter("title"))) for page in different}

    # Home and the concept in force bear its name both.
    assert len(titles) == len(different) - 1


@pytest.mark.parametrize("page", [*PAGES.values(), MISSING])
def test_page_holds_nothing_inline_and_nobody_elses(visit: Visit, page: str) -> None:
    root = visit(f"/de/{page}").root

    loaded = [
        each.attrib.get("src") or each.attrib["href"]
        for each in root.iter()
        if "src" in each.attrib
        or (each.tag == "link" and each.attrib["rel"] not in {"alternate", "canonical"})
    ]
    attributes = {name for each in root.iter() for name in each.attrib}
    assert [each for each in loaded if not each.startswith("/") or each.startswith("//")] == []
    assert list(root.iter("style")) == []
    assert [each for each in root.iter("script") if "src" not in each.attrib] == []
    assert [name for name in attributes if name == "style" or name.startswith("on")] == []


def test_every_link_inside_leads_to_a_page(visit: Visit, client: Client) -> None:
    found = {
        target.split("#")[0]
        for page in PAGES.values()
        for target in links(visit(f"/de/{page}").root)
        if target.startswith("/de/") and "?" not in target
    }

    assert len(found) > 45
    assert [each for each in sorted(found) if client.get(each).status_code != 200] == []


def test_cost_does_not_depend_on_the_number_of_measures(db: None, client: Client) -> None:
    town = settle(plan(measure("1.1", lead="schulamt")))
    report_on(town, "1.1", "planned")
    # Arabic, because a translation costs one query more than the source language.
    few = {page: queries_of(partial(client.get, f"/ar/{page}")) for page in GROWN}

    grow(town, 499)

    assert client.get("/de/massnahmen/").content.count(b"<tr") == 1 + 500
    for page, sent in few.items():
        many = queries_of(partial(client.get, f"/ar/{page}"))
        assert_same_number(sent, many)
        assert len(many) <= MOST_QUERIES


def _body(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_no_address_costs_many_queries(demo_city: Municipality, client: Client) -> None:
    # Arabic, because a translation costs one query more than the source language.
    in_arabic = re.findall(r"<loc>http://testserver(/ar/.*?)</loc>", _body(client, "/sitemap.xml"))
    paths = [
        *(f"/{each}" for each in MACHINES),
        *in_arabic,
        *(f"/ar/{each}" for each in (*PAGES.values(), *DOWNLOADS, *FEEDS, *BESIDE, MISSING)),
    ]

    costs = {path: len(queries_of(partial(client.get, path))) for path in paths}

    with override("ar"):
        reached = {
            resolve(path.partition("?")[0]).url_name for path in costs if MISSING not in path
        }
    assert len(in_arabic) > 50
    assert {each.name for each in urlpatterns} - reached == set()
    assert {path: number for path, number in costs.items() if number > MOST_QUERIES} == {}


@pytest.mark.parametrize("path", ["/de/", "/de/massnahmen/", "/healthz", "/palette.css"])
def test_head_is_answered_like_get_without_a_body(
    demo_city: Municipality, client: Client, path: str
) -> None:
    response = client.head(path)

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(demo_city: Municipality, client: Client, method: str) -> None:
    paths = [
        "/",
        *(f"/{each}" for each in MACHINES),
        *(f"/de/{each}" for each in PAGES.values()),
        "/de/themen/",
        "/favicon.ico",
        "/de/folgen/gesendet/",
        *(f"/de/{each}" for each in (*DOWNLOADS, *FEEDS)),
    ]

    allowed = [path for path in paths if getattr(client, method)(path).status_code != 405]

    assert allowed == []


def test_every_address_is_tested() -> None:
    assert {each.name for each in urlpatterns} == {
        "home", "themes", "theme", "measures", "measures-csv", "measures-xlsx", "measure",
        "arrival", "concept", "edition", "edition-comparison", "search",
        "accessibility", "privacy", "imprint",
        "publications", "publication", "publication-pdf", "changes", "comparison",
        "news", "news-feed", "theme-feed", "measure-feed", "missing", "missing-csv",
        "attachment",
        # Tested in views/test_following.py: their forms are the only ones of the portal.
        "follow", "follow-sent", "follow-confirm", "following",
    }  # fmt: skip


def test_draft_is_nowhere(demo_city: Municipality, client: Client) -> None:
    draft = {"slug": "2040", "title": "Okapigehege", "edition": 2040, "status": "draft"}
    settle(plan(measure("1.1", "Okapigehege"), municipality=None, concept=draft))
    paths = [
        "/sitemap.xml",
        *(f"/de/{PAGES[name]}" for name in ("home", "arrival", "concept", "older edition")),
        *(f"/de/{each}?q=okapi" for each in ("massnahmen/", "suche/", *DOWNLOADS)),
    ]

    shown = [
        path
        for path in paths
        if (content := client.get(path).content) and (b"gehege" in content or b"2040" in content)
    ]

    assert shown == []
    assert client.get("/de/konzept/2040/").status_code == 404
    number = Theme.objects.get(concept__slug="2040").pk
    assert f"theme-{number}{{" not in client.get("/palette.css").content.decode()


@pytest.mark.parametrize("path", ["", "massnahmen/", "suche/?q=a", "ankommen/", "konzept/"])
def test_town_without_a_public_concept_says_so(db: None, client: Client, path: str) -> None:
    draft = {"slug": "a", "title": "A", "edition": 2020, "status": "draft"}
    settle(plan(measure("1.1"), concept=draft))

    response = client.get(f"/de/{path}")

    assert response.status_code == (404 if path else 200)
    assert len(by_class(parsed(response), "empty")) == 1
    assert_valid(response)
