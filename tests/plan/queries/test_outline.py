"""A concept whole: everything connected, in the concept's order, in seven queries."""

from typing import Any

import pytest

from leitbild.accounts.models import Municipality
from leitbild.plan.models import Concept, Measure
from leitbild.plan.queries.connections import serving
from leitbild.plan.queries.outline import Outline, outline, public_concepts
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

FULL: dict[str, Any] = {
    "themes": [
        {"number": 1, "slug": "bildung", "name": "Bildung"},
        {"number": 2, "slug": "wohnen", "name": "Wohnen"},
    ],
    "goals": [
        {"code": "1a", "theme": 1, "title": "Lesen"},
        {"code": "1b", "theme": 1, "title": "Rechnen"},
        {"code": "2a", "theme": 2, "title": "Wohnen"},
    ],
    "stages": [{"slug": "ankommen", "name": "Ankommen"}, {"slug": "einleben", "name": "Einleben"}],
    "target_groups": [{"slug": "kinder", "name": "Kinder"}, {"slug": "eltern", "name": "Eltern"}],
}


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(
        plan(
            measure("1.2", goals=["1b", "2a"]),
            measure(
                "1.1",
                {"de": "Lesen", "ar": "قراءة"},
                stages=["einleben", "ankommen"],
                target_groups=["eltern", "kinder"],
                lead="schulamt",
                partners=["amt-fuer-bau"],
            ),
            measure("2.1", goals=["2a", "1a"]),
            **FULL,
        )
    )


def whole(town: Municipality, language: str = "de") -> Outline:
    concept = Concept.objects.get(municipality=town)
    return outline(concept, language=language, municipality=town)


def test_measures_stand_in_the_order_of_the_concept(town: Municipality) -> None:
    assert [each.measure.code for each in whole(town).measures] == ["1.2", "1.1", "2.1"]


def test_measure_belongs_to_the_theme_of_its_main_goal(town: Municipality) -> None:
    themes = [(each.measure.code, each.theme.number) for each in whole(town).measures]

    assert themes == [("1.2", 1), ("1.1", 1), ("2.1", 2)]


def test_measure_stands_once_under_its_main_goal(town: Municipality) -> None:
    rows = [
        (
            goal.goal.code,
            [m.measure.code for m in goal.measures],
            [m.measure.code for m in goal.also],
        )
        for theme in whole(town).themes
        for goal in theme.goals
    ]

    assert rows == [("1a", ["1.1"], ["2.1"]), ("1b", ["1.2"], []), ("2a", ["2.1"], ["1.2"])]


def test_theme_has_its_measures_in_the_order_of_the_concept(town: Municipality) -> None:
    assert [each.measure.code for each in whole(town).themes[0].measures] == ["1.2", "1.1"]


def test_measure_is_connected(town: Municipality) -> None:
    entry = whole(town).measure("1.1")

    assert entry
    assert entry.lead
    assert entry.lead.slug == "schulamt"
    assert [each.slug for each in entry.partners] == ["amt-fuer-bau"]
    assert [each.slug for each in entry.stages] == ["ankommen", "einleben"]
    assert [each.slug for each in entry.target_groups] == ["kinder", "eltern"]


def test_row_that_measures_share_is_one_row(town: Municipality) -> None:
    grow(town, 2)

    one, other = whole(town).measures[-2:]

    assert one.lead is other.lead is one.partners[0]
    assert one.lead is not None
    assert one.stages[0] is other.stages[0]
    assert one.target_groups[0] is other.target_groups[0]
    assert one.goals[0] is other.goals[0]


def test_measure_without_a_goal_is_loose_and_still_connected(town: Municipality) -> None:
    Measure.objects.get(code="1.1").goal_links.all().delete()

    found = whole(town)

    [row] = found.loose
    connected = found.connections
    assert found.measure("1.1") is None
    assert (row.code, row.lead.t.name if row.lead else "") == ("1.1", "Schulamt")
    assert row.pk not in connected.goals
    assert [each.t.name for each in connected.partners[row.pk]] == ["Amt für Bau"]
    assert [each.slug for each in connected.target_groups[row.pk]] == ["kinder", "eltern"]


def test_goals_of_a_measure_stand_in_the_order_of_its_links(town: Municipality) -> None:
    grow(town, 1)

    assert {
        each.measure.code: [goal.code for goal in each.goals] for each in whole(town).measures
    } == {"1.2": ["1b", "2a"], "1.1": ["1a"], "2.1": ["2a", "1a"], "9.0": ["1a"]}


def test_everything_speaks_the_readers_language(town: Municipality) -> None:
    found = whole(town, "ar")

    entry = found.measure("1.1")
    assert entry
    assert entry.lead
    assert (entry.measure.t.title, entry.measure.t.title.is_fallback) == ("قراءة", False)
    assert (entry.lead.t.name, entry.lead.t.name.is_fallback) == ("Schulamt", True)
    assert found.concept.t.title.language == "de"
    assert town.t.name == "Musterstadt"


def test_unknown_code_and_slug_are_none(town: Municipality) -> None:
    assert whole(town).measure("9.9") is None
    assert whole(town).theme("fehlt") is None


@pytest.mark.parametrize(("language", "queries"), [("de", 6), ("ar", 7)])
def test_outline_costs_the_same_whatever_its_size(
    town: Municipality, language: str, queries: int
) -> None:
    few = queries_of(lambda: whole(town, language))
    grow(town, 500)
    many = queries_of(lambda: whole(town, language))

    # One more finds the concept.
    assert len(few) == queries + 1
    assert_same_number(few, many)


def test_outline_of_some_measures_has_all_themes_and_goals(town: Municipality) -> None:
    concept = Concept.objects.get(municipality=town)
    lesen = Measure.objects.get(code="1.1")
    everything = whole(town)

    found = outline(concept, language="de", municipality=town, only={lesen.pk})

    assert found.measures == (everything.measure("1.1"),)
    assert found.connections.lists == everything.connections.lists
    assert [
        (entry.goal.code, [each.measure.code for each in entry.measures])
        for theme in found.themes
        for entry in theme.goals
    ] == [("1a", ["1.1"]), ("1b", []), ("2a", [])]


def test_theme_is_the_same_among_the_measures_that_serve_it(town: Municipality) -> None:
    concept = Concept.objects.get(municipality=town)

    for each in whole(town).themes:
        only = serving(concept, each.theme.slug)
        found = outline(concept, language="de", municipality=town, only=only)
        assert found.theme(each.theme.slug) == each


def test_public_concepts_are_newest_first_and_no_drafts(town: Municipality) -> None:
    for year, status in ((2030, "draft"), (2019, "superseded"), (2021, "adopted")):
        concept = {"slug": str(year), "title": "Plan", "edition": year, "status": status}
        settle(plan(measure("1.1"), concept=concept))

    assert [each.edition for each in public_concepts(town)] == [2025, 2021, 2019]
