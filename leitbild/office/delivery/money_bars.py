"""Money planned against spent as bars; the figures stand beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from leitbild.delivery.queries.board import Board, Sum
from leitbild.plan.models import Theme


@dataclass(frozen=True, slots=True)
class Bar:
    """A sum, and the lengths of its bars in hundredths of the longest bar of all."""

    year: int
    sum: Sum
    planned: int
    spent: int


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A theme's bars by year; those of all themes where it names none."""

    theme: Theme | None
    bars: Sequence[Bar]


def money_bars(board: Board) -> list[MoneyRow]:
    """The bars of all themes on one scale, and the sums of all on another, below them."""
    rows = [(each.theme, each.years) for each in board.money]
    scale = _longest([each for _theme, years in rows for each in years])
    found = [MoneyRow(theme, _bars(board.years, years, scale)) for theme, years in rows]
    if len(rows) > 1:
        found.append(MoneyRow(None, _bars(board.years, board.money_in_all, 0)))
    return found


def _longest(sums: Sequence[Sum]) -> int:
    return max((max(each.planned or 0, each.spent or 0) for each in sums), default=0)


def _bars(years: Sequence[int], sums: Sequence[Sum], scale: int) -> list[Bar]:
    longest = scale or _longest(sums) or 1
    return [
        Bar(
            year,
            each,
            planned=round((each.planned or 0) * 100 / longest),
            spent=round((each.spent or 0) * 100 / longest),
        )
        for year, each in zip(years, sums, strict=True)
    ]
