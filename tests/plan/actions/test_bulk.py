"""Editing many measures at once: all or none, one event, history for those that changed."""

from typing import Any

import pytest

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, Organisation, User
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.plan.actions.bulk import BulkEdit, edit_measures, preview_measures
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import ArrivalStage, Concept, Measure, Revision, TargetGroup
from leitbild.plan.queries.contents import content_of
from tests.people import member
from tests.towns import measure, plan, settle


@pytest.fixture
def town(db: None) -> Municipality:
    """Measure 1.1 has a lead, a stage and a group; the others have nothing."""
    return settle(
        plan(
            measure("1.1", lead="schulamt", stages=["ankommen"], target_groups=["kinder"]),
            measure("1.2"),
            measure("1.3"),
            stages=[
                {"slug": "ankommen", "name": "Ankommen"},
                {"slug": "bleiben", "name": "Bleiben"},
            ],
            target_groups=[{"slug": "kinder", "name": "Kinder"}],
        )
    )


@pytest.fixture
def concept(town: Municipality) -> Concept:
    return Concept.objects.get(municipality=town)


@pytest.fixture
def officer(town: Municipality) -> User:
    return member(town, Role.OFFICER)


def ids(*codes: str) -> list[int]:
    return [Measure.objects.get(code=code).pk for code in codes]


def said(code: str) -> dict[str, Any]:
    content = content_of(Measure.objects.get(code=code))
    return {name: content[name] for name in ("lead", "stages", "target_groups")}


def stage(slug: str) -> ArrivalStage:
    return ArrivalStage.objects.get(slug=slug)


def test_chosen_measures_get_all_of_it(concept: Concept, officer: User) -> None:
    edit = BulkEdit(
        sets_lead=True,
        lead=Organisation.objects.get(slug="schulamt"),
        add_stages=(stage("ankommen"), stage("bleiben")),
        remove_target_groups=(TargetGroup.objects.get(),),
    )

    changed = edit_measures(concept=concept, measures=ids("1.1", "1.2"), edit=edit, by=officer)

    assert [each.measure.code for each in changed] == ["1.1", "1.2"]
    whole = {"lead": "schulamt", "stages": ["ankommen", "bleiben"], "target_groups": []}
    assert (said("1.1"), said("1.2")) == (whole, whole)
    assert said("1.3") == {"lead": None, "stages": [], "target_groups": []}


def test_lead_can_be_taken_away(concept: Concept, officer: User) -> None:
    edit_measures(concept=concept, measures=ids("1.1"), edit=BulkEdit(sets_lead=True), by=officer)

    assert said("1.1")["lead"] is None


def test_one_event_and_one_revision_for_each_that_changed(concept: Concept, officer: User) -> None:
    edit = BulkEdit(add_stages=(stage("ankommen"),))

    edit_measures(concept=concept, measures=ids("1.1", "1.2", "1.3"), edit=edit, by=officer)

    event = AuditEvent.objects.get(action="measures.edit")
    assert event.changes == {"measures": ["1.2", "1.3"], "add_stages": ["Ankommen"]}
    edited = Revision.objects.filter(kind="measure", change=RevisionChange.EDITED)
    assert sorted(row.content["code"] for row in edited) == ["1.2", "1.3"]


def test_preview_says_the_same_and_writes_nothing(concept: Concept) -> None:
    edit = BulkEdit(
        sets_lead=True,
        add_stages=(stage("bleiben"),),
        remove_target_groups=(TargetGroup.objects.get(),),
    )

    [first, second] = preview_measures(concept=concept, measures=ids("1.1", "1.2"), edit=edit)

    assert (first.lead, first.added, first.removed) == (
        ("Schulamt", ""),
        ("Bleiben",),
        ("Kinder",),
    )
    assert (second.lead, second.added, second.removed) == (None, ("Bleiben",), ())
    assert said("1.1")["lead"] == "schulamt"


@pytest.mark.parametrize(
    ("edit", "codes", "reason"),
    [
        (BulkEdit(), ["1.1"], "Choose what shall change: the lead, a stage or a target group."),
        (
            BulkEdit(sets_lead=True),
            ["1.2", "1.3"],
            "All of these measures already are as you want them.",
        ),
    ],
)
def test_edit_without_effect_is_refused(
    concept: Concept, officer: User, edit: BulkEdit, codes: list[str], reason: str
) -> None:
    with pytest.raises(Refused) as refusal:
        edit_measures(concept=concept, measures=ids(*codes), edit=edit, by=officer)

    assert refusal.value.reasons == [reason]
    assert not AuditEvent.objects.filter(action="measures.edit").exists()


def test_measure_deleted_meanwhile_keeps_the_others_as_they_are(
    concept: Concept, officer: User
) -> None:
    with pytest.raises(Refused) as refusal:
        edit_measures(
            concept=concept,
            measures=[*ids("1.1"), 0],
            edit=BulkEdit(sets_lead=True),
            by=officer,
        )

    assert refusal.value.reasons == [
        "Some of these measures have been deleted meanwhile. Please choose again."
    ]
    assert said("1.1")["lead"] == "schulamt"
