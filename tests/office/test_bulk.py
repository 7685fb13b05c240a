"""Editing several measures: choose, see what changes, confirm."""

from typing import Any

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, Organisation
from leitbild.plan.models import ArrivalStage, Concept, Decision, Measure, Publication
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.office.writing import freeze
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

PAGE = "/office/konzepte/2025/auswahl/"


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(
        plan(
            measure("1.1", "Lesen", stages=["ankommen"]),
            measure("1.2", "Rechnen"),
            stages=[
                {"slug": "ankommen", "name": "Ankommen"},
                {"slug": "bleiben", "name": "Bleiben"},
            ],
            target_groups=[{"slug": "kinder", "name": "Kinder"}],
        )
    )


@pytest.fixture
def officer(town: Municipality) -> Client:
    return signed_in(member(town, Role.OFFICER))


def chosen(*codes: str) -> dict[str, Any]:
    return {"m": [Measure.objects.get(code=code).pk for code in codes]}


def stage(slug: str) -> str:
    return f"stage-{ArrivalStage.objects.get(slug=slug).pk}"


def test_page_says_how_many_have_what(officer: Client) -> None:
    response = officer.get(PAGE, chosen("1.1", "1.2"))

    rows = [words(each) for each in by_class(parsed(response), "bulk__row")]
    assert rows == [
        "Ankommen 1 of 2 leave as it is give to all take from all",
        "Bleiben 0 of 2 leave as it is give to all",
        "Kinder 0 of 2 leave as it is give to all",
    ]
    assert_valid(response)


def test_preview_shows_what_changes_and_writes_nothing(officer: Client) -> None:
    school = Organisation.objects.get(slug="schulamt")

    response = officer.post(
        PAGE,
        {**chosen("1.1", "1.2"), "lead": school.pk, stage("ankommen"): "add", "preview": "1"},
    )

    [preview] = by_class(parsed(response), "bulk__preview")
    assert [[words(cell) for cell in row] for row in preview.iter("tr")] == [
        ["1.1", "Lesen", "Lead: Schulamt"],
        ["1.2", "Rechnen", "Lead: Schulamt+ Ankommen"],
    ]
    assert "Change 2 measures" in words(preview)
    assert not Measure.objects.filter(lead=school).exists()
    assert_valid(response)


def test_measures_that_are_so_already_are_named(officer: Client) -> None:
    response = officer.post(PAGE, {**chosen("1.1", "1.2"), stage("ankommen"): "add"})

    [preview] = by_class(parsed(response), "bulk__preview")
    assert "1 measure changes" in words(preview)
    assert "1 measure already is as you want it: 1.1" in words(preview)


def test_confirmed_edit_is_done(officer: Client) -> None:
    response = officer.post(
        PAGE, {**chosen("1.1", "1.2"), stage("bleiben"): "add", "apply": "1"}, follow=True
    )

    assert "2 measures were changed." in response.content.decode()
    assert Measure.objects.filter(stages__slug="bleiben").count() == 2


def test_nothing_chosen_in_the_form_is_said(officer: Client) -> None:
    response = officer.post(PAGE, {**chosen("1.1"), "apply": "1"})

    assert (
        "Choose what shall change: the lead, a stage or a target group."
        in response.content.decode()
    )
    assert_valid(response)


@pytest.mark.parametrize("asked", ["", "?m=x", "?m=999999", "?m=²", f"?m={'9' * 30}"])
def test_page_without_measures_says_where_to_choose(officer: Client, asked: str) -> None:
    response = officer.get(PAGE + asked)

    assert "No measure is chosen." in response.content.decode()
    assert_valid(response)


def test_adopted_concept_asks_why(officer: Client) -> None:
    publication = Publication.objects.create(
        concept=Concept.objects.get(), number=1, language="de", digest="", pdf=b"", pdf_digest=""
    )
    Decision.objects.create(
        publication=publication, outcome="adopted", body="Rat", date="2025-01-31"
    )
    asked = {**chosen("1.1"), stage("bleiben"): "add", "apply": "1"}

    refused = officer.post(PAGE, asked)
    assert "Say in a sentence why the adopted concept changes." in refused.content.decode()
    assert not Measure.objects.filter(stages__slug="bleiben").exists()

    officer.post(PAGE, {**asked, "reason": "Neu geordnet."})
    assert Measure.objects.filter(stages__slug="bleiben").count() == 1


@pytest.mark.parametrize("room", ["", "auswahl/", "nummern/", "papierkorb/", "anordnen/"])
def test_open_proposal_is_said_up_front(officer: Client, room: str) -> None:
    freeze(Concept.objects.get())

    [notice] = by_class(parsed(officer.get(f"/office/konzepte/2025/{room}")), "notice--halt")

    assert words(notice).startswith("Proposal 1 lies before the council")


def test_open_proposal_leaves_nothing_to_confirm(officer: Client) -> None:
    asked = {**chosen("1.1"), stage("bleiben"): "add", "preview": "1"}
    assert 'name="apply"' in officer.post(PAGE, asked).content.decode()
    freeze(Concept.objects.get())

    assert 'name="apply"' not in officer.post(PAGE, asked).content.decode()


def test_editor_edits_one_at_a_time(town: Municipality) -> None:
    assert signed_in(member(town, Role.EDITOR)).get(PAGE).status_code == 403


def test_page_costs_the_same_for_many_measures(town: Municipality, officer: Client) -> None:
    asked = {**chosen("1.1"), stage("bleiben"): "add"}
    few = queries_of(lambda: officer.post(PAGE, asked))
    grow(town, 500)
    everything = {"m": [row.pk for row in Measure.objects.all()], stage("bleiben"): "add"}
    assert len(everything["m"]) == 502

    many = queries_of(lambda: officer.post(PAGE, everything))

    assert_same_number(few, many)
