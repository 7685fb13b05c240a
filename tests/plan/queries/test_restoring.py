"""What an earlier revision can say again today."""

from typing import Any

import pytest

from leitbild.accounts.models import Organisation
from leitbild.plan.actions.changing import changing
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import ArrivalStage, Concept, Goal, Measure, TargetGroup, Theme
from leitbild.plan.queries.contents import content_of
from leitbild.plan.queries.history import revision
from leitbild.plan.queries.restoring import restorable
from tests.towns import measure, plan, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def concept() -> Concept:
    """A concept whose measure names one of everything."""
    settle(
        plan(
            measure(
                "1.1",
                goals=["1a", "1b"],
                lead="schulamt",
                partners=["amt-fuer-bau"],
                stages=["ankunft"],
                target_groups=["eltern"],
            ),
            stages=[{"slug": "ankunft", "name": "Ankunft"}],
            target_groups=[{"slug": "eltern", "name": "Eltern"}],
            goals=[
                {"code": "1a", "theme": 1, "title": "Jedes Kind liest."},
                {"code": "1b", "theme": 1, "title": "Jedes Kind rechnet."},
            ],
        )
    )
    return Concept.objects.get()


def change(concept: Concept, rows: Any, **columns: Any) -> None:
    """Change rows as an action would."""
    with changing(concept=concept, by=None, action="x", change=RevisionChange.ARRANGED):
        rows.update(**columns)


def first_again(concept: Concept, kind: str, row: Any) -> tuple[dict[str, Any], list[str]]:
    """What the first revision of a part can say again."""
    first = revision(kind, row.pk, 1)
    assert first is not None
    return restorable(concept, type(row).objects.get(pk=row.pk), first)


def test_texts_and_facts_come_back_and_codes_stay(concept: Concept) -> None:
    row = Measure.objects.get()
    before = content_of(row)
    change(concept, Measure.objects, title="Neu", code="7.7", lead=None)

    assert first_again(concept, "measure", row) == ({**before, "code": "7.7"}, [])


def test_goals_are_found_under_the_codes_they_have_now(concept: Concept) -> None:
    a, b = Goal.objects.order_by("code")
    change(concept, Goal.objects.filter(pk=a.pk), code="x")
    change(concept, Goal.objects.filter(pk=b.pk), code="1a")

    content, dropped = first_again(concept, "measure", Measure.objects.get())

    assert (content["goals"], dropped) == (["x", "1a"], [])


def test_themes_are_found_under_the_numbers_they_have_now(concept: Concept) -> None:
    change(concept, Theme.objects, number=5)

    content, dropped = first_again(concept, "goal", Goal.objects.get(code="1a"))

    assert (content["theme"], dropped) == (5, [])


def test_names_that_are_gone_are_left_out_and_told(concept: Concept) -> None:
    row = Measure.objects.get()
    row.goal_links.filter(goal__code="1b").delete()
    change(concept, Measure.objects, lead=None)
    Goal.objects.get(code="1b").delete()
    for gone in (Organisation, ArrivalStage, TargetGroup):
        gone._default_manager.all().delete()

    content, dropped = first_again(concept, "measure", row)

    assert dropped == ["1b", "ankunft", "eltern", "amt-fuer-bau", "schulamt"]
    assert content["goals"] == ["1a"]
    assert content["stages"] == content["target_groups"] == content["partners"] == []
    assert content["lead"] is None
