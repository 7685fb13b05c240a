"""`leitbild tidy` empties the bin of what nobody brought back."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from leitbild.plan.actions.bin import delete_part
from leitbild.plan.enums import PartKind
from leitbild.plan.models import BinEntry, Measure
from tests.towns import measure, plan, settle

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.django_db
def test_tidy_removes_what_was_deleted_long_ago(run: Run) -> None:
    settle(plan(measure("1.1"), measure("1.2"), measure("1.3")))
    for row in Measure.objects.exclude(code="1.3"):
        delete_part(concept=row.concept, kind=PartKind.MEASURE, part_id=row.pk, by=None)
    long_ago = timezone.now() - dt.timedelta(days=31)
    BinEntry.objects.filter(label__startswith="1.1").update(deleted_at=long_ago)

    answers = [run("tidy"), run("tidy")]

    assert answers == [
        (0, "1 part was removed from the bin for good.\n", ""),
        (0, "0 parts were removed from the bin for good.\n", ""),
    ]
    assert [entry.label for entry in BinEntry.objects.all()] == ["1.2 Lesen"]
