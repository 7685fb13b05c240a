"""What the parts of a concept say, as plain data."""

import pytest

from leitbild.accounts.models import Municipality
from leitbild.plan.enums import PartKind
from leitbild.plan.models import Concept, Goal, Measure, Theme
from leitbild.plan.queries.contents import content_of, contents, contents_of, kind_of, part_of
from tests.queries import assert_same_number, queries_of


def test_one_part_says_the_same_alone_and_among_all(demo_city: Municipality) -> None:
    for concept in Concept.objects.filter(municipality=demo_city):
        rows = [
            concept,
            *Theme.objects.filter(concept=concept),
            *Goal.objects.filter(concept=concept),
            *Measure.objects.filter(concept=concept),
        ]

        assert contents(concept) == {(kind_of(row), row.pk): content_of(row) for row in rows}


def test_what_is_no_part_is_refused(demo_city: Municipality) -> None:
    with pytest.raises(TypeError, match="not a part"):
        content_of(demo_city)


def test_some_parts_say_the_same_as_among_all(demo_city: Municipality) -> None:
    for concept in Concept.objects.filter(municipality=demo_city):
        everything = contents(concept)

        assert contents_of(concept, everything) == everything


def test_some_parts_cost_the_same_as_one(demo_city: Municipality) -> None:
    concept = Concept.objects.filter(municipality=demo_city).newest_first()[0]
    keys = [(PartKind.MEASURE, each.pk) for each in Measure.objects.filter(concept=concept)]

    one = queries_of(lambda: contents_of(concept, keys[:1]))
    many = queries_of(lambda: contents_of(concept, keys))

    assert len(keys) > 30
    assert_same_number(one, many)


def test_parts_are_those_of_the_concept(demo_city: Municipality) -> None:
    newest, before = Concept.objects.filter(municipality=demo_city).newest_first()[:2]
    measure = Measure.objects.filter(concept=newest)[0]

    assert part_of(newest, PartKind.MEASURE, measure.pk) == measure
    assert part_of(before, PartKind.MEASURE, measure.pk) is None
    assert part_of(newest, PartKind.CONCEPT, newest.pk) == newest
    assert part_of(newest, PartKind.CONCEPT, before.pk) is None
    assert part_of(newest, PartKind.MEASURE, None) is None
    assert contents_of(before, [(PartKind.MEASURE, measure.pk)]) == {}
