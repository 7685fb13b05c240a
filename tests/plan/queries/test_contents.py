"""What the parts of a concept say, as plain data."""

import pytest

from leitbild.accounts.models import Municipality
from leitbild.plan.models import Concept, Goal, Measure, Theme
from leitbild.plan.queries.contents import content_of, contents, kind_of


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
