"""What measures lack, as a list with links for pages and as a table for spreadsheets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.text import capfirst
from django.utils.translation import gettext

from leitbild.accounts.models import Organisation
from leitbild.accounts.terminology import Terms
from leitbild.delivery.enums import Gap
from leitbild.delivery.queries.gaps import Gaps, Lack
from leitbild.plan.queries.outline import MeasureEntry
from leitbild.reports.tables import csv_table

UrlOf: TypeAlias = Callable[[MeasureEntry], str]


@dataclass(frozen=True, slots=True)
class GapLine:
    """A measure that lacks something, each column with what it says, and where one reads on."""

    lack: Lack
    cells: tuple[tuple[str, str], ...]
    url: str


@dataclass(frozen=True, slots=True)
class GapGroup:
    """The measures of one organisation; None: nobody leads them."""

    organisation: Organisation | None
    lines: tuple[GapLine, ...]


@dataclass(frozen=True, slots=True)
class GapLines:
    """All that is missing, by who leads it; `columns` are the kinds that were looked for."""

    found: Gaps
    columns: tuple[str, ...]
    groups: tuple[GapGroup, ...]


def gap_lines(found: Gaps, *, url_of: UrlOf) -> GapLines:
    """What is missing, in the reader's words."""
    columns = tuple(_column(gap) for gap in found.asked)

    def line(lack: Lack) -> GapLine:
        words = (_words(lack, gap) for gap in found.asked)
        return GapLine(lack, tuple(zip(columns, words, strict=True)), url_of(lack.entry))

    groups = tuple(
        GapGroup(holder.organisation, tuple(line(lack) for lack in holder.lacks))
        for holder in found.holders
    )
    return GapLines(found, columns, groups)


def _column(gap: Gap) -> str:
    return {
        Gap.OWNER: gettext("Lead"),
        Gap.DATE: gettext("Period"),
        Gap.MONEY: gettext("Money"),
        Gap.NEWS: gettext("News"),
    }[gap]


def _words(lack: Lack, gap: Gap) -> str:
    """What is said where something is missing."""
    if gap not in lack.gaps:
        return ""
    return lack.standing.news if gap == Gap.NEWS else gettext("missing")


def gaps_csv(lines: GapLines, *, terms: Terms) -> bytes:
    """The table as CSV."""
    titles = [
        gettext("Code"),
        gettext("Title"),
        capfirst(terms.theme.one),
        gettext("Responsible"),
        *(capfirst(str(gap.label)) for gap in lines.found.asked),
        gettext("Page"),
    ]
    return csv_table(titles, _rows(lines))


def _rows(lines: GapLines) -> Iterator[list[str]]:
    for group in lines.groups:
        for line in group.lines:
            entry = line.lack.entry
            yield [
                entry.measure.code,
                entry.measure.t.title.plain,
                f"{entry.theme.number} {entry.theme.t.name.plain}",
                group.organisation.t.name.plain if group.organisation else "",
                *(words for _name, words in line.cells),
                line.url,
            ]
