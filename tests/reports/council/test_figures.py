"""Every figure of a report equals what the raw rows say, worked out in another way."""

import datetime as dt
from typing import Any

import pytest

from leitbild.plan.models import Concept
from leitbild.reports.council.assembly import council_report
from leitbild.reports.council.content import CouncilReport, ReportedMeasure, Sum
from tests.reports.council.ledger import Ledger, Row
from tests.reports.council.worlds import SINCE, UNTIL, random_town

PERIODS = [
    (SINCE, UNTIL),
    (dt.date(2024, 7, 1), dt.date(2025, 6, 30)),
    (dt.date(2025, 3, 31), dt.date(2025, 3, 31)),
]
AUDIENCES = [("council", False), ("public", False), ("public", True)]


def counted(counts: Any) -> list[tuple[str, int, int]]:
    return [(each.state, each.now, each.before) for each in counts]


def money(sums: list[Sum], totals: list[Sum]) -> list[tuple[Any, ...]]:
    """By year, its sources first and then all of them."""
    found = [
        (
            *(each.year, each.source, each.planned_cents, each.planned_known),
            *(each.spent_cents, each.spent_known),
        )
        for each in (*sums, *totals)
    ]
    return sorted(found, key=lambda row: row[0])


def told(measure: ReportedMeasure) -> dict[str, Any]:
    return {
        "code": measure.code,
        "states": (measure.now.state, measure.before.state),
        "day": measure.now.date,
        "silence": (measure.silent_days, measure.freshness),
        "news": [
            (
                *(each.date, each.state, each.confirmed, each.text),
                *(each.obstacle, each.helps, each.internal),
            )
            for each in measure.news
        ],
        "last": measure.last and (measure.last.date, measure.last.text),
        "milestones": [
            (each.title, each.due, each.done, each.status, each.value)
            for each in measure.milestones
        ],
        "money": money(measure.money, measure.totals),
        "gaps": measure.gaps,
    }


def expected(ledger: Ledger, measure: Row) -> dict[str, Any]:
    newest = ledger.newest(measure, ledger.until)
    last = ledger.newest(measure, ledger.until, reported=True)
    return {
        "code": measure["code"],
        "states": (ledger.now(measure), ledger.before(measure)),
        "day": newest and newest["date"],
        "silence": (ledger.silent_days(measure), ledger.freshness(measure)),
        "news": ledger.news(measure),
        "last": last and (last["date"], last["text"]),
        "milestones": ledger.steps(measure),
        "money": ledger.sums([measure]),
        "gaps": ledger.gaps(measure),
    }


def check_report(report: CouncilReport, ledger: Ledger) -> None:
    themes = ledger.themes()
    everything = [measure for measures in themes for measure in measures]
    groups = [*(theme.measures for theme in report.themes), report.loose]

    assert [[told(each) for each in group] for group in groups] == [
        [expected(ledger, each) for each in measures] for measures in themes
    ]
    assert counted(report.counts) == ledger.counts(everything)
    assert [counted(each.counts) for each in report.themes] == [
        ledger.counts(measures) for measures in themes[:-1]
    ]
    assert money(report.money, report.totals) == ledger.sums(everything)
    assert [money(each.money, each.totals) for each in report.themes] == [
        ledger.sums(measures) for measures in themes[:-1]
    ]
    assert report.heard_of == len([each for each in everything if ledger.news(each)])
    for points, found in (
        (report.summary.moved, ledger.moved()),
        (report.summary.still, ledger.still()),
        (report.summary.decisions, ledger.decisions()),
    ):
        said = [(each.code, (each.because, each.text)) for each in points]
        assert said == list(found.items())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_figure_equals_an_independent_computation(db: None, seed: int) -> None:
    random_town(seed)
    concept = Concept.objects.select_related("municipality").get()

    for audience, is_public in AUDIENCES:
        concept.municipality.reporting = {"money_is_public": is_public}
        for since, until in PERIODS:
            report = council_report(concept=concept, since=since, until=until, audience=audience)
            internal = audience == "council"
            ledger = Ledger(since, until, internal=internal, money=internal or is_public)
            check_report(report, ledger)


def test_worlds_hold_what_can_go_wrong(db: None) -> None:
    random_town(1)
    everything = Ledger(SINCE, UNTIL, internal=True, money=True)
    public = Ledger(SINCE, UNTIL, internal=False, money=False)
    measures = [measure for theme in everything.themes() for measure in theme]
    days = [(each["measure_id"], each["date"]) for each in everything.updates]

    assert any(everything.now(each) != public.now(each) for each in measures)
    assert len(set(days)) < len(days)
    assert {"confirmed", "reported"} == {each["kind"] for each in everything.updates}
    assert not any(measure["goal_links__goal__theme"] for measure in everything.themes()[-1])
    assert {"done", "open", "overdue"} == {
        step[3] for each in measures for step in everything.steps(each)
    }
    assert everything.moved()
    assert {why for each in everything.still().values() for why in each[0]} == {
        *("delayed", "stopped", "silent")
    }
    assert {why for each in everything.decisions().values() for why in each[0]} == {
        *("stopped", "obstacle", "overdue", "owner")
    }
