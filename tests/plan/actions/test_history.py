"""Every state of every part is written down, the one before history began too."""

import pytest

from leitbild.accounts.enums import Role
from leitbild.plan.actions.changing import changing
from leitbild.plan.actions.history import NOBODY, record_history
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import Concept, Measure, Revision
from leitbild.plan.queries.contents import PartKey
from leitbild.plan.queries.history import revisions_of
from tests.people import member
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

pytestmark = pytest.mark.django_db


def retitle(code: str, title: str, *, only: bool) -> None:
    """Change a measure's title as an action would."""
    concept = Concept.objects.get()
    row = Measure.objects.get(code=code)
    keys: list[PartKey] | None = [("measure", row.pk)] if only else None
    with changing(concept=concept, by=None, action="x", change=RevisionChange.EDITED, only=keys):
        Measure.objects.filter(pk=row.pk).update(title=title)


def history(code: str) -> list[tuple[int, str, str, str]]:
    """Number, change, title and author of a measure's revisions, the oldest first."""
    rows = revisions_of("measure", Measure.objects.get(code=code).pk).order_by("number")
    return [(row.number, row.change, row.content["title"], row.author_name) for row in rows]


@pytest.mark.parametrize("only", [True, False])
def test_first_change_keeps_what_stood_before_history_began(only: bool) -> None:
    town = settle(plan(measure("1.1")))
    grow(town, 1)

    retitle("9.0", "Neu", only=only)
    retitle("9.0", "Neuer", only=only)

    assert history("9.0") == [
        (1, "imported", "Vorhaben 0", NOBODY),
        (2, "edited", "Neu", NOBODY),
        (3, "edited", "Neuer", NOBODY),
    ]


def test_import_keeps_what_stood_before_history_began() -> None:
    town = settle(plan(measure("1.1")))
    grow(town, 1)

    settle(plan(measure("1.1"), measure("9.0", "Aus der Datei")))

    assert history("9.0") == [
        (1, "imported", "Vorhaben 0", NOBODY),
        (2, "imported", "Aus der Datei", NOBODY),
    ]


def test_what_did_not_change_gets_no_revision() -> None:
    settle(plan(measure("1.1"), measure("1.2")))
    before = Revision.objects.count()

    retitle("1.1", "Lesen", only=False)
    retitle("1.1", "Neu", only=False)

    assert Revision.objects.count() == before + 1


def test_deleted_part_gets_a_last_revision_and_a_restored_one_another() -> None:
    settle(plan(measure("1.1"), measure("1.2", goals=["1a"])))
    concept = Concept.objects.get()
    row = Measure.objects.get(code="1.2")
    key: PartKey = ("measure", row.pk)

    Measure.objects.filter(pk=row.pk).delete()
    record_history(concept=concept, change=RevisionChange.EDITED, by=None, only=[key])
    record_history(concept=concept, change=RevisionChange.EDITED, by=None)
    row.save(force_insert=True)
    record_history(concept=concept, change=RevisionChange.RESTORED, by=None, only=[key])

    told = revisions_of(*key).order_by("number").values_list("number", "change")
    assert list(told) == [(1, "imported"), (2, "deleted"), (3, "restored")]


def test_released_draft_names_its_author_and_who_released_it() -> None:
    town = settle(plan(measure("1.1")))
    officer, editor = member(town, Role.OFFICER), member(town, Role.EDITOR)
    row = Measure.objects.get()

    Measure.objects.filter(pk=row.pk).update(title="Neu")
    [written] = record_history(
        concept=row.concept,
        change=RevisionChange.EDITED,
        by=officer,
        written_by=editor,
        reason="Besser so.",
        only=[("measure", row.pk)],
    )

    assert (written.author_id, written.author_name) == (editor.pk, str(editor))
    assert (written.released_by_name, written.reason) == (str(officer), "Besser so.")


def test_one_change_costs_the_same_in_a_concept_of_any_size() -> None:
    town = settle(plan(measure("1.1")))
    few = queries_of(lambda: retitle("1.1", "Eins", only=True))
    grow(town, 500)

    many = queries_of(lambda: retitle("1.1", "Zwei", only=True))

    assert_same_number(few, many)
    assert sum(len(sql) for sql in many) < 2 * sum(len(sql) for sql in few)
