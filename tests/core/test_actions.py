"""Writing translations."""

import pytest

from leitbild.core.actions import write_translations
from leitbild.core.models import Translation
from leitbild.plan.models import Measure
from tests.queries import assert_same_number, queries_of
from tests.towns import measure, plan, settle

pytestmark = pytest.mark.django_db


def measures(count: int) -> list[Measure]:
    both = {"de": "Lesen", "ar": "القراءة"}
    settle(plan(*(measure(f"1.{number}", both) for number in range(count))))
    return list(Measure.objects.all())


def test_empty_text_removes_its_translation_and_no_other() -> None:
    first, second = measures(2)

    write_translations([(first, "title", "ar", "")], by=None)

    left = Translation.objects.filter(record=Measure.record_name(), field="title")
    assert [each.record_id for each in left] == [second.pk]


def test_removing_thirty_takes_as_many_queries_as_one() -> None:
    [first, *others] = measures(31)

    one = queries_of(lambda: write_translations([(first, "title", "ar", "")], by=None))
    many = queries_of(
        lambda: write_translations([(row, "title", "ar", "") for row in others], by=None)
    )

    assert_same_number(one, many)
    assert not Translation.objects.filter(record=Measure.record_name(), field="title").exists()
