"""What an implementation report says: plain data that can be frozen and opened years later.

Every document (PDF, DOCX, XLSX) is made from this and nothing else, so they agree. Texts are in
the report's language; what is counted is counted here once.
"""

import datetime as dt
from typing import Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

FORMAT: Final = "leitbild-report/1"

Gap: TypeAlias = Literal["owner", "date", "money", "news"]
"""What a measure can lack."""
Status: TypeAlias = Literal["done", "open", "overdue"]
"""How a milestone stands."""
Because: TypeAlias = Literal[
    "moved", "delayed", "stopped", "silent", "obstacle", "overdue", "owner"
]
"""Why a measure stands in the summary."""


class Part(BaseModel):
    """Frozen, and strict about what it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Stand(Part):
    """Where a measure stands on a day; `date` is the day of its newest update, if there is one."""

    state: str
    label: str
    shape: str
    date: dt.date | None = None


class StateCount(Part):
    """How many measures are in a state, now and at the end of the period before."""

    state: str
    label: str
    shape: str
    now: int
    before: int


class News(Part):
    """A progress update within the period."""

    date: dt.date
    confirmed: bool
    state: str
    label: str
    text: str = ""
    reason: str = ""
    next_step: str = ""
    obstacle: str = ""
    helps: str = ""
    internal: bool = False
    sample: bool = False


class Step(Part):
    """A milestone; `status` as of the report's last day."""

    title: str
    due: dt.date
    done: dt.date | None = None
    status: Status
    value: int | None = None
    target: int | None = None
    unit: str = ""
    sample: bool = False


class Sum(Part):
    """Money in whole cents; None where nobody said, which isn't nothing.

    `planned_known` and `spent_known` are how many measures gave the figure. A sum over all
    sources of a year has no `source`.
    """

    year: int
    source: str
    label: str
    planned_cents: int | None = None
    spent_cents: int | None = None
    planned_known: int = 0
    spent_known: int = 0
    sample: bool = False


class Paper(Part):
    """A paper of the council or a committee that deals with a measure."""

    title: str
    number: str = ""
    date: dt.date | None = None
    url: str = ""
    sample: bool = False


class ReportedMeasure(Part):
    """A measure in a report.

    `news` are the updates of the period, the newest first. `last` is the newest update in words
    up to the report's last day, which may lie before the period. `totals` are over all sources,
    one a year.
    """

    code: str
    title: str
    summary: str = ""
    goals: list[str] = []
    lead: str = ""
    partners: list[str] = []
    target_groups: list[str] = []
    period: str = ""
    now: Stand
    before: Stand
    freshness: str
    silent_days: int | None = None
    news: list[News] = []
    last: News | None = None
    milestones: list[Step] = []
    money: list[Sum] = []
    totals: list[Sum] = []
    papers: list[Paper] = []
    gaps: list[Gap] = []
    sample: bool = False

    @property
    def has_moved(self) -> bool:
        """Whether its state is another than at the end of the period before."""
        return self.now.state != self.before.state


class ReportedTheme(Part):
    """A theme in a report; `counts` holds every state that occurs now or before."""

    number: int
    name: str
    vision: str = ""
    colour: str
    counts: list[StateCount]
    money: list[Sum] = []
    totals: list[Sum] = []
    measures: list[ReportedMeasure]
    sample: bool = False


class Point(Part):
    """A line of the summary: a measure and what is to be said of it in one or two sentences.

    `because` says by which rules it is there; `before` and `now` are states in words, `shape`
    is its stone now.
    """

    code: str
    title: str
    text: str = ""
    before: str = ""
    now: str = ""
    shape: str = ""
    because: list[Because] = []


class Summary(Part):
    """The first page: what moved, what stands still, what needs a decision."""

    moved: list[Point] = []
    still: list[Point] = []
    decisions: list[Point] = []


class CouncilReport(Part):
    """A whole report on a concept's delivery in a period.

    `since` and `until` are its first and last day; `before` is the last day of the period
    before. `counts` are over all measures, each counted once; `money` by year and source,
    `totals` by year. `shows_money` says whether the audience is told of money at all. Once it is
    frozen it has a `number` and a `digest`, which aren't part of what is frozen.
    """

    format: Literal["leitbild-report/1"] = FORMAT
    language: str
    direction: Literal["ltr", "rtl"]
    city: str
    office: str = ""
    concept: str
    edition: int
    horizon: int | None = None
    resolved: str = ""
    measures_word: str
    themes_word: str
    since: dt.date
    until: dt.date
    before: dt.date
    made: dt.date
    audience: Literal["council", "public"]
    summary: Summary
    counts: list[StateCount]
    shows_money: bool = True
    money: list[Sum] = []
    totals: list[Sum] = []
    themes: list[ReportedTheme]
    loose: list[ReportedMeasure] = []
    sample: bool = False
    number: int | None = None
    digest: str = ""

    @property
    def measures(self) -> list[ReportedMeasure]:
        """All measures, in the order of the concept; those that serve no goal yet come last."""
        return [*(each for theme in self.themes for each in theme.measures), *self.loose]

    @property
    def heard_of(self) -> int:
        """Of how many measures there was news in the period."""
        return sum(1 for each in self.measures if each.news)

    def lacking(self, gap: Gap) -> list[ReportedMeasure]:
        """The measures that lack this."""
        return [each for each in self.measures if gap in each.gaps]
