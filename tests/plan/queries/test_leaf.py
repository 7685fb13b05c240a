"""One measure with what it is connected to: what the whole outline says of it, by one query."""

import pytest

from leitbild.core.queries import overlay
from leitbild.plan.models import Concept, Measure
from leitbild.plan.queries.leaf import Leaf, leaf
from leitbild.plan.queries.outline import Outline, outline
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

FULL = {
    "themes": [
        {"number": 1, "slug": "bildung", "name": "Bildung"},
        {"number": 2, "slug": "wohnen", "name": "Wohnen"},
    ],
    "goals": [
        {"code": "1a", "theme": 1, "title": "Lesen"},
        {"code": "2a", "theme": 2, "title": "Wohnen"},
    ],
    "stages": [{"slug": "ankommen", "name": "Ankommen"}, {"slug": "einleben", "name": "Einleben"}],
    "target_groups": [{"slug": "kinder", "name": "Kinder"}, {"slug": "eltern", "name": "Eltern"}],
}


@pytest.fixture
def concept(db: None) -> Concept:
    """Measures of two themes; two stand in the same place, the last but one serves no goal."""
    settle(
        plan(
            measure("1.2", "Rechnen", goals=["2a", "1a"]),
            measure(
                "1.1",
                stages=["einleben", "ankommen"],
                target_groups=["eltern", "kinder"],
                lead="schulamt",
                partners=["amt-fuer-bau", "schulamt"],
            ),
            measure("2.1", "Schreiben", goals=["2a"]),
            measure("2.2"),
            measure("2.3"),
            **FULL,
        )
    )
    concept = Concept.objects.get()
    Measure.objects.filter(code__in=["1.1", "2.1"]).update(position=7)
    Measure.objects.filter(code="2.2").update(position=8)
    Measure.objects.filter(code="2.3").update(position=9)
    Measure.objects.get(code="2.2").goal_links.all().delete()
    return concept


def whole(concept: Concept) -> Outline:
    return outline(concept, language="de", municipality=concept.municipality)


def neighbours(found: Leaf) -> list[tuple[str, int] | None]:
    """Codes and themes of what stands before and after it."""
    beside = (found.previous, found.next)
    return [(each.measure.code, each.theme_id) if each else None for each in beside]


def test_leaf_says_what_the_outline_says(concept: Concept) -> None:
    entries = whole(concept).measures
    assert [each.measure.code for each in entries] == ["1.2", "1.1", "2.1", "2.3"]
    places = [None, *((each.measure.code, each.theme.pk) for each in entries), None]

    for at, entry in enumerate(entries):
        found = leaf(concept, entry.measure.code)
        assert found
        assert found.entry == entry
        assert neighbours(found) == [places[at], places[at + 2]]


def test_everything_on_a_leaf_can_speak_the_readers_language(concept: Concept) -> None:
    found = leaf(concept, "1.1")
    assert found

    overlay(found.rows(), language="de", source="de")

    entry = found.entry
    assert entry.lead
    assert [each.t.name for each in (entry.theme, entry.lead, *entry.partners)] == [
        "Bildung", "Schulamt", "Schulamt", "Amt für Bau",
    ]  # fmt: skip
    assert [each.t.name for each in (*entry.stages, *entry.target_groups)] == [
        "Ankommen", "Einleben", "Kinder", "Eltern",
    ]  # fmt: skip
    assert [each.measure.t.title for each in (found.previous, found.next) if each] == [
        "Rechnen", "Schreiben",
    ]  # fmt: skip
    assert [each.t.title for each in (entry.measure, *entry.goals)] == ["Lesen", "Lesen"]


@pytest.mark.parametrize("code", ["2.2", "9.9", ""])
def test_measure_without_a_goal_and_unknown_code_have_no_leaf(concept: Concept, code: str) -> None:
    assert leaf(concept, code) is None


def test_leaf_is_of_this_concept(concept: Concept) -> None:
    settle(
        plan(
            measure("1.1"),
            measure("5.5"),
            concept={"slug": "2030", "title": "Plan", "edition": 2030},
        )
    )

    found = leaf(concept, "1.1")

    assert found
    assert found.entry.measure.concept == concept
    assert leaf(concept, "5.5") is None


def test_leaf_costs_the_same_whatever_the_size_of_the_concept(concept: Concept) -> None:
    leaf(concept, "1.1")
    few = queries_of(lambda: leaf(concept, "1.1"))
    grow(concept.municipality, 100)
    many = queries_of(lambda: leaf(concept, "1.1"))

    assert len(few) == 1
    assert_same_number(few, many)
