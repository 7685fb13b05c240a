"""What measures lack, and what nobody asks for."""

import datetime as dt
from typing import Final

import pytest
import time_machine

from leitbild.accounts.models import Municipality
from leitbild.delivery.enums import Gap
from leitbild.delivery.models import Money
from leitbild.delivery.queries import standings
from leitbild.delivery.queries.gaps import Gaps, gaps, measures_with_money
from leitbild.plan.models import Concept, Measure
from leitbild.plan.queries.outline import outline
from tests.queries import queries_of
from tests.towns import measure, plan, report_on, settle

NOON: Final = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def town(db: None) -> Municipality:
    town = settle(
        plan(
            measure("1.1", lead="schulamt", start=2025),
            measure("1.2"),
            measure("1.3", lead="amt-fuer-bau", start=2025),
            measure("1.4", lead="amt-fuer-bau", end=2027),
            measure("1.5", lead="schulamt", start=2027),
            measure("1.6", lead="schulamt"),
        )
    )
    for code, state, day in (
        ("1.1", "under_way", "2026-05-01"),
        ("1.3", "done", "2020-01-01"),
        ("1.4", "stopped", "2020-01-01"),
        ("1.6", "delayed", "2025-01-01"),
    ):
        report_on(town, code, state, day)
    for code in ("1.1", "1.3", "1.5"):
        row = Measure.objects.get(code=code)
        Money.objects.create(measure=row, year=2025, source="budget", spent_cents=0)
    return town


def found(town: Municipality, *, money: bool = True) -> Gaps:
    concept = Concept.objects.get()
    with time_machine.travel(NOON, tick=False):
        plan = outline(concept, language="de", municipality=town)
        known = standings(concept, town)
        return gaps(plan, known, measures_with_money(concept) if money else None)


def said(gaps: Gaps) -> list[tuple[str, list[tuple[str, set[Gap]]]]]:
    return [
        (
            str(holder.organisation or "niemand"),
            [(lack.entry.measure.code, set(lack.gaps)) for lack in holder.lacks],
        )
        for holder in gaps.holders
    ]


def test_measures_stand_with_who_leads_them_nobodys_first(town: Municipality) -> None:
    assert said(found(town)) == [
        ("niemand", [("1.2", {Gap.OWNER, Gap.DATE, Gap.MONEY, Gap.NEWS})]),
        ("Schulamt", [("1.6", {Gap.DATE, Gap.MONEY, Gap.NEWS})]),
        ("Amt für Bau", [("1.4", {Gap.MONEY})]),
    ]


def test_counts_say_how_many_lack_what(town: Municipality) -> None:
    gaps = found(town)

    assert gaps.counts == [(Gap.OWNER, 1), (Gap.DATE, 2), (Gap.MONEY, 3), (Gap.NEWS, 2)]
    assert (len(gaps.lacks), gaps.total) == (3, 6)


def test_who_is_not_told_of_money_is_not_told_that_it_is_missing(town: Municipality) -> None:
    gaps = found(town, money=False)

    assert gaps.counts == [(Gap.OWNER, 1), (Gap.DATE, 2), (Gap.NEWS, 2)]
    assert [code for _holder, lacks in said(gaps) for code, _gaps in lacks] == ["1.2", "1.6"]


def test_money_is_looked_for_by_one_query(town: Municipality) -> None:
    concept = Concept.objects.get()

    assert len(queries_of(lambda: measures_with_money(concept))) == 1
