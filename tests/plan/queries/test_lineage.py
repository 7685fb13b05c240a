"""Lines of measures and comparisons of editions, against cases worked out by hand."""

from functools import partial
from typing import Final

import pytest

from leitbild.accounts.models import Municipality
from leitbild.core.refusal import Refused
from leitbild.plan.actions.continuing import continue_concept
from leitbild.plan.actions.fates import continue_unchanged
from leitbild.plan.actions.origins import Origin, record_origins
from leitbild.plan.enums import ConceptStatus, Fate
from leitbild.plan.models import Concept, Measure, MeasureLineage
from leitbild.plan.queries.lineage import Line, Lineage, line_of, undecided, unexplained
from tests.plan.editions import begun, came, codes, compared, decide, line, of
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

# 32 measures in five themes: what becomes of them, worked out by hand.
MERGED: Final = {"1.2": "1.1", "1.3": "1.1", "4.5": "4.6"}
CHANGED: Final = ("1.1", "3.1", "5.6")
DROPPED: Final = ("2.6", "3.7", "5.1")
SPLIT: Final = {"2.1": ("Wegweiser auf Papier", "Wegweiser im Netz"), "4.1": ("Fallberatung",)}
LINES: Final = [
    "1.1 → 1.1 changed", "1.2 → 1.1 merged", "1.3 → 1.1 merged", "1.4 → 1.4 continued",
    "1.5 → 1.5 continued", "1.6 → 1.6 continued", "1.7 → 1.7 continued",
    "2.1 → 2.1 2.7 2.8 split", "2.2 → 2.2 continued", "2.3 → 2.3 continued",
    "2.4 → 2.4 continued", "2.5 → 2.5 continued", "2.6 → - dropped",
    "3.1 → 3.1 changed", "3.2 → 3.2 continued", "3.3 → 3.3 continued", "3.4 → 3.4 continued",
    "3.5 → 3.5 continued", "3.6 → 3.6 continued", "3.7 → - dropped",
    "4.1 → 4.1 4.7 split", "4.2 → 4.2 continued", "4.3 → 4.3 continued", "4.4 → 4.4 continued",
    "4.5 → 4.6 merged", "4.6 → 4.6 continued",
    "5.1 → - dropped", "5.2 → 5.2 continued", "5.3 → 5.3 continued", "5.4 → 5.4 continued",
    "5.5 → 5.5 continued", "5.6 → 5.6 changed",
]  # fmt: skip


@pytest.fixture
def new(demo_city: Municipality) -> Concept:
    """The edition after 2022, with every kind of fate."""
    new = begun(demo_city)[1]
    for code, into in MERGED.items():
        decide(new, code, Fate.MERGED, f"{code} gehört zu {into}.", into=of(new, into))
    for code in CHANGED:
        Measure.objects.filter(concept=new, code=code).update(title=f"Anders {code}")
        decide(new, code, Fate.CHANGED, f"{code} ist anders.")
    for code in DROPPED:
        decide(new, code, Fate.DROPPED, f"{code} ist erledigt.")
    for code, titles in SPLIT.items():
        decide(new, code, Fate.SPLIT, f"{code} ist zu groß.", titles=titles)
    fresh = Measure.objects.get(concept=new, code="1.7")
    goal = fresh.goals.get()
    fresh.pk, fresh.code, fresh.title = None, "1.9", "Neu"
    fresh.save(force_insert=True)
    fresh.goal_links.create(goal=goal, concept=new)
    came(new, "1.9", "Das fehlte.")
    continue_unchanged(concept=new, by=None)
    return new


def test_each_of_32_measures_has_the_right_line(new: Concept) -> None:
    found = compared(new)

    assert [line(each) for each in found.passages] == LINES
    assert [line(each) for each in found.came] == ["- → 1.9 new"]
    assert undecided(new) == unexplained(new) == []
    assert new.measures.count() == 32 - len(MERGED) - len(DROPPED) + 3 + 1


def test_comparison_says_what_stayed_changed_came_and_went(new: Concept) -> None:
    found = compared(new)

    assert len(found.stayed) == 21
    assert codes([each.before for each in found.changed]) == "1.1 3.1 5.6"
    assert codes([each.before for each in found.split]) == "2.1 4.1"
    assert codes([each.before for each in found.went]) == "2.6 3.7 5.1"
    assert [
        (each.into.code, codes([one.before for one in each.passages]), len(each.also))
        for each in found.merged
    ] == [("1.1", "1.2 1.3", 1), ("4.6", "4.5", 1)]
    assert [each.row.reason for each in found.changed if each.row] == [
        "1.1 ist anders.", "3.1 ist anders.", "5.6 ist anders.",
    ]  # fmt: skip
    assert [each.row.reason for each in found.came if each.row] == ["Das fehlte."]
    assert (found.decided, found.is_recorded) == (32, True)


def test_edition_just_begun_has_everything_open(demo_city: Municipality) -> None:
    _old, new = begun(demo_city)

    found = compared(new)

    assert (len(found.undecided), found.decided, found.came) == (32, 0, ())
    assert all(each.is_alike for each in found.undecided)


def test_comparison_costs_the_same_for_many(db: None) -> None:
    town = settle(plan(measure("1.1", lead="schulamt")))
    new = begun(town)[1]
    few = queries_of(partial(compared, new))
    Concept.objects.filter(status="draft").delete()
    grow(town, 40)
    new = begun(town)[1]

    many = queries_of(partial(compared, new))

    assert_same_number(few, many)
    assert len(many) == 6


def told(found: Line) -> list[str]:
    """A line as one would tell it, an edition a sentence."""
    return [
        f"{station.edition.edition}: "
        + ", ".join(
            stop.measure.code
            + (f" {stop.came.row.fate}" if stop.came else "")
            + (f" ({stop.went.row.fate})" if stop.went else "")
            for stop in station.stops
        )
        for station in found.stations
    ]


@pytest.fixture
def three(db: None) -> list[Concept]:
    """Three public editions: 1.1 and 1.2 merge, then split; 1.3 ends; 1.4 comes and goes."""
    town = settle(plan(*(measure(f"1.{at}") for at in (1, 2, 3))))
    first, second = begun(town)
    decide(second, "1.1", Fate.CHANGED, "Mehr.")
    decide(second, "1.2", Fate.MERGED, "Zusammen.", into=of(second, "1.1"))
    decide(second, "1.3", Fate.SPLIT, "Teile.", titles=["Anderes"])
    adopt(first, second)
    third = continue_concept(concept=second, edition=2045, title="Die dritte", by=None)
    decide(third, "1.1", Fate.SPLIT, "Zu viel.", titles=["Weiteres"])
    decide(third, "1.3", Fate.DROPPED, "Erreicht.")
    decide(third, "1.4", Fate.CONTINUED)
    adopt(second, third)
    return [first, second, third]


def adopt(old: Concept, new: Concept) -> None:
    Concept.objects.filter(pk=old.pk).update(status=ConceptStatus.SUPERSEDED)
    Concept.objects.filter(pk=new.pk).update(status=ConceptStatus.ADOPTED)
    new.refresh_from_db()


def test_line_goes_through_all_editions_in_both_directions(three: list[Concept]) -> None:
    first, second, third = three
    whole = ["2025: 1.1 (changed), 1.2 (merged)", "2035: 1.1 (split)", "2045: 1.1, 1.5"]

    assert told(line_of(of(second, "1.1"), editions=three)) == whole
    assert told(line_of(of(third, "1.5"), editions=three)) == [*whole[:2], "2045: 1.5"]
    assert told(line_of(of(first, "1.2"), editions=three)) == [
        "2025: 1.2 (merged)", "2035: 1.1 (split)", "2045: 1.1, 1.5",
    ]  # fmt: skip
    assert told(line_of(of(second, "1.3"), editions=three)) == [
        "2025: 1.3 (split)", "2035: 1.3 (dropped)",
    ]  # fmt: skip


def test_line_is_the_same_as_among_all_lines(three: list[Concept]) -> None:
    whole = Lineage(three)

    for each in Measure.objects.filter(concept__in=three):
        assert line_of(each, editions=three) == whole.line_of(each)


def test_line_of_a_new_measure_begins_with_its_reason(three: list[Concept]) -> None:
    third = three[2]
    MeasureLineage.objects.filter(after=of(third, "1.5")).delete()
    came(third, "1.5", "Gewünscht.")

    found = line_of(of(third, "1.5"), editions=three)

    assert told(found) == ["2045: 1.5 new"]
    assert found.is_known


def test_line_ends_where_the_reader_may_not_look(three: list[Concept]) -> None:
    first, second, _third = three

    found = line_of(of(second, "1.1"), editions=[first, second])

    assert told(found) == ["2025: 1.1 (changed), 1.2 (merged)", "2035: 1.1"]


def test_line_costs_two_queries_and_none_without_other_editions(three: list[Concept]) -> None:
    here = of(three[1], "1.1")

    assert len(queries_of(partial(line_of, here, editions=three))) == 2
    assert queries_of(partial(line_of, here, editions=[three[1]])) == []
    assert not line_of(here, editions=[three[1]]).is_known


def test_undecided_measures_are_no_line(db: None) -> None:
    old, new = begun(settle(plan(measure("1.1"))))

    assert not line_of(of(old, "1.1"), editions=[old, new]).is_known


@pytest.fixture
def imported(db: None) -> Concept:
    """An edition whose file says that it continues another, and nothing more."""
    settle(plan(measure("1.1"), measure("1.2"), measure("1.3")))
    later = {"slug": "2030", "title": "Plan 2030", "edition": 2030, "predecessor": "2025"}
    settle(plan(measure("2.1"), measure("2.2"), concept=later, municipality=None))
    return Concept.objects.get(slug="2030")


def test_known_origins_are_recorded_at_once(imported: Concept) -> None:
    record_origins(
        concept=imported,
        origins=[
            Origin("1.1", ("2.1", "2.2"), Fate.SPLIT, "Teile.", translations={"ar": "أجزاء"}),
            Origin("1.2", ("2.1",), Fate.MERGED, "Dazu.", sample=True),
            Origin("1.3", (), Fate.DROPPED, "Erledigt."),
        ],
        by=None,
    )

    found = compared(imported)
    assert [line(each) for each in found.passages] == [
        "1.1 → 2.1 2.2 split", "1.2 → 2.1 merged", "1.3 → - dropped",
    ]  # fmt: skip
    assert [bool(each.row and each.row.sample) for each in found.passages] == [False, True, False]


def test_origins_that_dont_exist_are_all_named(imported: Concept) -> None:
    with pytest.raises(Refused) as refused:
        record_origins(
            concept=imported, origins=[Origin("9.1", ("9.2",), Fate.CHANGED, "Weil.")], by=None
        )

    assert refused.value.reasons == [
        "The edition before has no measure 9.1.",
        "The edition has no measure 9.2.",
    ]
    assert not compared(imported).is_recorded
