"""Deleting into the bin and coming back whole, thirty days long."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, Organisation, User
from leitbild.core.actions import write_translations
from leitbild.core.enums import TranslationState
from leitbild.core.models import AuditEvent, Translation
from leitbild.core.refusal import Refused
from leitbild.plan.actions import import_concept
from leitbild.plan.actions.bin import delete_part, empty_bin, restore_part
from leitbild.plan.actions.continuing import continue_concept
from leitbild.plan.document import parse_document
from leitbild.plan.enums import ConceptStatus, PartKind, RevisionChange
from leitbild.plan.models import (
    BinEntry,
    Concept,
    Draft,
    Goal,
    GoalLineage,
    Measure,
    MeasureGoal,
    MeasureLineage,
    Theme,
)
from leitbild.plan.queries.bin import days_left
from leitbild.plan.queries.contents import content_of
from leitbild.plan.queries.history import revisions_of
from tests.people import member
from tests.towns import measure, plan, report_on, settle

GOALS: list[dict[str, Any]] = [
    {"code": "1a", "theme": 1, "title": {"de": "Jedes Kind liest.", "ar": "كل طفل يقرأ"}},
    {"code": "1b", "theme": 1, "title": "Jedes Kind rechnet."},
]
WHOLE: dict[str, Any] = {
    "title": {"de": "Lesen", "ar": "القراءة"},
    "goals": ["1b", "1a"],
    "stages": ["ankommen"],
    "target_groups": ["kinder"],
    "partners": ["amt-fuer-bau"],
    "lead": "schulamt",
    "start": 2025,
    "end": "2027-03-31",
}


@pytest.fixture
def town(db: None) -> Municipality:
    """Measure 1.2 has everything a measure can have, and stands between two others."""
    return settle(town_plan())


def town_plan(*, without: str = "") -> dict[str, Any]:
    measures = [measure("1.1"), measure("1.2", **WHOLE), measure("1.3", "Rechnen")]
    return plan(
        *[each for each in measures if each["code"] != without],
        goals=GOALS,
        stages=[{"slug": "ankommen", "name": "Ankommen"}],
        target_groups=[{"slug": "kinder", "name": "Kinder"}],
    )


@pytest.fixture
def concept(town: Municipality) -> Concept:
    return Concept.objects.get(municipality=town)


@pytest.fixture
def officer(town: Municipality) -> User:
    return member(town, Role.OFFICER)


def delete(row: Any, by: User | None) -> BinEntry:
    kind = PartKind(row._meta.model_name)
    return delete_part(concept=row.concept, kind=kind, part_id=row.pk, by=by)


def the(code: str) -> Measure:
    return Measure.objects.get(code=code)


def translations(row: Any) -> list[dict[str, Any]]:
    texts = Translation.objects.filter(record=row.record_name(), record_id=row.pk)
    return list[Any](
        texts.values("field", "language", "text", "state", "source_digest", "author_id")
    )


def test_deleted_measure_is_gone_with_its_translations(concept: Concept, officer: User) -> None:
    row = the("1.2")

    entry = delete(row, officer)

    assert [each.code for each in Measure.objects.all()] == ["1.1", "1.3"]
    assert translations(row) == []
    assert (entry.label, entry.deleted_by, days_left(entry)) == ("1.2 Lesen", officer, 29)
    newest = revisions_of("measure", row.pk)[0]
    assert (newest.change, newest.content["title"]) == (RevisionChange.DELETED, "Lesen")
    assert AuditEvent.objects.get(action="measure.delete").changes["part"] == "1.2 Lesen"


def test_measure_comes_back_as_it_was(concept: Concept, officer: User) -> None:
    row = the("1.2")
    write_translations([(row, "title", "ar", "مسودة")], by=officer, state=TranslationState.DRAFT)
    before = content_of(row), translations(row), row.position, row.end_precision
    entry = delete(row, officer)

    restored = restore_part(entry=entry, by=officer)

    back = Measure.objects.get(pk=row.pk)
    assert restored.notes == []
    assert (content_of(back), translations(back), back.position, back.end_precision) == before
    assert [each.code for each in Measure.objects.all()] == ["1.1", "1.2", "1.3"]
    assert revisions_of("measure", row.pk)[0].change == RevisionChange.RESTORED
    assert not BinEntry.objects.exists()


def test_goal_and_theme_come_back_as_they_were(concept: Concept, officer: User) -> None:
    for each in list(Measure.objects.all()):
        delete(each, officer)
    goals, theme = list(Goal.objects.all()), Theme.objects.get()
    said = [content_of(goal) for goal in goals], content_of(theme), translations(goals[0])
    entries = [delete(goal, officer) for goal in goals]
    shelved = delete(theme, officer)

    for entry in [shelved, *entries]:
        restore_part(entry=entry, by=officer)

    back = list(Goal.objects.all())
    assert ([content_of(goal) for goal in back], content_of(Theme.objects.get())) == said[:2]
    assert translations(back[0]) == said[2]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (
            PartKind.THEME,
            "“1 Bildung” has 2 goals. Delete them first, or put them under another theme.",
        ),
        (
            PartKind.GOAL,
            (
                "“1a Jedes Kind liest.” is served by the measures 1.1, 1.2, 1.3. Let them serve "
                "another goal, or delete them first."
            ),
        ),
        (
            PartKind.CONCEPT,
            "A concept isn’t put into the bin; an unused draft can be discarded.",
        ),
    ],
)
def test_what_others_stand_under_stays(
    concept: Concept, officer: User, kind: PartKind, reason: str
) -> None:
    ids = {
        PartKind.THEME: Theme.objects.get().pk,
        PartKind.GOAL: Goal.objects.get(code="1a").pk,
        PartKind.CONCEPT: concept.pk,
    }

    with pytest.raises(Refused) as refusal:
        delete_part(concept=concept, kind=kind, part_id=ids[kind], by=officer)

    assert refusal.value.reasons == [reason]
    assert not BinEntry.objects.exists()


def test_measure_with_reports_stays(town: Municipality, officer: User) -> None:
    report_on(town, "1.1", "under_way")

    with pytest.raises(Refused) as refusal:
        delete(the("1.1"), officer)

    assert refusal.value.reasons == [
        (
            "“1.1 Lesen” can’t be deleted, because there are progress updates. What was reported "
            "stays on record; say in its text that it has ended, or drop it in the next edition."
        )
    ]


def test_measure_that_a_newer_edition_continues_stays(concept: Concept, officer: User) -> None:
    Concept.objects.filter(pk=concept.pk).update(status=ConceptStatus.ADOPTED)
    continue_concept(
        concept=Concept.objects.get(pk=concept.pk), edition=2031, title="Plan 2031", by=None
    )

    with pytest.raises(Refused) as refusal:
        delete(Measure.objects.get(concept=concept, code="1.1"), officer)

    assert refusal.value.reasons == [
        "“1.1 Lesen” is where the edition “Plan 2031” began. Decide there what becomes of it."
    ]


def test_lineage_comes_back_with_the_part(concept: Concept, officer: User) -> None:
    Concept.objects.filter(pk=concept.pk).update(status=ConceptStatus.ADOPTED)
    old = Concept.objects.get(pk=concept.pk)
    new = continue_concept(concept=old, edition=2031, title="Plan 2031", by=None)
    for each in Measure.objects.filter(concept=new):
        MeasureGoal.objects.filter(measure=each, goal__code="1b").delete()
    copy = Measure.objects.get(concept=new, code="1.2")
    goal = Goal.objects.get(concept=new, code="1b")
    entries = [delete(copy, officer), delete(goal, officer)]
    assert not MeasureLineage.objects.filter(after_id=copy.pk).exists()

    for entry in entries:
        restore_part(entry=entry, by=officer)

    assert MeasureLineage.objects.get(after_id=copy.pk).before == Measure.objects.get(
        concept=old, code="1.2"
    )
    assert GoalLineage.objects.get(after_id=goal.pk).before == Goal.objects.get(
        concept=old, code="1b"
    )


def test_taken_code_is_replaced_and_said(concept: Concept, officer: User) -> None:
    entry = delete(the("1.1"), officer)
    Measure.objects.filter(code="1.3").update(code="1.1")

    restored = restore_part(entry=entry, by=officer)

    assert restored.notes == ["1.1 is taken meanwhile, so it is 1.3 now."]
    assert [each.code for each in Measure.objects.all()] == ["1.3", "1.2", "1.1"]


def test_links_that_are_gone_are_named(concept: Concept, officer: User) -> None:
    entry = delete(the("1.2"), officer)
    delete(Goal.objects.get(code="1b"), officer)
    Organisation.objects.filter(slug="schulamt").delete()

    restored = restore_part(entry=entry, by=officer)

    assert restored.notes == [
        "It no longer serves 1b: deleted meanwhile.",
        "The body that led it no longer exists; choose another.",
    ]
    assert content_of(the("1.2"))["goals"] == ["1a"]


def test_measure_waits_for_its_goal(concept: Concept, officer: User) -> None:
    """Its only goal lies in the bin as well."""
    entries = [delete(each, officer) for each in list(Measure.objects.all())]
    delete(Goal.objects.get(code="1a"), officer)

    with pytest.raises(Refused) as refusal:
        restore_part(entry=entries[0], by=officer)

    assert refusal.value.reasons == [
        (
            "“1a Jedes Kind liest.” lies in the bin as well. Bring that back first; this stands "
            "under it."
        )
    ]
    assert BinEntry.objects.filter(pk=entries[0].pk).exists()


def test_measure_whose_goals_are_gone_for_good_serves_another(
    concept: Concept, officer: User
) -> None:
    entries = [delete(each, officer) for each in list(Measure.objects.all())]
    delete(Goal.objects.get(code="1a"), officer)
    BinEntry.objects.filter(kind="goal").delete()

    restored = restore_part(entry=entries[0], by=officer)

    assert restored.notes == ["Its goal no longer exists; it now serves “1b Jedes Kind rechnet.”."]


def test_part_comes_back_once(concept: Concept, officer: User) -> None:
    entry = delete(the("1.1"), officer)
    restore_part(entry=BinEntry.objects.get(pk=entry.pk), by=officer)

    with pytest.raises(Refused) as refusal:
        restore_part(entry=entry, by=officer)

    assert refusal.value.reasons == ["“1.1 Lesen” is not in the bin any more."]


def test_drafts_of_a_deleted_part_are_kept(concept: Concept, officer: User) -> None:
    row = the("1.1")
    pk = row.pk
    draft = Draft.objects.create(
        concept=concept, kind="measure", part_id=pk, base=1, content={"title": "x"}, author=officer
    )

    delete(row, officer)

    assert Draft.objects.get(pk=draft.pk).part_id == pk


def test_bin_is_emptied_after_thirty_days(concept: Concept, officer: User) -> None:
    old, young = delete(the("1.1"), officer), delete(the("1.3"), officer)
    draft = Draft.objects.create(
        concept=concept,
        kind="measure",
        part_id=old.part_id,
        base=1,
        content={"title": "Mein Satz"},
        author=officer,
    )
    long_ago = timezone.now() - dt.timedelta(days=30, minutes=1)
    BinEntry.objects.filter(pk=old.pk).update(deleted_at=long_ago)

    assert empty_bin() == 1

    assert list(BinEntry.objects.all()) == [young]
    kept = Draft.objects.get(pk=draft.pk)
    assert (kept.part_id, kept.base, kept.content) == (None, 0, {"title": "Mein Satz"})
    event = AuditEvent.objects.get(action="bin.empty")
    assert (event.municipality_id, event.changes) == (
        concept.municipality_id,
        {"parts": ["1.1 Lesen"]},
    )


def test_emptying_an_empty_bin_leaves_no_event(concept: Concept) -> None:
    assert empty_bin() == 0
    assert not AuditEvent.objects.filter(action="bin.empty").exists()


def test_what_an_import_prunes_can_come_back(concept: Concept, officer: User) -> None:
    before = content_of(the("1.2"))

    import_concept(document=parse_document(town_plan(without="1.2")), by=officer, prune=True)
    restore_part(entry=BinEntry.objects.get(), by=officer)

    assert content_of(the("1.2")) == before
