"""Money is written by year and source, in whole cents, old and new in the log."""

from typing import Any

import pytest

from leitbild.core.models import AuditEvent
from leitbild.core.money import MOST
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.money import Sums, set_all_money, set_money
from leitbild.delivery.actions.reporting import MovedOn
from leitbild.delivery.models import Money
from leitbild.delivery.queries.evidence import mark_of, sums_content, sums_of
from leitbild.plan.models import Measure
from leitbild.reports.event_details import details
from tests.queries import assert_same_number, queries_of
from tests.towns import measure, plan, settle


@pytest.fixture
def lesen(db: None) -> Measure:
    settle(plan(measure("1.1")))
    return Measure.objects.select_related("concept__municipality").get()


def put(lesen: Measure, planned: int | None, spent: int | None, **more: Any) -> Money | None:
    given: dict[str, Any] = {"year": 2026, "source": "budget", "by": None, **more}
    return set_money(measure=lesen, planned_cents=planned, spent_cents=spent, **given)


def test_money_is_written_changed_and_taken_back(lesen: Measure) -> None:
    put(lesen, 1_250_000, None, sample=True)
    put(lesen, 1_250_000, 50)
    put(lesen, 1_250_000, 50)
    put(lesen, None, 0, source="grant")
    rows = sums_of(lesen)
    gone = put(lesen, None, None)

    assert [(each.source, each.planned_cents, each.spent_cents) for each in rows] == [
        ("budget", 1_250_000, 50),
        ("grant", None, 0),
    ]
    assert rows[0].sample is False
    assert gone is None
    assert Money.objects.get().source == "grant"
    events = AuditEvent.objects.filter(action="money.change").order_by("pk")
    assert [each.changes["fields"] for each in events] == [
        {"planned": [None, 1_250_000]},
        {"spent": [None, 50]},
        {"spent": [None, 0]},
        {"planned": [1_250_000, None], "spent": [50, None]},
    ]
    # PostgreSQL keeps names in an order of its own.
    assert {str(each) for each in details(events[3], {})} == {
        "Year: 2026",
        "Source of money: city budget",
        "Planned: €12,500 → –",
        "Spent: €0.50 → –",
    }


def test_nothing_is_kept_where_nothing_is_known(lesen: Measure) -> None:
    assert put(lesen, None, None) is None
    assert not Money.objects.exists()
    assert not AuditEvent.objects.filter(action="money.change").exists()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"planned": -1}, "An amount can’t be less than nothing."),
        (
            {"planned": MOST + 1},
            "“€10,000,000,000” has more than 10 digits. Please check the amount.",
        ),
        ({"year": 26}, "26 can’t be right; please check the year."),
        ({"source": "loan"}, "“loan” is no source of money."),
    ],
)
def test_money_that_cant_be_is_refused(lesen: Measure, values: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        put(lesen, **{"planned": 1, "spent": None, **values})

    assert refused.value.reasons == [reason]
    assert not Money.objects.exists()


def test_what_somebody_else_wrote_is_not_overwritten_unseen(lesen: Measure) -> None:
    empty = mark_of(sums_content(None))
    first = put(lesen, 100_000, None, seen=empty)

    with pytest.raises(MovedOn) as moved:
        put(lesen, 200_000, None, seen=empty)

    assert moved.value.reasons == [
        (
            "For 2026, city budget, something else is recorded by now: €1,000 planned, – spent. "
            "What you typed still stands below. Save once more if it shall hold."
        )
    ]
    changed = put(lesen, 200_000, None, seen=mark_of(sums_content(first)))
    assert changed
    assert changed.planned_cents == 200_000


def test_many_sums_are_written_as_each_would_be(lesen: Measure) -> None:
    put(lesen, 100, None, year=2024)
    put(lesen, 200, None, year=2025)
    put(lesen, 300, None)

    set_all_money(
        sums=[
            Sums(lesen, 2024, "budget", planned_cents=100),
            Sums(lesen, 2025, "budget"),
            Sums(lesen, 2026, "budget", planned_cents=300, spent_cents=5, sample=True),
            Sums(lesen, 2027, "grant", planned_cents=400),
            Sums(lesen, 2028, "grant"),
        ],
        by=None,
    )

    assert [(each.year, each.planned_cents, each.spent_cents) for each in sums_of(lesen)] == [
        (2024, 100, None),
        (2026, 300, 5),
        (2027, 400, None),
    ]
    assert [each.sample for each in sums_of(lesen)] == [False, True, False]
    events = AuditEvent.objects.filter(action="money.change").order_by("pk")[3:]
    assert [(each.record_id, each.changes) for each in events] == [
        (lesen.pk, {"year": 2025, "source": "budget", "fields": {"planned": [200, None]}}),
        (lesen.pk, {"year": 2026, "source": "budget", "fields": {"spent": [None, 5]}}),
        (lesen.pk, {"year": 2027, "source": "grant", "fields": {"planned": [None, 400]}}),
    ]


def test_one_wrong_sum_refuses_all_and_names_its_measure(lesen: Measure) -> None:
    with pytest.raises(Refused) as refused:
        set_all_money(
            sums=[
                Sums(lesen, 2026, "budget", planned_cents=1),
                Sums(lesen, 26, "loan", planned_cents=-1),
            ],
            by=None,
        )

    assert refused.value.reasons == [
        "1.1: 26 can’t be right; please check the year.",
        "1.1: “loan” is no source of money.",
        "1.1: An amount can’t be less than nothing.",
    ]
    assert not Money.objects.exists()


def test_many_sums_take_as_many_queries_as_one(lesen: Measure) -> None:
    def write(*years: int) -> list[str]:
        sums = [Sums(lesen, year, "budget", planned_cents=1) for year in years]
        return queries_of(lambda: set_all_money(sums=sums, by=None))

    write(2020)

    assert_same_number(write(2021), write(*range(2030, 2060)))
