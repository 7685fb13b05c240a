"""Papers of the council are linked to a measure, and unlinked."""

import datetime as dt
from typing import Any

import pytest

from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.papers import add_paper, remove_paper
from leitbild.delivery.models import CouncilPaper
from leitbild.plan.models import Measure
from tests.towns import measure, plan, settle


@pytest.fixture
def lesen(db: None) -> Measure:
    settle(plan(measure("1.1", lead="schulamt")))
    return Measure.objects.select_related("concept__municipality").get()


def changes(action: str) -> list[dict[str, Any]]:
    return [each.changes for each in AuditEvent.objects.filter(action=action).order_by("pk")]


def reasons(call: Any, **values: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        call(**values)
    return refused.value.reasons


def test_paper_is_linked_and_unlinked(lesen: Measure) -> None:
    paper = add_paper(
        measure=lesen,
        title=" Sachstand ",
        number="0123/2026",
        date=dt.date(2026, 2, 3),
        url="https://rat.example/123",
        by=None,
    )
    remove_paper(paper=paper, by=None)

    said = {
        "part": "1.1 Sachstand",
        "paper": "0123/2026",
        "date": "2026-02-03",
        "url": "https://rat.example/123",
    }
    assert changes("paper.create") == changes("paper.remove") == [said]
    assert reasons(remove_paper, paper=paper, by=None) == ["This paper has been removed meanwhile."]


def test_paper_without_a_name_or_with_a_wrong_link_is_refused(lesen: Measure) -> None:
    wrong = {"title": " ", "url": "javascript:alert(1)", "date": dt.date(26, 3, 1)}
    found = reasons(add_paper, measure=lesen, by=None, **wrong)

    assert found == [
        "Say what the paper is called.",
        (
            "“javascript:alert(1)” isn’t an address. Copy it from the browser; it begins with "
            "https://."
        ),
        "0026-03-01 can’t be right; please check the year.",
    ]
    assert not CouncilPaper.objects.exists()
