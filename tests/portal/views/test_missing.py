"""What is missing: by who leads it, in words and as a table, where the city shows it."""

import csv
import io
from functools import partial

import pytest
from django.test import Client

from leitbild.accounts.models import Municipality
from leitbild.delivery.models import Money
from leitbild.plan.models import Measure
from tests.elements import by_class, links, parsed, words
from tests.markup import assert_valid
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

PAGES = ("/en/was-fehlt/", "/en/was-fehlt/tabelle.csv")
HIDDEN = {"gaps": "observers"}


@pytest.fixture
def town(db: None) -> Municipality:
    own = {"slug": "a", "name": "A", "languages": ["de", "en", "ar"]}
    measures = (
        measure("1.1", lead="schulamt", start=2025),
        measure("1.2", "Rechnen"),
        measure("1.3", "Singen", lead="schulamt", start=2025),
    )
    town = settle(plan(*measures, municipality=own))
    for code, state in (("1.1", "done"), ("1.3", "under_way")):
        Measure.objects.get(code=code).updates.create(date="2020-01-01", state=state)
    return town


def conduct(town: Municipality, **settings: object) -> None:
    Municipality.objects.filter(pk=town.pk).update(reporting=settings)


def rows(client: Client) -> list[list[str]]:
    text = client.get(PAGES[1]).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_measures_stand_with_who_leads_them_and_what_they_lack(
    town: Municipality, client: Client
) -> None:
    response = client.get(PAGES[0])

    page = parsed(response)
    assert_valid(response)
    assert [words(each) for each in by_class(page, "gaps__holder")] == [
        "Nobody is responsible yet 1",
        "Schulamt 1",
    ]
    assert [links(each) for each in by_class(page, "gaps__title")] == [
        ["/en/massnahmen/1.2/"],
        ["/en/massnahmen/1.3/"],
    ]
    assert [words(each) for each in by_class(page, "gap")][:3] == [
        "missing",
        "missing",
        "No news yet",
    ]
    assert [words(each) for each in by_class(page, "tally")[0]] == [
        "1 without a lead",
        "1 without a date",
        "2 without news",
    ]


def test_table_says_the_same_with_addresses(town: Municipality, client: Client) -> None:
    head, nobodys, silent = rows(client)

    assert head[3:7] == ["Responsible", "Without a lead", "Without a date", "Without news"]
    assert nobodys == [
        *("1.2", "Rechnen", "1 Bildung", "", "missing", "missing", "No news yet"),
        "http://testserver/en/massnahmen/1.2/",
    ]
    assert (silent[0], silent[3:6]) == ("1.3", ["Schulamt", "", ""])
    assert silent[6].startswith("No news for ")


def test_money_is_missing_where_money_is_published(town: Municipality, client: Client) -> None:
    Money.objects.create(
        measure=Measure.objects.get(code="1.3"), year=2025, source="budget", spent_cents=1
    )
    conduct(town, money_is_public=True)

    table = rows(client)

    assert table[0][6] == "Without money"
    assert [(row[0], row[6]) for row in table[1:]] == [
        ("1.2", "missing"),
        ("1.1", "missing"),
        ("1.3", ""),
    ]


def test_city_that_keeps_it_to_itself_has_no_such_page(town: Municipality, client: Client) -> None:
    shown = [client.get(path) for path in ("/en/", "/sitemap.xml", *PAGES)]
    conduct(town, **HIDDEN)

    hidden = [client.get(path) for path in ("/en/", "/sitemap.xml", *PAGES)]

    assert [each.status_code for each in hidden] == [200, 200, 404, 404]
    assert [b"was-fehlt" in each.content for each in shown[:2]] == [True, True]
    assert [b"was-fehlt" in each.content for each in hidden[:2]] == [False, False]


def test_where_nothing_is_missing_it_is_praised(town: Municipality, client: Client) -> None:
    Measure.objects.filter(code__in=["1.2", "1.3"]).update(
        lead=Measure.objects.get(code="1.1").lead, start="2090-01-01"
    )
    Measure.objects.get(code="1.3").updates.create(date="2021-01-01", state="done")

    page = parsed(client.get(PAGES[0]))

    assert [links(each) for each in by_class(page, "empty")] == [[]]
    assert by_class(page, "gaps") == []
    assert len(rows(client)) == 1


def test_long_list_costs_as_much_as_a_short_one(town: Municipality, client: Client) -> None:
    conduct(town, money_is_public=True)
    get = partial(client.get, "/ar/was-fehlt/")
    few = queries_of(get)

    grow(town, 30)

    many = queries_of(get)
    assert_same_number(few, many)
    assert len(many) <= 12
