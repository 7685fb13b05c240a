"""The council's paper: a report in the words of its language, ready to be printed.

PDF and Word are both filled from this, so they say the same. A city's own Word template names
these fields as `{{ city }}` or `{% for theme in themes %}`: docs/report-template.md lists them,
and a field that goes or gets another name breaks templates that cities have made.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a measure stands: `name` is the same in every language, `label` the city's word.

    `sign` is a character in the form of the stone, `date` the day of the newest news, in words.
    """

    name: str
    label: str
    sign: str
    shape: str
    date: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many measures are in a state now, and were at the end of the period before."""

    name: str
    label: str
    sign: str
    shape: str
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class News:
    """A progress update; `label` is the state it reports."""

    date: str
    label: str
    confirmed: bool
    text: str
    reason: str
    next_step: str
    obstacle: str
    helps: str
    internal: bool
    sample: bool


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone; `status` in words, `name` of it is done, open or overdue."""

    title: str
    due: str
    done: str
    name: str
    status: str
    value: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Money:
    """Money of a year from one source; `total` marks the line over all sources.

    `planned` and `spent` are “–” where nobody said. `planned_from` and `spent_from` say how many
    measures gave the figure: “9 of 12”.
    """

    year: int
    source: str
    planned: str
    spent: str
    planned_from: str
    spent_from: str
    planned_cents: int | None
    spent_cents: int | None
    total: bool
    sample: bool


@dataclass(frozen=True, slots=True)
class CouncilPaper:
    """A paper of the council about a measure."""

    title: str
    number: str
    date: str
    url: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure; lists of names are one text, parted by commas.

    `silence` says for how long nothing was heard, if that is too long. `news` are the updates
    of the period, the newest first; where none of them says a word, `last` holds the newest that
    did, so it is a list of one or none. `yearly` is its money over all sources, one line a year.
    """

    code: str
    title: str
    theme: str
    summary: str
    goals: str
    lead: str
    partners: str
    target_groups: str
    period: str
    now: Stand
    before: Stand
    has_moved: bool
    silence: str
    news: list[News]
    last: list[News]
    milestones: list[Milestone]
    money: list[Money]
    yearly: list[Money]
    papers: list[CouncilPaper]
    gaps: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with its measures; `number` is empty for measures that serve no goal yet."""

    number: str
    name: str
    vision: str
    colour: str
    total: int
    counts: list[Count]
    money: list[Money]
    measures: list[Measure]
    sample: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A measure in the summary, and what is to be said of it."""

    code: str
    title: str
    theme: str
    text: str
    before: str
    now: str
    shape: str
    has_moved: bool


@dataclass(frozen=True, slots=True)
class Points:
    """A list of the summary: all of it; and the first few, with what the others are.

    `more` is a sentence such as “and 12 more: see themes 1, 2 and 5”, empty where none are left.
    """

    total: int
    all: list[Point]
    first: list[Point]
    more: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The first page."""

    moved: Points
    still: Points
    decisions: Points


@dataclass(frozen=True, slots=True)
class Cell:
    """How many measures went from one state to another; `same` if it is one and the same."""

    number: int
    same: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """All measures that were in a state before, by the states they are in now."""

    label: str
    sign: str
    shape: str
    cells: list[Cell]
    total: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """State now by state before; `passages` are rows, `states` their columns with their sums."""

    states: list[Count]
    passages: list[Passage]
    total: int


@dataclass(frozen=True, slots=True)
class GapLine:
    """Something measures lack: how many do, and their codes."""

    name: str
    label: str
    number: int
    codes: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report. Dates and amounts are words of the report's language."""

    language: str
    direction: str
    title: str
    heading: str
    running: str
    city: str
    office: str
    concept: str
    edition: str
    resolved: str
    audience: str
    period: str
    since: str
    until: str
    before: str
    made: str
    status: str
    number: str
    digest: str
    measures_word: str
    themes_word: str
    measures_total: int
    heard_of: str
    summary: Summary
    counts: list[Count]
    themes: list[Theme]
    measures: list[Measure]
    comparison: Comparison
    shows_money: bool
    money: list[Money]
    gaps: list[GapLine]
    sample_note: str
