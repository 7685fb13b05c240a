"""The database itself refuses rows that must not be, whoever writes them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model, ProtectedError

from leitbild.accounts.models import HostName, Membership, Municipality, Organisation, User
from leitbild.core.models import AuditEvent, Translation
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.models import (
    ArrivalStage,
    Concept,
    Goal,
    Measure,
    MeasureGoal,
    TargetGroup,
    Theme,
)
from tests.towns import measure, plan, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    """A town with two editions, so that rows of one can be mixed into the other."""
    second = {"slug": "2030", "title": "Plan 2030", "edition": 2030}
    settle(plan(measure("1.1", {"de": "Lesen", "ar": "القراءة"}), concept=second))
    block = {"slug": "musterstadt", "name": "Musterstadt", "languages": ["de", "ar"]}
    return settle(
        plan(measure("1.1"), municipality={**block, "key": "07312000", "hosts": ["plan.example"]})
    )


def refused(write: Callable[[], object]) -> bool:
    """Whether the database refuses, at once or, for deferred keys, in the end."""
    try:
        with transaction.atomic():
            write()
            connection.check_constraints()
    except DatabaseError:
        return True
    return False


def copy(model: type[Model], **changes: Any) -> Callable[[], object]:
    """Write a copy of the first row with some values changed."""
    row: Any = model._default_manager.order_by("pk").first()

    def write() -> None:
        row.pk = None
        for name, value in changes.items():
            setattr(row, name, value)
        # Without validation, as any other programme would write.
        model.save_base(row, force_insert=True)

    return write


FREE: dict[type[Model], dict[str, Any]] = {
    Municipality: {"slug": "neustadt", "key": ""},
    HostName: {"name": "neu.example"},
    Organisation: {"slug": "neu"},
    ArrivalStage: {"slug": "neu"},
    TargetGroup: {"slug": "neu"},
    Concept: {"slug": "neu"},
    Theme: {"slug": "neu", "number": 9},
    Goal: {"code": "neu"},
    Measure: {"code": "neu"},
    Translation: {"language": "uk"},
}
"""What makes a copy of a row one that may stand beside it."""


@pytest.mark.parametrize("model", FREE, ids=lambda model: model.__name__)
def test_copy_with_a_name_of_its_own_is_taken(town: Municipality, model: type[Model]) -> None:
    assert not refused(copy(model, **FREE[model]))


@pytest.mark.parametrize(
    ("model", "same"),
    [
        *((model, key) for model, free in FREE.items() for key in free if key != "key"),
        (Municipality, "key"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_name_is_given_once(town: Municipality, model: type[Model], same: str) -> None:
    changes = {key: value for key, value in FREE[model].items() if key != same}

    assert refused(copy(model, **changes))


@pytest.mark.parametrize(
    ("model", "faulty"),
    [
        (Organisation, {"kind": "club"}),
        (Concept, {"status": "lost"}),
        (Concept, {"edition": 2030, "horizon": 2029}),
        (Theme, {"sign": "star"}),
        (Measure, {"kind": "magic"}),
        (Measure, {"start_precision": "week"}),
        (Measure, {"end_precision": "week"}),
        (Measure, {"start": "2030-01-02", "end": "2030-01-01"}),
        (Translation, {"state": "lost"}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "-".join(value),
)
def test_faulty_value_is_refused(
    town: Municipality, model: type[Model], faulty: dict[str, Any]
) -> None:
    assert refused(copy(model, **{**FREE[model], **faulty}))


def test_empty_key_can_be_had_by_many(town: Municipality) -> None:
    assert not refused(copy(Municipality, slug="a", key=""))
    assert not refused(copy(Municipality, slug="b", key=""))


def test_organisation_is_not_its_own_parent(town: Municipality) -> None:
    row = Organisation.objects.all()[0]

    assert refused(lambda: Organisation.objects.filter(pk=row.pk).update(parent=row))


def test_goal_has_a_theme_of_its_concept(town: Municipality) -> None:
    foreign = Theme.objects.get(concept__slug="2030")
    goals = Goal.objects.filter(concept__slug="2025")

    assert refused(lambda: goals.update(theme=foreign))


def test_measure_serves_goals_of_its_concept(town: Municipality) -> None:
    own, foreign = Concept.objects.get(slug="2025"), Concept.objects.get(slug="2030")
    link = {"measure": Measure.objects.get(concept=own), "goal": Goal.objects.get(concept=foreign)}

    assert refused(lambda: MeasureGoal.objects.create(**link, concept=own))
    assert refused(lambda: MeasureGoal.objects.create(**link, concept=foreign))


def test_measure_serves_a_goal_once(town: Municipality) -> None:
    assert refused(copy(MeasureGoal))


def test_person_is_known_by_one_address_whatever_its_case(town: Municipality) -> None:
    User.objects.create(email="ada@example.org")

    assert refused(lambda: User.objects.bulk_create([User(email="ADA@example.org")]))


def test_membership_is_one_of_the_roles_and_once(town: Municipality) -> None:
    ada = User.objects.create(email="ada@example.org")
    Membership.objects.create(user=ada, municipality=town, role="officer")

    assert refused(copy(Membership))
    assert refused(copy(Membership, role="king"))
    assert not refused(copy(Membership, role="editor"))


def test_progress_update_is_of_a_known_state(town: Municipality) -> None:
    assert refused(lambda: report_on_first(town, "perfect"))


def test_progress_update_is_a_report_or_a_confirmation(town: Municipality) -> None:
    assert refused(lambda: report_on_first(town, "done", kind="rumour"))


@pytest.mark.parametrize("state", ["delayed", "stopped"])
def test_report_of_a_measure_that_stands_still_says_why(town: Municipality, state: str) -> None:
    assert refused(lambda: report_on_first(town, state))
    assert not refused(lambda: report_on_first(town, state, reason="Kein Geld."))
    assert not refused(lambda: report_on_first(town, state, kind="confirmed"))


def report_on_first(town: Municipality, state: str, **values: str) -> ProgressUpdate:
    return ProgressUpdate.objects.create(
        measure=Measure.objects.filter(concept__municipality=town)[0],
        date="2025-01-31",
        state=state,
        **values,
    )


def test_progress_updates_are_written_once(town: Municipality) -> None:
    report_on_first(town, "done")

    assert refused(lambda: ProgressUpdate.objects.update(state="planned"))
    assert refused(ProgressUpdate.objects.all().delete)
    assert ProgressUpdate.objects.get().state == "done"


def test_audit_events_are_written_once(town: Municipality) -> None:
    events = AuditEvent.objects.count()

    assert refused(lambda: AuditEvent.objects.update(action="nothing"))
    assert refused(AuditEvent.objects.all().delete)
    assert AuditEvent.objects.count() == events


def test_measure_with_history_is_not_deleted(town: Municipality) -> None:
    update = report_on_first(town, "done")

    with pytest.raises(ProtectedError):
        update.measure.delete()


def test_organisation_that_leads_is_not_deleted(town: Municipality) -> None:
    lead = Organisation.objects.all()[0]
    Measure.objects.update(lead=lead)

    with pytest.raises(ProtectedError):
        lead.delete()


def test_history_protects_a_measure_in_the_database_too(town: Municipality) -> None:
    update = report_on_first(town, "done")

    def delete() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM plan_measuregoal")
            cursor.execute("DELETE FROM plan_measure WHERE id = %s", [update.measure_id])

    assert refused(delete)


def test_every_constraint_has_its_test() -> None:
    """A constraint added later needs a test here; this list is how one notices."""
    named = sorted(
        constraint.name
        for model in (
            *(Municipality, HostName, Organisation, User, Membership, ArrivalStage, TargetGroup),
            *(Concept, Theme, Goal, Measure, MeasureGoal, ProgressUpdate, Translation, AuditEvent),
        )
        for constraint in model._meta.constraints
    )

    assert named == TESTED


TESTED = [
    "accounts_membership_once",
    "accounts_membership_role_known",
    "accounts_municipality_key_once",
    "accounts_organisation_kind_known",
    "accounts_organisation_not_its_own_parent",
    "accounts_organisation_slug_once",
    "accounts_user_email_once",
    "core_event_append_only",
    "core_translation_once",
    "core_translation_state_known",
    "delivery_update_append_only",
    "delivery_update_kind_known",
    "delivery_update_says_why",
    "delivery_update_state_known",
    "plan_concept_horizon_after_edition",
    "plan_concept_slug_once",
    "plan_concept_status_known",
    "plan_goal_code_once",
    "plan_goal_in_concept",
    "plan_goal_theme_of_concept",
    "plan_link_goal_of_concept",
    "plan_link_measure_of_concept",
    "plan_measure_code_once",
    "plan_measure_end_not_before_start",
    "plan_measure_goal_once",
    "plan_measure_in_concept",
    "plan_measure_kind_known",
    "plan_measure_precision_known",
    "plan_stage_slug_once",
    "plan_target_group_slug_once",
    "plan_theme_in_concept",
    "plan_theme_number_once",
    "plan_theme_sign_known",
    "plan_theme_slug_once",
]
