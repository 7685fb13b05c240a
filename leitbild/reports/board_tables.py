"""The board’s tables for spreadsheets: states, measures, freshness, milestones, money."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from leitbild.accounts.terminology import Terms
from leitbild.delivery.enums import Freshness
from leitbild.delivery.queries.board import Board
from leitbild.reports.tables import csv_table, xlsx_table

Row = list[str]


@dataclass(frozen=True, slots=True)
class BoardTable:
    """A table of the board: its name, columns with widths in characters, and rows."""

    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Row]

    def csv(self) -> bytes:
        """The table as CSV."""
        return csv_table([name for name, _width in self.columns], self.rows)

    def xlsx(self) -> bytes:
        """The table as a workbook."""
        return xlsx_table(
            [name for name, _width in self.columns],
            self.rows,
            widths=[width for _name, width in self.columns],
            title=self.title,
            sheet=self.title,
        )


def _measures(board: Board, terms: Terms) -> BoardTable:
    rows = [
        [
            line.entry.measure.code,
            line.entry.measure.title,
            f"{line.entry.theme.number} {line.entry.theme.name}",
            line.entry.lead.name if line.entry.lead else "",
            line.standing.label,
            line.standing.update.date.isoformat() if line.standing.update else "",
            str(line.standing.freshness.label),
            line.next_step.title if line.next_step else "",
            line.next_step.due.isoformat() if line.next_step else "",
        ]
        for line in board.lines
    ]
    columns = [
        (_("Code"), 8),
        (_("Title"), 50),
        (capfirst(terms.theme.one), 28),
        (_("Lead"), 30),
        (_("State"), 18),
        (_("Last news"), 12),
        (_("News"), 12),
        (_("Next milestone"), 44),
        (_("Due"), 12),
    ]
    return BoardTable(capfirst(terms.measure.many), columns, rows)


def _states(board: Board, terms: Terms) -> BoardTable:
    rows = [
        [
            f"{each.theme.number} {each.theme.name}",
            *(str(count) for _label, count in each.counts),
            str(each.total),
        ]
        for each in board.themes
    ]
    columns = [
        (capfirst(terms.theme.one), 36),
        *((board.standings.label(name), 14) for name in board.state_names),
        (_("All"), 8),
    ]
    return BoardTable(_("States by theme"), columns, rows)


def _freshness(board: Board, _terms: Terms) -> BoardTable:
    rows = [
        [
            each.organisation.name if each.organisation else _("nobody"),
            *(str(len(each.lines[freshness])) for freshness in Freshness),
            "" if each.longest_silence is None else str(each.longest_silence),
        ]
        for each in board.departments
    ]
    columns = [
        (_("Lead"), 44),
        *((capfirst(str(freshness.label)), 12) for freshness in Freshness),
        (_("Days since the oldest news that is owed"), 22),
    ]
    return BoardTable(_("Freshness of news"), columns, rows)


def _milestones(board: Board, _terms: Terms) -> BoardTable:
    rows = [
        [
            step.milestone.due.isoformat(),
            step.milestone.title,
            step.entry.measure.code,
            step.entry.measure.title,
            step.entry.lead.name if step.entry.lead else "",
            _("overdue") if step.is_overdue else _("open"),
        ]
        for step in board.steps
    ]
    columns = [
        (_("Due"), 12),
        (_("Milestone"), 50),
        (_("Code"), 8),
        (_("Title"), 50),
        (_("Lead"), 30),
        (_("State"), 12),
    ]
    return BoardTable(_("Milestones"), columns, rows)


def _money(board: Board, terms: Terms) -> BoardTable:
    columns = [
        (capfirst(terms.theme.one), 36),
        (_("Year"), 8),
        (_("Planned, in euros"), 18),
        (_("Spent, in euros"), 18),
        (_("Planned by how many"), 14),
        (_("Spent by how many"), 14),
    ]
    return BoardTable(_("Money"), columns, list(_sums(board)))


def _sums(board: Board) -> Iterator[Row]:
    for each in board.money:
        for year, money in zip(board.years, each.years, strict=True):
            yield [
                f"{each.theme.number} {each.theme.name}",
                str(year),
                _euros(money.planned),
                _euros(money.spent),
                str(money.planned_by),
                str(money.spent_by),
            ]


def _euros(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100}.{cents % 100:02}"


TABLES: Final[dict[str, Callable[[Board, Terms], BoardTable]]] = {
    "staende": _states,
    "massnahmen": _measures,
    "aktualitaet": _freshness,
    "meilensteine": _milestones,
    "geld": _money,
}
"""The board's tables, by the word that stands for them in an address."""


def board_table(name: str, board: Board, *, terms: Terms) -> BoardTable:
    """One of the board's tables; raises KeyError for a name that isn't one of TABLES."""
    return TABLES[name](board, terms)
