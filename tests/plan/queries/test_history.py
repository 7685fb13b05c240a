"""What parts said when, and how that differs."""

import pytest

from leitbild.core.difference import Piece
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import Concept, Measure
from leitbild.plan.queries.contents import contents
from leitbild.plan.queries.history import (
    FieldDifference,
    changed_fields,
    content_differences,
    latest_number,
    latest_revisions,
    parts_without_history,
    revision,
    revisions_of,
)
from tests.queries import queries_of
from tests.towns import grow, measure, plan, settle


@pytest.mark.django_db
def test_import_writes_the_first_and_the_next_revisions() -> None:
    settle(plan(measure("1.1"), measure("1.2")))
    settle(plan(measure("1.1", "Schreiben"), measure("1.2")))
    concept = Concept.objects.get()
    first = Measure.objects.get(code="1.1")

    newest = latest_revisions(concept)

    assert [each.content["title"] for each in revisions_of("measure", first.pk)] == [
        "Schreiben",
        "Lesen",
    ]
    assert {each.change for each in newest.values()} == {RevisionChange.IMPORTED}
    assert {key: each.content for key, each in newest.items()} == contents(concept)
    assert {each.number for key, each in newest.items() if key != ("measure", first.pk)} == {1}


@pytest.mark.django_db
def test_one_revision_is_found_by_its_number() -> None:
    settle(plan(measure("1.1")))
    settle(plan(measure("1.1", "Schreiben")))
    pk = Measure.objects.get().pk

    found = revision("measure", pk, 1)

    assert found is not None
    assert found.content["title"] == "Lesen"
    assert latest_number("measure", pk) == 2
    assert revision("measure", pk, 3) is None
    assert latest_number("measure", pk + 1) == 0


@pytest.mark.django_db
def test_newest_revisions_of_some_parts_are_one_query() -> None:
    town = settle(plan(measure("1.1")))
    grow(town, 40)
    concept = Concept.objects.get()
    keys = [("measure", pk) for pk in Measure.objects.values_list("pk", flat=True)]
    keys.append(("concept", concept.pk))

    queries = queries_of(lambda: latest_revisions(concept, keys))

    assert len(queries) == 1
    assert set(latest_revisions(concept, keys)) == {keys[0], keys[-1]}
    assert latest_revisions(concept, []) == {}


@pytest.mark.django_db
def test_parts_that_no_action_wrote_have_no_history() -> None:
    town = settle(plan(measure("1.1")))
    old = Measure.objects.get().pk
    grow(town, 2)
    concept = Concept.objects.get()
    first, second = Measure.objects.exclude(pk=old).order_by("pk").values_list("pk", flat=True)

    assert parts_without_history(concept) == [("measure", first), ("measure", second)]
    assert parts_without_history(concept, [("measure", second), ("measure", old)]) == [
        ("measure", second)
    ]
    assert parts_without_history(concept, [("concept", concept.pk)]) == []


def test_differences_are_told_field_by_field() -> None:
    old = {
        "title": "Lesen",
        "summary": "",
        "goals": ["1a", "1b"],
        "stages": ["ankunft"],
        "start": 2025,
        "end": None,
        "lead": None,
        "sample": False,
    }
    new = {
        "title": "Vorlesen",
        "summary": None,
        "goals": ["1b", "1a"],
        "stages": ["alltag"],
        "start": "2025-03-01",
        "end": None,
        "lead": "vhs",
        "sample": True,
    }

    assert content_differences(old, new) == [
        FieldDifference(
            "title",
            "Lesen",
            "Vorlesen",
            pieces=(Piece("gone", "Lesen"), Piece("new", "Vorlesen")),
        ),
        FieldDifference("goals", ["1a", "1b"], ["1b", "1a"]),
        FieldDifference("stages", ["ankunft"], ["alltag"], gone=("ankunft",), added=("alltag",)),
        FieldDifference("start", 2025, "2025-03-01"),
        FieldDifference("lead", "", "vhs", pieces=(Piece("new", "vhs"),)),
        FieldDifference("sample", False, True),
    ]


def test_what_is_missing_is_empty() -> None:
    assert changed_fields({"title": "", "goals": []}, {"lead": None}) == []
    assert changed_fields({"sample": False}, {}) == ["sample"]
    assert changed_fields({}, {"title": "Neu"}) == ["title"]
