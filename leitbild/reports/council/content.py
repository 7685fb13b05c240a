"""What an implementation report says: plain data that can be frozen and opened years later.

Every document (PDF, DOCX, XLSX) is made from this and nothing else, so they agree. Texts are in
the report's language; what is counted is counted here once.
"""

import datetime as dt
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

FORMAT: Final = "leitbild-report/1"


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
    status: Literal["done", "open", "overdue"]
    value: int | None = None
    target: int | None = None
    unit: str = ""
    sample: bool = False


class Sum(Part):
    """Money in whole cents; None where nobody said, which isn't nothing."""

    year: int
    source: str
    label: str
    planned_cents: int | None = None
    spent_cents: int | None = None


class ReportedMeasure(Part):
    """A measure in a report."""

    code: str
    title: str
    summary: str = ""
    lead: str = ""
    partners: list[str] = []
    period: str = ""
    now: Stand
    before: Stand
    freshness: str
    silent_days: int | None = None
    news: list[News] = []
    milestones: list[Step] = []
    money: list[Sum] = []
    gaps: list[Literal["owner", "date", "money", "news"]] = []
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
    measures: list[ReportedMeasure]


class Point(Part):
    """A line of the summary: a measure and what is to be said of it in one or two sentences."""

    code: str
    title: str
    text: str = ""
    before: str = ""
    now: str = ""


class Summary(Part):
    """The first page: what moved, what stands still, what needs a decision."""

    moved: list[Point] = []
    still: list[Point] = []
    decisions: list[Point] = []


class CouncilReport(Part):
    """A whole report on a concept's delivery in a period.

    `since` and `until` are its first and last day; `before` is the last day of the period
    before. `counts` are over all measures, each counted once; `money` by year and source.
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
    money: list[Sum] = []
    themes: list[ReportedTheme]
    loose: list[ReportedMeasure] = []
    sample: bool = False

    @property
    def measures(self) -> list[ReportedMeasure]:
        """All measures, in the order of the concept."""
        return [*(each for theme in self.themes for each in theme.measures), *self.loose]
