"""What the pages of reports show beside the report itself: usual periods, states by theme."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from leitbild.core.templatetags.components import day
from leitbild.delivery.models import FrozenReport
from leitbild.delivery.periods import Period, last_half_year, last_year, since_then
from leitbild.plan.models import Concept, Theme
from leitbild.reports.council.content import (
    CouncilReport,
    Point,
    ReportedMeasure,
    ReportedTheme,
    StateCount,
)


@dataclass(frozen=True, slots=True)
class Preset:
    """A period one usually reports on, with the address that asks for it."""

    title: str
    period: Period
    query: str
    is_chosen: bool

    @property
    def days(self) -> str:
        """Its first and last day in words."""
        return f"{day(self.period.since)} – {day(self.period.until)}"


def presets(
    frozen: Sequence[FrozenReport],
    today: dt.date,
    *,
    chosen: tuple[dt.date | None, dt.date | None],
    beside: Mapping[str, str],
) -> list[Preset]:
    """Periods to choose from; `beside` is what else the address says."""
    usual: list[tuple[str, Period | None]] = [
        (_("Last half-year"), last_half_year(today)),
        (_("Last year"), last_year(today)),
    ]
    if frozen:
        newest = max(each.until for each in frozen)
        usual.append((_("Since the last report"), since_then(newest, today)))
    return [
        Preset(
            title=title,
            period=period,
            query=urlencode({**beside, "since": period.since, "until": period.until}),
            is_chosen=(period.since, period.until) == chosen,
        )
        for title, period in usual
        if period
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """A theme, or all of them, with how many measures are in each state that occurs."""

    theme: ReportedTheme | None
    theme_id: int | None
    cells: list[StateCount]
    total: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A report as a page; parts of a theme come with its id, whose colour is today's."""

    report: CouncilReport
    rows: list[Row]
    theme_ids: Mapping[str, int | None]

    @property
    def moved(self) -> list[tuple[Point, int | None]]:
        """What moved."""
        return self._coloured(self.report.summary.moved)

    @property
    def still(self) -> list[tuple[Point, int | None]]:
        """What stands still."""
        return self._coloured(self.report.summary.still)

    @property
    def decisions(self) -> list[tuple[Point, int | None]]:
        """What needs a decision."""
        return self._coloured(self.report.summary.decisions)

    @property
    def measures(self) -> list[tuple[ReportedMeasure, int | None]]:
        """All measures."""
        return [(each, self.theme_ids.get(each.code)) for each in self.report.measures]

    def _coloured(self, points: Sequence[Point]) -> list[tuple[Point, int | None]]:
        return [(each, self.theme_ids.get(each.code)) for each in points]


def leaf(report: CouncilReport, concept: Concept) -> Leaf:
    """A report as a page of the office. One query."""
    ids = dict(Theme.objects.filter(concept=concept).values_list("number", "pk"))
    return Leaf(
        report=report,
        rows=list(_rows(report, ids)),
        theme_ids={
            each.code: ids.get(theme.number) for theme in report.themes for each in theme.measures
        },
    )


def _rows(report: CouncilReport, ids: Mapping[int, int]) -> Iterator[Row]:
    for theme in report.themes:
        counts = {each.state: each for each in theme.counts}
        cells = [
            counts.get(each.state) or each.model_copy(update={"now": 0, "before": 0})
            for each in report.counts
        ]
        yield Row(theme, ids.get(theme.number), cells, len(theme.measures))
    yield Row(None, None, report.counts, len(report.measures))
