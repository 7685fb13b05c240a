"""The outline page: everything in its place, the way to each part, and what is in work."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, Organisation
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.models import Concept, Draft, Measure
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

PAGE = "/office/konzepte/2025/"


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(
        plan(
            measure("1.1", "Lesen und schreiben", lead="schulamt", start=2025, end=2027),
            measure("1.2", "Rechnen"),
        )
    )


@pytest.fixture
def officer(town: Municipality) -> Client:
    return signed_in(member(town, Role.OFFICER))


def rows(client: Client, asked: str = "") -> list[str]:
    """The measures' lines in words."""
    page = parsed(client.get(PAGE + asked))
    lines = [row for row in page.iter("tr") if row.attrib.get("id", "").startswith("measure-")]
    return [words(line) for line in lines]


def links(client: Client) -> list[str]:
    return [each.attrib["href"] for each in parsed(client.get(PAGE)).iter("a")]


def test_outline_says_what_each_measure_is(officer: Client) -> None:
    first, second = rows(officer)

    assert first.startswith("1.1 Lesen und schreiben")
    assert "Schulamt" in first
    assert "2025" in first
    assert "no lead no date 0" in second


def test_page_is_valid(officer: Client) -> None:
    assert_valid(officer.get(PAGE))


def test_every_part_is_one_click_away(officer: Client) -> None:
    row = Measure.objects.get(code="1.1")

    found = links(officer)

    assert f"{PAGE}massnahmen/{row.pk}/" in found
    assert f"{PAGE}massnahmen/{row.pk}/loeschen/" in found
    assert f"{PAGE}massnahmen/neu/?goal=1a" in found
    assert f"{PAGE}ziele/neu/?theme=1" in found
    assert f"{PAGE}themen/neu/" in found
    assert "/de/konzept/2025/" in found


def test_draft_in_work_is_marked(town: Municipality, officer: Client) -> None:
    row = Measure.objects.get(code="1.1")
    editor = member(town, Role.EDITOR)
    Draft.objects.create(
        concept=row.concept, kind="measure", part_id=row.pk, content={}, author=editor
    )
    Draft.objects.create(
        concept=row.concept, kind="measure", content={"title": "Schwimmen"}, author=editor
    )

    page = parsed(officer.get(PAGE))

    assert "in work: editor" in rows(officer)[0]
    assert words(by_class(page, "outline__drafts")[0]) == "In work: measure (editor)"


def test_what_a_new_part_says_is_told_to_those_who_may_read_the_draft(
    town: Municipality, officer: Client
) -> None:
    concept = Concept.objects.get()
    editor = member(town, Role.EDITOR)
    draft = Draft.objects.create(
        concept=concept, kind="measure", content={"title": "Schwimmen"}, author=editor
    )

    def is_told(reader: Client) -> bool:
        return "Schwimmen" in words(by_class(parsed(reader.get(PAGE)), "outline__drafts")[0])

    assert is_told(signed_in(editor))
    assert not is_told(officer)
    Draft.objects.filter(pk=draft.pk).update(handed_in_at=timezone.now())
    assert is_told(officer)
    assert not is_told(signed_in(member(town, Role.OBSERVER)))


def test_editor_reaches_their_own_measures_only(town: Municipality) -> None:
    school = Organisation.objects.get(slug="schulamt")
    editor = signed_in(member(town, Role.EDITOR, organisation=school))
    own, other = Measure.objects.get(code="1.1"), Measure.objects.get(code="1.2")

    found = links(editor)

    assert f"{PAGE}massnahmen/{own.pk}/" in found
    assert f"{PAGE}massnahmen/{other.pk}/" not in found
    assert not [each for each in found if "loeschen" in each or "neu" in each]
    assert len(rows(editor)) == 2


def test_superseded_edition_is_read_only(town: Municipality, officer: Client) -> None:
    Concept.objects.update(status=ConceptStatus.SUPERSEDED)

    found = links(officer)

    assert not [each for each in found if "loeschen" in each or "anordnen" in each]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("?q=schreiben", ["1.1"]),
        ("?q=SCHULAMT", ["1.1"]),
        ("?lead=none", ["1.2"]),
        ("?lead=99999", ["1.1", "1.2"]),
        ("?q=nichts", []),
    ],
)
def test_outline_is_filtered(officer: Client, asked: str, shown: list[str]) -> None:
    assert [row.split()[0] for row in rows(officer, asked)] == shown


def test_filter_without_a_hit_offers_all_again(officer: Client) -> None:
    response = officer.get(PAGE + "?q=nichts")

    [empty] = by_class(parsed(response), "empty")
    assert words(empty) == (
        "No measure fits both. Search for another word, or show all measures again. Show all"
    )
    assert_valid(response)


def test_outline_costs_the_same_for_many_measures(town: Municipality, officer: Client) -> None:
    grow(town, 1)
    Measure.objects.filter(code="9.0").update(code="8.0")
    few = queries_of(lambda: officer.get(PAGE))
    grow(town, 500)

    many = queries_of(lambda: officer.get(PAGE))

    assert_same_number(few, many)
    assert len(many) <= 16


def test_rooms_name_the_room_one_is_in(officer: Client) -> None:
    page = parsed(officer.get(PAGE))

    [rooms] = by_class(page, "rooms")
    current = [words(each) for each in rooms.iter("a") if each.attrib.get("aria-current")]
    assert current == ["Outline"]
    assert reverse("office:bin", args=["2025"]) in [each.attrib["href"] for each in rooms.iter("a")]


def test_unknown_edition_is_not_found(officer: Client) -> None:
    assert officer.get("/office/konzepte/1900/").status_code == 404
