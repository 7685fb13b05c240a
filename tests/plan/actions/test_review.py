"""The plan check's counts are kept with every change to a concept."""

import datetime as dt

import pytest

from leitbild.accounts.models import Municipality
from leitbild.plan.actions import import_concept
from leitbild.plan.actions import review as keeping
from leitbild.plan.actions.changing import changing
from leitbild.plan.actions.review import record_counts
from leitbild.plan.document import parse_document
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import Concept, FindingCount, Measure
from leitbild.plan.queries.review import CHECKS
from leitbild.plan.queries.review.counts import DayCount, counts_over_time
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle


@pytest.fixture
def concept(db: None) -> Concept:
    """A concept with one measure that nobody leads."""
    return Concept.objects.get(municipality=settle(plan(measure("1.1"))))


def count(concept: Concept, name: str) -> list[int]:
    """What was kept for a check, day by day."""
    kept = FindingCount.objects.filter(concept=concept, check_name=name).order_by("day")
    return list(kept.values_list("count", flat=True))


def test_import_keeps_a_count_for_every_check(concept: Concept) -> None:
    kept = FindingCount.objects.filter(concept=concept)

    assert sorted(kept.values_list("check_name", flat=True)) == sorted(c.name for c in CHECKS)
    assert count(concept, "lead-missing") == [1]


def test_change_puts_the_days_count_in_place_of_the_one_before(concept: Concept) -> None:
    row = Measure.objects.get(concept=concept)
    lead = concept.municipality.organisations.get(slug="schulamt")

    with changing(concept=concept, by=None, action="measure.edit", change=RevisionChange.EDITED):
        Measure.objects.filter(pk=row.pk).update(lead=lead)

    assert count(concept, "lead-missing") == [0]
    assert count(concept, "date-missing") == [1]


def test_second_import_counts_what_it_brought(concept: Concept) -> None:
    raw = plan(measure("1.1"), measure("1.2", "Rechnen"))

    import_concept(document=parse_document(raw), by=None)

    assert count(concept, "lead-missing") == [2]


def test_counts_of_other_days_stay(concept: Concept) -> None:
    FindingCount.objects.filter(concept=concept).update(day=dt.date(2025, 1, 1))

    record_counts(concept=concept)

    assert count(concept, "lead-missing") == [1, 1]


def test_very_large_concept_keeps_no_counts(
    concept: Concept, monkeypatch: pytest.MonkeyPatch
) -> None:
    FindingCount.objects.all().delete()
    monkeypatch.setattr(keeping, "LARGEST", 1)
    grow(concept.municipality, 1)

    record_counts(concept=concept)

    assert FindingCount.objects.count() == 0


def test_counting_costs_the_same_for_one_measure_and_thirty(concept: Concept) -> None:
    grow(concept.municipality, 0)
    few = queries_of(lambda: record_counts(concept=concept))
    grow(concept.municipality, 29)

    assert_same_number(few, queries_of(lambda: record_counts(concept=concept)))


def test_counts_over_time_are_summed_by_day(demo_city: Municipality) -> None:
    concept = Concept.objects.get(slug="2022")
    today = FindingCount.objects.filter(concept=concept)[0].day
    before = today - dt.timedelta(days=7)
    for name, number in (("lead-missing", 9), ("date-missing", 2), ("given up", 100)):
        FindingCount.objects.create(concept=concept, day=before, check_name=name, count=number)

    assert counts_over_time(concept) == [DayCount(before, 11), DayCount(today, 7)]
    assert counts_over_time(concept, "lead-missing") == [DayCount(before, 9), DayCount(today, 2)]
