"""A table as it stands in a file, whatever the file's format."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeAlias

from django.utils.translation import gettext as _

from leitbild.plan.exchange.problems import Spot

Cell: TypeAlias = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Row: TypeAlias = Sequence[Cell]


class Flaw(Enum):
    """What can be wrong with a cell before its value is looked at."""

    NO_RESULT = auto()
    ERROR = auto()


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, counted from 0, both corners included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """As spreadsheets write it: B2:C4."""
        return f"{cell_name(self.top, self.left)}:{cell_name(self.bottom, self.right)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet or CSV file, from the first row on, and what is odd about them.

    `order` is its position among the sheets of the template.
    """

    name: str
    rows: Sequence[Row]
    merged: Sequence[Area] = ()
    flaws: dict[tuple[int, int], Flaw] = field(default_factory=dict)
    formulas: Sequence[tuple[int, int]] = ()
    is_file: bool = False
    order: int = 0

    def place(self, row: int | None = None, column: str = "", *, position: int = -1) -> Spot:
        """A place in this sheet in words; rows are counted from 0 here, from 1 in words.

        `position` is where the column stands.
        """
        title = _("file {name}") if self.is_file else _("sheet {name}")
        parts = [title.format(name=self.name)]
        if row is not None:
            parts.append(_("row {number}").format(number=row + 1))
        if column:
            parts.append(_("column {name}").format(name=column))
        return Spot(", ".join(parts), (self.order, -1 if row is None else row, position))


def column_letters(column: int) -> str:
    """The letters spreadsheets give a column: 0 is A, 26 is AA."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name spreadsheets give a cell."""
    return f"{column_letters(column)}{row + 1}"


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing one could see."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
