"""One edition takes the place of another."""

from typing import Any

import pytest

from leitbild.core.refusal import Refused
from leitbild.plan.actions import Change
from leitbild.plan.models import Concept
from tests.plan.actions.importing.documents import take
from tests.towns import measure, plan

pytestmark = pytest.mark.django_db


def edition(year: int, **more: Any) -> dict[str, Any]:
    concept = {"slug": str(year), "title": f"Plan {year}", "edition": year, **more}
    return plan(measure("1.1"), concept=concept)


def statuses() -> dict[str, str]:
    return dict(Concept.objects.values_list("slug", "status"))


def test_adopted_edition_supersedes_its_predecessor() -> None:
    take(edition(2015))

    report = take(edition(2025, predecessor="2015"))

    assert statuses() == {"2015": "superseded", "2025": "adopted"}
    assert Change("concept", "2015", "status", None, "adopted", "superseded") in report.changes


def test_draft_supersedes_nothing() -> None:
    take(edition(2015))
    take(edition(2025, predecessor="2015", status="draft"))

    assert statuses() == {"2015": "adopted", "2025": "draft"}


def test_superseded_edition_stays_so() -> None:
    take(edition(2015))
    take(edition(2025, predecessor="2015"))

    report = take(edition(2015))

    assert report.is_empty
    assert report.notes == ["“2015” stays superseded, because a newer edition is adopted."]


def test_absent_predecessor_is_noted_and_linked_by_a_later_import() -> None:
    report = take(edition(2025, predecessor="2015"))
    take(edition(2015))
    take(edition(2025, predecessor="2015"))

    assert report.notes == [
        "The predecessor “2015” is not here; import it first, then this file again."
    ]
    assert statuses() == {"2015": "superseded", "2025": "adopted"}
    assert Concept.objects.get(slug="2025").predecessor == Concept.objects.get(slug="2015")


def test_circle_of_predecessors_is_refused() -> None:
    take(edition(2015))
    take(edition(2025, predecessor="2015"))

    with pytest.raises(Refused) as refused:
        take(edition(2015, predecessor="2025"))

    assert refused.value.reasons == ["“2015” can’t come before itself through “2025”."]
