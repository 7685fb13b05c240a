"""Arranging by buttons that need no script, and numbering anew."""

from typing import Any

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.core.models import AuditEvent
from leitbild.plan.models import Concept, Decision, Measure, Publication
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

PAGE = "/office/konzepte/2025/anordnen/"
NUMBERS = "/office/konzepte/2025/nummern/"


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1", "Lesen"), measure("1.2", "Rechnen"), measure("1.3", "Malen")))


@pytest.fixture
def officer(town: Municipality) -> Client:
    return signed_in(member(town, Role.OFFICER))


@pytest.fixture
def adopted(town: Municipality) -> None:
    """The concept was adopted, so that a change needs a reason."""
    publication = Publication.objects.create(
        concept=Concept.objects.get(), number=1, language="de", digest="", pdf=b"", pdf_digest=""
    )
    Decision.objects.create(
        publication=publication, outcome="adopted", body="Rat", date="2025-01-31"
    )


def codes() -> list[str]:
    return list(Measure.objects.values_list("code", flat=True))


def button(client: Client, name: str) -> str:
    """What the button with this name sends."""
    page = parsed(client.get(PAGE))
    return next(each.attrib.get("value", "") for each in page.iter("button") if words(each) == name)


def move(client: Client, name: str, **more: Any) -> Any:
    return client.post(PAGE, {"move": button(client, name), **more}, follow=True)


def test_down_puts_a_measure_after_the_next(officer: Client) -> None:
    response = move(officer, "1.1 down")

    assert codes() == ["1.2", "1.1", "1.3"]
    pk = Measure.objects.get(code="1.1").pk
    assert response.redirect_chain == [(f"{PAGE}#measure-{pk}", 302)]
    [said] = by_class(parsed(response), "said__line")
    assert words(said) == "1.1 now stands before 1.3."


def test_up_puts_a_measure_before_the_one_above(officer: Client) -> None:
    response = move(officer, "1.3 up")

    assert codes() == ["1.1", "1.3", "1.2"]
    assert "1.3 now stands before 1.2." in response.content.decode()


def test_last_one_is_said_to_stand_after(officer: Client) -> None:
    response = move(officer, "1.2 down")

    assert codes() == ["1.1", "1.3", "1.2"]
    assert "1.2 now stands after 1.3." in response.content.decode()


def test_buttons_at_the_edge_send_nothing(officer: Client) -> None:
    assert button(officer, "1.1 up") == ""
    assert button(officer, "1.3 down") == ""
    assert button(officer, "1 up") == ""


@pytest.mark.parametrize("asked", ["", "measure", "concept.1..", "measure.x..", "measure.1.2"])
def test_nonsense_moves_nothing_and_says_so(officer: Client, asked: str) -> None:
    response = officer.post(PAGE, {"move": asked}, follow=True)

    assert "This can’t be moved there." in response.content.decode()
    assert codes() == ["1.1", "1.2", "1.3"]


def test_stale_page_moves_nothing_and_says_why(officer: Client) -> None:
    asked = button(officer, "1.3 up")
    Measure.objects.get(code="1.2").delete()

    response = officer.post(PAGE, {"move": asked}, follow=True)

    assert "Somebody has rearranged the concept meanwhile." in response.content.decode()


def test_page_is_valid(officer: Client, adopted: None) -> None:
    assert_valid(officer.get(PAGE))


def test_adopted_concept_asks_for_a_reason_once(officer: Client, adopted: None) -> None:
    refused = move(officer, "1.3 up")
    assert "Say in a sentence why the adopted concept changes." in refused.content.decode()
    assert codes() == ["1.1", "1.2", "1.3"]

    response = move(officer, "1.3 up", reason="Besser zu lesen.")

    assert codes() == ["1.1", "1.3", "1.2"]
    [field] = list(parsed(response).iter("textarea"))
    assert words(field) == "Besser zu lesen."
    assert AuditEvent.objects.get(action="measure.move").changes["reason"] == "Besser zu lesen."


def test_open_proposal_leaves_no_buttons(officer: Client, town: Municipality) -> None:
    Publication.objects.create(
        concept=Concept.objects.get(), number=1, language="de", digest="", pdf=b"", pdf_digest=""
    )

    page = parsed(officer.get(PAGE))

    assert not [each for each in page.iter("button") if each.attrib.get("name") == "move"]
    assert words(by_class(page, "notice")[0]).startswith("Proposal 1 lies before the council")


def test_page_costs_the_same_for_many_measures(town: Municipality, officer: Client) -> None:
    grow(town, 1)
    Measure.objects.filter(code="9.0").update(code="8.0")
    few = queries_of(lambda: officer.get(PAGE))
    grow(town, 500)

    many = queries_of(lambda: officer.get(PAGE))

    assert_same_number(few, many)


def test_numbering_is_shown_first_and_done_when_confirmed(officer: Client) -> None:
    move(officer, "1.3 up")

    page = officer.get(NUMBERS)
    rows = [[words(cell) for cell in row] for row in parsed(page).iter("tr")][1:]
    assert rows == [["1.3", "1.2", "Malen"], ["1.2", "1.3", "Rechnen"]]
    assert_valid(page)

    response = officer.post(NUMBERS, follow=True)

    assert "2 parts have new codes." in response.content.decode()
    assert list(Measure.objects.values_list("code", "title")) == [
        ("1.1", "Lesen"),
        ("1.2", "Malen"),
        ("1.3", "Rechnen"),
    ]


def test_nothing_to_number_says_so(officer: Client) -> None:
    assert "All codes are as their places say." in officer.get(NUMBERS).content.decode()


def test_numbering_an_adopted_concept_needs_a_reason(officer: Client, adopted: None) -> None:
    move(officer, "1.3 up", reason="Besser zu lesen.")

    response = officer.post(NUMBERS)

    assert "Say in a sentence why the adopted concept changes." in response.content.decode()
    assert codes() == ["1.1", "1.3", "1.2"]
