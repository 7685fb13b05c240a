"""Reports to try a template on: one that says everything a report can say, one that says nothing.

Nobody reads them; they only show whether a filled template is still a document.
"""

import datetime as dt
from typing import Any

from leitbild.reports.council.content import (
    CouncilReport,
    News,
    Paper,
    Point,
    ReportedMeasure,
    ReportedTheme,
    Stand,
    StateCount,
    Step,
    Sum,
    Summary,
)
from leitbild.reports.council.phrasing import FIRST, phrased, values_of

_DAY = dt.date(2026, 6, 30)


def sample_report() -> dict[str, Any]:
    """What a template meets when there is something to say of everything."""
    themes = [_theme(number) for number in (1, 2)]
    points = [_point(number) for number in range(FIRST + 2)]
    return values_of(
        phrased(
            _report(
                resolved="§ <Council> & others",
                summary=Summary(moved=points, still=points, decisions=points),
                counts=_counts(),
                shows_money=True,
                money=_sums(),
                totals=_sums()[:1],
                themes=themes,
                loose=[_measure("0.1")],
                sample=True,
                number=1,
                digest="0" * 64,
            )
        )
    )


def blank_report() -> dict[str, Any]:
    """What a template meets when there is nothing to say."""
    return values_of(phrased(_report(summary=Summary(), counts=[], shows_money=False, themes=[])))


def _report(**said: Any) -> CouncilReport:
    return CouncilReport(
        language="en",
        direction="ltr",
        city="City",
        concept="Concept",
        edition=2026,
        measures_word="measures",
        themes_word="themes",
        since=_DAY.replace(month=1, day=1),
        until=_DAY,
        before=_DAY.replace(year=2025, month=12, day=31),
        made=_DAY,
        audience="council",
        **said,
    )


def _counts() -> list[StateCount]:
    return [
        StateCount(state=name, label=name, shape=name, now=1, before=1)
        for name in ("planned", "done", "delayed")
    ]


def _sums() -> list[Sum]:
    known = {"planned_cents": 1, "spent_cents": 1, "planned_known": 1, "spent_known": 1}
    return [
        Sum(year=2026, source=source, label=source, sample=True, **known)
        for source in ("budget", "grant")
    ]


def _theme(number: int) -> ReportedTheme:
    return ReportedTheme(
        number=number,
        name="Theme",
        vision="Vision",
        colour="#000000",
        counts=_counts(),
        money=_sums(),
        totals=_sums()[:1],
        measures=[_measure(f"{number}.{place}") for place in (1, 2)],
        sample=True,
    )


def _measure(code: str) -> ReportedMeasure:
    said = {"text": "a\nb", "reason": "c", "next_step": "d", "obstacle": "e", "helps": "f"}
    news = News(
        date=_DAY, confirmed=False, state="done", label="done", internal=True, sample=True, **said
    )
    confirmed = News(date=_DAY, confirmed=True, state="done", label="done")
    step = Step(
        title="Step", due=_DAY, done=_DAY, status="done", value=1, target=2, unit="u", sample=True
    )
    return ReportedMeasure(
        code=code,
        title="Measure & <more>",
        summary="Summary",
        goals=["1a"],
        lead="Lead",
        partners=["Partner", "Other"],
        target_groups=["Group"],
        period="2026–2027",
        now=Stand(state="done", label="done", shape="done", date=_DAY),
        before=Stand(state="planned", label="planned", shape="planned", date=_DAY),
        freshness="silent",
        silent_days=200,
        news=[news, confirmed] if code.endswith("1") else [confirmed],
        last=news,
        milestones=[step, step],
        money=_sums(),
        totals=_sums()[:1],
        papers=[
            Paper(title="Paper", number="1", date=_DAY, url="https://example.org/", sample=True)
        ],
        gaps=["owner", "news"],
        sample=True,
    )


def _point(number: int) -> Point:
    return Point(
        code=f"1.{number}",
        title="Measure",
        text="Text",
        before="planned",
        now="done",
        shape="done",
    )
