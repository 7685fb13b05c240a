"""Between the cells of a table and the values of a document."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Final

from leitbild.plan.document.fields import YEARS
from leitbild.plan.exchange.tables.columns import Column, Kind
from leitbild.plan.exchange.tables.sheet import Cell
from leitbild.plan.exchange.vocabulary import YES_NO, truth, value_of

_SEPARATOR: Final = re.compile(r"[;\n]")
_FIRST_DAY: Final = dt.date(1899, 12, 30)
_YEARS: Final = range(YEARS[0], YEARS[1] + 1)
# Where a spreadsheet shows a date for what was typed as a year, and where old dates go astray.
SURE_DATES_FROM: Final = dt.date(1907, 1, 1)


def text_of(cell: Cell) -> str:
    """A cell as the text its author typed, as far as the file still knows it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return YES_NO[0][0 if cell else 1]
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell).strip()


def moment_of(cell: Cell) -> Any:
    """A year or date; a year typed into a cell formatted as date is a year again."""
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        typed = (cell - _FIRST_DAY).days
        return typed if typed in _YEARS else cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    return text_of(cell)


def _number(cell: Cell) -> Any:
    if isinstance(cell, float) and not cell.is_integer():
        return cell
    return text_of(cell)


def _yes_no(cell: Cell) -> Any:
    return cell if isinstance(cell, bool) else truth(text_of(cell))


_BY_KIND: Final[dict[Kind, Callable[[Cell], Any]]] = {
    Kind.NUMBER: _number,
    Kind.MOMENT: moment_of,
    Kind.DAY: moment_of,
    Kind.YES_NO: _yes_no,
    Kind.LIST: lambda cell: pieces(text_of(cell).replace(",", ";")),
}


def value_in(cell: Cell, column: Column) -> Any:
    """What a cell that isn't empty holds for a column; the document's types check it."""
    if column.choices:
        return value_of(column.choices, text_of(cell))
    return _BY_KIND.get(column.kind, text_of)(cell)


def pieces(text: str) -> list[str]:
    """The parts of a list in one cell."""
    return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
