"""The list of editions, and beginning a new one."""

import pytest
from django.test import Client
from django.urls import reverse

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.models import Concept
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import measure, plan, settle


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1"), measure("1.2")))


@pytest.fixture
def officer(town: Municipality) -> Client:
    return signed_in(member(town, Role.OFFICER))


def edition(town: Municipality, year: int) -> Concept:
    return Concept.objects.create(
        municipality=town, slug=str(year), title=f"Plan {year}", edition=year, status="draft"
    )


def test_list_shows_every_edition_the_newest_first(town: Municipality, officer: Client) -> None:
    edition(town, 2031)

    response = officer.get(reverse("office:concepts"))

    rows = [words(row) for row in parsed(response).iter("tr")][1:]
    assert [row.split()[0] for row in rows] == ["2031", "2025"]
    assert "Plan 2031 draft 0 –" in rows[0]
    assert "Plan 2025 adopted 2 " in rows[1]
    assert_valid(response)


def test_list_costs_the_same_for_many_editions(town: Municipality, officer: Client) -> None:
    few = queries_of(lambda: officer.get(reverse("office:concepts")))
    for year in range(2030, 2060):
        edition(town, year)

    many = queries_of(lambda: officer.get(reverse("office:concepts")))

    assert_same_number(few, many)


def test_town_without_a_concept_is_told_what_to_do(town: Municipality, officer: Client) -> None:
    Concept.objects.all().delete()

    response = officer.get(reverse("office:concepts"))

    [empty] = by_class(parsed(response), "empty")
    assert words(empty) == (
        "There is no concept yet. Begin an empty one, or bring one in from a spreadsheet or a Word "
        "document. New concept"
    )


def test_new_concept_leads_to_its_empty_outline(officer: Client) -> None:
    response = officer.post(
        reverse("office:new-concept"), {"title": "Plan 2031", "edition": "2031"}, follow=True
    )

    assert response.redirect_chain == [("/office/konzepte/2031/", 302)]
    assert "“Plan 2031” has begun." in response.content.decode()
    assert "This concept is empty." in response.content.decode()
    assert_valid(response)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"title": "", "edition": "2031"}, "Title: Give the concept a title."),
        (
            {"title": "Plan", "edition": ""},
            "Year of the edition: Say the year of the edition, as in 2027.",
        ),
    ],
)
def test_what_is_missing_is_told_beside_the_field(
    officer: Client, values: dict[str, str], fault: str
) -> None:
    response = officer.post(reverse("office:new-concept"), values)

    assert response.status_code == 200
    assert fault in words(parsed(response))
    assert Concept.objects.count() == 1
    assert_valid(response)


def test_title_no_export_could_hold_is_refused(officer: Client) -> None:
    response = officer.post(
        reverse("office:new-concept"), {"title": "Plan\u0007", "edition": "2031"}
    )

    assert "The text contains an invisible control" in words(parsed(response))
    assert Concept.objects.count() == 1


def test_editor_sees_the_list_and_begins_nothing(town: Municipality) -> None:
    editor = signed_in(member(town, Role.EDITOR))

    response = editor.get(reverse("office:concepts"))

    assert "New concept" not in response.content.decode()
    assert editor.get(reverse("office:new-concept")).status_code == 403
