"""Moving parts: by the part that shall follow, and codes stay until somebody asks."""

from typing import Any

import pytest

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.plan.actions.arranging import move_part
from leitbild.plan.actions.renumbering import renumber
from leitbild.plan.enums import PartKind, RevisionChange
from leitbild.plan.models import Concept, Draft, Goal, Measure, MeasureGoal, Revision, Theme
from leitbild.plan.queries.contents import content_of
from leitbild.plan.queries.history import latest_number
from leitbild.plan.queries.numbering import new_codes
from tests.people import member
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

THEMES: list[dict[str, Any]] = [
    {"number": 1, "slug": "bildung", "name": "Bildung"},
    {"number": 2, "slug": "sprache", "name": "Sprache"},
]
GOALS: list[dict[str, Any]] = [
    {"code": "1a", "theme": 1, "title": "Jedes Kind liest."},
    {"code": "1b", "theme": 1, "title": "Jedes Kind rechnet."},
    {"code": "2a", "theme": 2, "title": "Alle sprechen Deutsch."},
]


@pytest.fixture
def town(db: None) -> Municipality:
    """Two themes, three goals, four measures, of which 1.3 also serves 2a."""
    return settle(
        plan(
            measure("1.1", "Eins"),
            measure("1.2", "Zwei"),
            measure("1.3", "Drei", goals=["1b", "2a"]),
            measure("2.1", "Vier", goals=["2a"]),
            themes=THEMES,
            goals=GOALS,
        )
    )


@pytest.fixture
def concept(town: Municipality) -> Concept:
    return Concept.objects.get(municipality=town)


@pytest.fixture
def officer(town: Municipality) -> User:
    return member(town, Role.OFFICER)


def the(model: Any, code: str) -> Any:
    field = "number" if model is Theme else "code"
    return model.objects.get(**{field: code})


def codes(model: Any = Measure) -> list[str]:
    return [str(getattr(row, "code", "") or row.number) for row in model.objects.all()]


def move(concept: Concept, by: User, code: str, before: str | None, under: str = "") -> None:
    move_part(
        concept=concept,
        kind=PartKind.MEASURE,
        part_id=the(Measure, code).pk,
        before=the(Measure, before).pk if before else None,
        under=the(Goal, under).pk if under else None,
        by=by,
    )


def test_measure_moves_before_another(concept: Concept, officer: User) -> None:
    move(concept, officer, "1.2", "1.1")

    assert codes() == ["1.2", "1.1", "1.3", "2.1"]


def test_measure_moves_to_the_end_of_its_goal(concept: Concept, officer: User) -> None:
    move(concept, officer, "1.1", None)

    assert codes() == ["1.2", "1.1", "1.3", "2.1"]


def test_measure_before_itself_stays(concept: Concept, officer: User) -> None:
    move(concept, officer, "1.1", "1.1")

    assert codes() == ["1.1", "1.2", "1.3", "2.1"]


def test_moving_leaves_an_event_and_no_revision(concept: Concept, officer: User) -> None:
    before = Revision.objects.filter(change=RevisionChange.ARRANGED).count()

    move(concept, officer, "1.2", "1.1")

    event = AuditEvent.objects.get(action="measure.move")
    assert event.actor_name == str(officer)
    assert event.changes == {
        "part": "1.2 Zwei",
        "before": "1.1 Eins",
        "under": "1a Jedes Kind liest.",
    }
    assert Revision.objects.filter(change=RevisionChange.ARRANGED).count() == before


def test_measure_under_another_goal_serves_that_instead(concept: Concept, officer: User) -> None:
    move(concept, officer, "1.1", "1.3", under="1b")

    assert codes() == ["1.2", "1.1", "1.3", "2.1"]
    assert content_of(the(Measure, "1.1"))["goals"] == ["1b"]
    revision = Revision.objects.filter(kind="measure", part_id=the(Measure, "1.1").pk).latest(
        "number"
    )
    assert revision.change == RevisionChange.ARRANGED
    assert revision.content["goals"] == ["1b"]


def test_measure_under_a_goal_it_also_served_serves_it_once(
    concept: Concept, officer: User
) -> None:
    move(concept, officer, "1.3", None, under="2a")

    assert content_of(the(Measure, "1.3"))["goals"] == ["2a"]
    assert codes() == ["1.1", "1.2", "2.1", "1.3"]


def test_measure_under_an_empty_goal_stands_after_what_is_above(
    concept: Concept, officer: User
) -> None:
    MeasureGoal.objects.filter(goal__code="1b").update(goal=the(Goal, "1a"))

    move(concept, officer, "2.1", None, under="1b")

    assert codes() == ["1.1", "1.2", "1.3", "2.1"]
    assert content_of(the(Measure, "2.1"))["goals"] == ["1b"]


def test_goal_moves_to_another_theme(concept: Concept, officer: User) -> None:
    move_part(
        concept=concept,
        kind=PartKind.GOAL,
        part_id=the(Goal, "1b").pk,
        before=the(Goal, "2a").pk,
        under=the(Theme, "2").pk,
        by=officer,
    )

    assert [(goal.code, goal.theme.number) for goal in Goal.objects.all()] == [
        ("1a", 1),
        ("1b", 2),
        ("2a", 2),
    ]


def test_theme_moves_and_keeps_its_number(concept: Concept, officer: User) -> None:
    move_part(
        concept=concept,
        kind=PartKind.THEME,
        part_id=the(Theme, "2").pk,
        before=the(Theme, "1").pk,
        by=officer,
    )

    assert codes(Theme) == ["2", "1"]


def test_stale_place_is_refused_and_nothing_moves(concept: Concept, officer: User) -> None:
    """Somebody else has put 1.2 under 1b while this page still showed it under 1a."""
    move(concept, officer, "1.2", "1.3", under="1b")

    with pytest.raises(Refused) as refusal:
        move(concept, officer, "1.1", "1.2")

    assert refusal.value.reasons == [
        (
            "Somebody has rearranged the concept meanwhile. Look at the order as it is now and try "
            "again."
        )
    ]
    assert codes() == ["1.1", "1.2", "1.3", "2.1"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"part_id": 0}, "What you wanted to move has been deleted meanwhile."),
        ({"under": 0}, "The place you chose has been deleted meanwhile; choose another."),
    ],
)
def test_what_is_gone_is_refused(
    concept: Concept, officer: User, values: dict[str, int], reason: str
) -> None:
    given: dict[str, Any] = {"part_id": the(Measure, "1.1").pk, "before": None, **values}

    with pytest.raises(Refused) as refusal:
        move_part(concept=concept, kind=PartKind.MEASURE, by=officer, **given)

    assert refusal.value.reasons == [reason]


def test_another_concepts_goal_is_no_place(concept: Concept, officer: User) -> None:
    settle(plan(measure("1.1"), concept={"slug": "2030", "title": "Neu", "edition": 2030}))
    other = Goal.objects.get(concept__slug="2030")

    with pytest.raises(Refused):
        move_part(
            concept=concept,
            kind=PartKind.MEASURE,
            part_id=Measure.objects.get(concept=concept, code="1.1").pk,
            before=None,
            under=other.pk,
            by=officer,
        )


def test_moving_costs_the_same_in_a_large_concept(
    town: Municipality, concept: Concept, officer: User
) -> None:
    grow(town, 1)
    Measure.objects.filter(code="9.0").update(code="8.0")
    few = queries_of(lambda: move(concept, officer, "1.2", "1.1"))
    grow(town, 30)

    many = queries_of(lambda: move(concept, officer, "1.1", "1.2"))

    assert_same_number(few, many)


def test_codes_follow_the_places_when_asked(concept: Concept, officer: User) -> None:
    move(concept, officer, "1.2", "1.1")
    move_part(
        concept=concept,
        kind=PartKind.THEME,
        part_id=the(Theme, "2").pk,
        before=the(Theme, "1").pk,
        by=officer,
    )

    changed = renumber(concept=concept, by=officer)

    assert {(each.kind, each.old, each.new) for each in changed} == {
        ("theme", "2", "1"),
        ("theme", "1", "2"),
        ("goal", "2a", "1a"),
        ("goal", "1a", "2a"),
        ("goal", "1b", "2b"),
        ("measure", "2.1", "1.1"),
        ("measure", "1.2", "2.1"),
        ("measure", "1.1", "2.2"),
        ("measure", "1.3", "2.3"),
    }
    assert [f"{row.code} {row.title}" for row in Measure.objects.all()] == [
        "1.1 Vier",
        "2.1 Zwei",
        "2.2 Eins",
        "2.3 Drei",
    ]
    assert [goal.code for goal in Goal.objects.all()] == ["1a", "2a", "2b"]
    assert codes(Theme) == ["1", "2"]


def test_renumbering_twice_changes_nothing_more(concept: Concept, officer: User) -> None:
    move(concept, officer, "1.2", "1.1")
    renumber(concept=concept, by=officer)

    assert renumber(concept=concept, by=officer) == []


def test_renumbering_takes_drafts_along(concept: Concept, officer: User) -> None:
    move(concept, officer, "1.2", "1.1")
    row = the(Measure, "1.2")
    own, chosen = member(concept.municipality, Role.EDITOR), officer
    base = latest_number("measure", row.pk)
    content = {**content_of(row), "title": "Halb getippt", "goals": ["1a"]}
    Draft.objects.create(
        concept=concept, kind="measure", part_id=row.pk, base=base, content=content, author=own
    )
    Draft.objects.create(
        concept=concept,
        kind="measure",
        part_id=row.pk,
        base=0,
        content={"code": "9.9", "goals": None},
        author=chosen,
    )

    renumber(concept=concept, by=officer)

    kept = Draft.objects.get(author=own)
    assert kept.content == {**content, "code": "1.1"}
    assert (kept.base, kept.saves) == (latest_number("measure", row.pk), 2)
    other = Draft.objects.get(author=chosen)
    assert (other.content["code"], other.base) == ("9.9", 0)


def test_event_names_old_and_new_codes(concept: Concept, officer: User) -> None:
    move(concept, officer, "1.2", "1.1")

    renumber(concept=concept, by=officer)

    event = AuditEvent.objects.get(action="concept.renumber")
    assert event.changes == {"theme": {}, "goal": {}, "measure": {"1.2": "1.1", "1.1": "1.2"}}


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (["M1.01", "M1.02", "M1.10"], ["M1.01", "M1.02", "M1.03"]),
        (["Z7", "Z9", "Z8"], ["Z1", "Z2", "Z3"]),
        (["1-4", "1-2", "so"], ["1-1", "1-2", "1-3"]),
    ],
)
def test_pattern_of_codes_is_kept(db: None, now: list[str], then: list[str]) -> None:
    town = settle(plan(*[measure(code) for code in now]))

    found = new_codes(Concept.objects.get(municipality=town))

    assert [each.new for each in found if each.kind == "measure"] == then
