"""The demo city is loaded as any city would be."""

import datetime as dt

import pytest

from leitbild.accounts.models import Municipality
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.delivery.models import (
    CouncilPaper,
    Milestone,
    MilestoneValue,
    Money,
    ProgressUpdate,
)
from leitbild.demo.days import BASE
from leitbild.demo.load import holds_demo, load_demo
from leitbild.plan.actions import import_concept
from leitbild.plan.document import parse_document
from leitbild.plan.models import Concept, Measure, Resolution
from leitbild.plan.queries.documents import concept_document
from tests.towns import measure, plan, settle


def test_demo_holds_two_editions(demo_city: Municipality) -> None:
    editions = Concept.objects.order_by("edition").values_list(
        "slug", "status", "predecessor__slug"
    )

    assert list(editions) == [("2013", "superseded", None), ("2022", "adopted", "2013")]
    assert Measure.objects.filter(concept__slug="2022").count() == 32
    assert demo_city.slug == "kaiserslautern"


def test_demo_comes_back_unchanged(demo_city: Municipality) -> None:
    document = concept_document(Concept.objects.get(slug="2022"))

    report = import_concept(document=document, by=None)

    assert report.is_empty
    assert parse_document(document.model_dump(mode="json")) == document


def test_demo_is_known_by_its_event(demo_city: Municipality) -> None:
    assert holds_demo()
    assert AuditEvent.objects.filter(action="demo.load").count() == 1


@pytest.mark.django_db
def test_other_data_is_not_the_demo_and_is_left_alone() -> None:
    settle(plan(measure("1.1")))

    with pytest.raises(Refused) as refused:
        load_demo()

    assert refused.value.reasons == [
        "There is a municipality already; the demo needs an empty database."
    ]
    assert not holds_demo()
    assert Measure.objects.count() == 1


@pytest.mark.django_db
def test_demo_of_another_day_has_all_its_samples_moved() -> None:
    weeks = dt.timedelta(weeks=30)

    load_demo(today=BASE - weeks)

    assert ProgressUpdate.objects.latest("date").date == dt.date(2026, 11, 18) - weeks
    assert MilestoneValue.objects.latest("date").date == dt.date(2026, 11, 18) - weeks
    assert Milestone.objects.latest("due").due == dt.date(2032, 12, 31) - weeks
    assert Milestone.objects.exclude(done=None).latest("done").done == dt.date(2026, 4, 16) - weeks
    assert CouncilPaper.objects.latest("date").date == dt.date(2026, 11, 16) - weeks
    assert Money.objects.latest("year").year == 2026
    # What the council did is known, and no sample.
    assert Resolution.objects.get(concept__slug="2022").date == dt.date(2022, 2, 14)
