"""The list gives what its address asks for: filters, words, order, and ways back."""

import datetime as dt
from typing import Any, Final
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict

from leitbild.accounts.models import Municipality
from leitbild.portal.forms import MeasureFilter
from leitbild.portal.listing import PAGE_SIZE, Listing
from leitbild.portal.reading import Reading
from tests.towns import grow, measure, plan, report_on, settle

LISTS: Final[dict[str, Any]] = {
    "stages": [{"slug": "ankommen", "name": "Ankommen"}, {"slug": "einleben", "name": "Einleben"}],
    "target_groups": [{"slug": "eltern", "name": "Eltern"}, {"slug": "kinder", "name": "Kinder"}],
    "themes": [
        {"number": 1, "slug": "bildung", "name": "Bildung"},
        {"number": 2, "slug": "wohnen", "name": "Wohnen"},
    ],
    "goals": [
        {"code": "1a", "theme": 1, "title": "Lesen"},
        {"code": "2a", "theme": 2, "title": "Wohnen"},
        {"code": "2b", "theme": 2, "title": "Bauen"},
    ],
}
ALL: Final = ["1.1", "1.2", "2.1", "2.2"]


@pytest.fixture
def town(db: None) -> Municipality:
    town = settle(
        plan(
            measure(
                "1.1",
                {"de": "Öffnung", "ar": "افتتاح"},
                goals=["1a", "2a"],
                stages=["ankommen"],
                target_groups=["eltern", "kinder"],
                lead="schulamt",
                start=2026,
            ),
            measure("1.2", "Straße", kind="permanent", stages=["einleben"], start="2025-05-01"),
            measure(
                "2.1",
                "apfel",
                summary="Obst für Eltern",
                goals=["2a"],
                lead="amt-fuer-bau",
                target_groups=["kinder"],
            ),
            measure("2.2", "Zaun", goals=["2b"], text="Am Ende.", partners=["schulamt"]),
            **LISTS,
        )
    )
    report_on(town, "1.1", "done", "2025-01-01")
    report_on(town, "2.1", "under_way", "2025-03-01")
    report_on(town, "2.2", "done", "2025-02-01")
    return town


def listing(town: Municipality, query: str, language: str = "de") -> Listing:
    page = Reading(Municipality.objects.get(pk=town.pk), language)
    return Listing(QueryDict(query), page.outline(), page.standings, page.terms)


def shown(town: Municipality, query: str, language: str = "de") -> list[str]:
    return [item.entry.measure.code for item in listing(town, query, language).items]


def counts(town: Municipality, query: str, name: str) -> dict[str, int]:
    [facet] = [each for each in listing(town, query).facets if each.name == name]
    return {option.value: option.count for option in facet.options}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ALL),
        ("theme=1", ["1.1", "1.2"]),
        ("goal=2a", ["1.1", "2.1"]),
        ("state=done", ["1.1", "2.2"]),
        ("state=no_news", ["1.2"]),
        ("news=closed", ["1.1", "2.2"]),
        ("news=silent", ["1.2", "2.1"]),
        ("news=fresh", ALL),
        ("stage=einleben", ["1.2"]),
        ("group=kinder", ["1.1", "2.1"]),
        ("lead=schulamt", ["1.1"]),
        ("lead=-", ["1.2", "2.2"]),
        ("kind=permanent", ["1.2"]),
    ],
)
def test_facet_filters(town: Municipality, query: str, codes: list[str]) -> None:
    assert shown(town, query) == codes


def test_values_of_one_facet_are_alternatives(town: Municipality) -> None:
    assert shown(town, "state=done&state=no_news") == ["1.1", "1.2", "2.2"]


def test_facets_narrow_each_other(town: Municipality) -> None:
    assert shown(town, "state=done&theme=2") == ["2.2"]
    assert shown(town, "state=no_news&theme=2") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("offnung", ["1.1"]),
        ("STRASSE", ["1.2"]),
        ("stra%C3%9Fe", ["1.2"]),
        ("eltern", ["2.1"]),
        ("ende", ["2.2"]),
        ("schulamt", ["1.1", "2.2"]),
        ("2.", ["2.1", "2.2"]),
        ("obst+bau", ["2.1"]),
        ("obst+ende", []),
        ("++", ALL),
    ],
)
def test_words_are_looked_for_in_everything_said(
    town: Municipality, text: str, codes: list[str]
) -> None:
    assert shown(town, f"q={text}") == codes


def test_words_are_looked_for_in_the_readers_language(town: Municipality) -> None:
    assert shown(town, "q=افتتاح", "ar") == ["1.1"]
    assert shown(town, "q=offnung", "ar") == []
    assert shown(town, "q=strasse", "ar") == ["1.2"]


@pytest.mark.parametrize(
    ("sort", "codes"),
    [
        ("code", ALL),
        ("title", ["2.1", "1.1", "1.2", "2.2"]),
        ("state", ["2.1", "1.1", "2.2", "1.2"]),
        ("start", ["1.2", "1.1", "2.1", "2.2"]),
        ("lead", ["2.1", "1.1", "1.2", "2.2"]),
        ("news", ["2.1", "2.2", "1.1", "1.2"]),
        ("backwards", ALL),
        ("", ALL),
    ],
)
def test_list_is_sorted(town: Municipality, sort: str, codes: list[str]) -> None:
    assert shown(town, f"sort={sort}") == codes


def test_counts_say_what_each_value_would_leave(town: Municipality) -> None:
    assert counts(town, "", "theme") == {"1": 2, "2": 2}
    assert counts(town, "", "group") == {"eltern": 1, "kinder": 2}
    assert counts(town, "", "lead") == {"schulamt": 1, "amt-fuer-bau": 1, "-": 2}


def test_counts_heed_the_other_filters_and_words(town: Municipality) -> None:
    assert counts(town, "theme=2", "theme") == {"1": 2, "2": 2}
    assert counts(town, "theme=2", "state") == {"under_way": 1, "done": 1, "no_news": 0}
    assert counts(town, "q=schulamt", "theme") == {"1": 1, "2": 1}


@pytest.mark.parametrize("name", MeasureFilter.FACETS)
def test_count_is_what_choosing_alone_shows(town: Municipality, name: str) -> None:
    for value, count in counts(town, "", name).items():
        assert len(shown(town, f"{name}={value}")) == count


def test_only_what_occurs_is_offered(town: Municipality) -> None:
    assert list(counts(town, "", "state")) == ["under_way", "done", "no_news"]
    assert list(counts(town, "", "stage")) == ["ankommen", "einleben"]


def test_unknown_values_are_set_aside_and_told(town: Municipality) -> None:
    found = listing(town, "theme=9&theme=1&state=lost&kind=<b>")

    assert [item.entry.measure.code for item in found.items] == ["1.1", "1.2"]
    assert found.form.ignored == ["9", "lost", "<b>"]
    assert [link.href for link in found.active] == ["?theme=9&state=lost&kind=%3Cb%3E"]


def test_long_query_is_cut_and_told(town: Municipality) -> None:
    found = listing(town, "q=" + "straße " * 40)

    assert found.form.too_long
    assert len(found.text) <= 200
    assert [item.entry.measure.code for item in found.items] == ["1.2"]


@pytest.mark.parametrize("query", ["q=" + "x" * 200, "q=", "", "q=%00", "theme=%00", "sort=%00"])
def test_no_other_query_is_too_long(town: Municipality, query: str) -> None:
    assert not listing(town, query).form.too_long


def test_active_filters_are_removable_one_by_one(town: Municipality) -> None:
    query = "q=e&theme=1&theme=2&state=done&sort=title"

    links = {link.label: link.href for link in listing(town, query).active}

    assert [label.split(": ")[-1] for label in links][1:3] == ["1 Bildung", "2 Wohnen"]
    assert [parse_qs(href.removeprefix("?")) for href in links.values()] == [
        {"theme": ["1", "2"], "state": ["done"], "sort": ["title"]},
        {"q": ["e"], "theme": ["2"], "state": ["done"], "sort": ["title"]},
        {"q": ["e"], "theme": ["1"], "state": ["done"], "sort": ["title"]},
        {"q": ["e"], "theme": ["1", "2"], "sort": ["title"]},
    ]


def test_last_filter_removed_is_the_whole_list(town: Municipality) -> None:
    assert [link.href for link in listing(town, "theme=1&sort=code&q=").active] == ["?"]


def test_orders_keep_the_filters(town: Municipality) -> None:
    sorts = listing(town, "theme=1&sort=news").sorts

    assert [name for name, link in sorts.items() if link.current] == ["news"]
    assert sorts["title"].href == "?theme=1&sort=title"
    assert sorts["code"].href == "?theme=1"


def test_downloads_have_the_same_query(town: Municipality) -> None:
    found = listing(town, "theme=1&state=&sort=title&q=")

    assert found.downloads == "?theme=1&sort=title"


def test_facets_have_the_municipalitys_names(town: Municipality) -> None:
    names = {"de": {"one": "Handlungsfeld", "many": "Handlungsfelder"}}
    Municipality.objects.filter(pk=town.pk).update(terminology={"theme": names})

    assert next(facet.label for facet in listing(town, "").facets) == "Handlungsfeld"


def test_facet_value_keeps_the_language_it_is_written_in(town: Municipality) -> None:
    [stages] = [each for each in listing(town, "", "ar").facets if each.name == "stage"]

    assert [(str(each.label), each.label.language) for each in stages.options] == [  # type: ignore[attr-defined] # a LocalText
        ("Ankommen", "de"),
        ("Einleben", "de"),
    ]


def test_moments_are_sorted_by_their_first_day(town: Municipality) -> None:
    starts = [item.entry.measure.start for item in listing(town, "sort=start").items]

    assert starts == [dt.date(2025, 5, 1), dt.date(2026, 1, 1), None, None]


def test_long_list_is_turned_page_by_page(db: None) -> None:
    town = settle(plan(measure("1.1", lead="schulamt")))
    grow(town, PAGE_SIZE)

    first, last, beyond = (
        listing(town, f"sort=title{turn}") for turn in ("", "&page=2", "&page=9&state=under_way")
    )

    assert [len(first.page), len(last.page), len(beyond.page)] == [PAGE_SIZE, 1, PAGE_SIZE]
    assert [(turn.href, turn.current) for turn in last.turns] == [
        ("?sort=title&page=1", False),
        ("?sort=title&page=2", True),
    ]
    assert len(last.items) == PAGE_SIZE + 1
    assert [link.href for link in beyond.active] == ["?sort=title"]


def test_usual_list_stands_on_one_page(town: Municipality) -> None:
    assert listing(town, "page=7").turns == []
