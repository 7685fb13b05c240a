"""The rows of a table as plain data, each with its number in the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.plan.exchange.problems import Problem, Spot
from leitbild.plan.exchange.tables.cells import pieces, text_of, value_in
from leitbild.plan.exchange.tables.columns import Kind
from leitbild.plan.exchange.tables.layout import Held, Layout
from leitbild.plan.exchange.tables.sheet import Area, Cell, Flaw, Row, cell_name, is_empty

_FLAWS: Final[dict[Flaw, Promise]] = {
    Flaw.NO_RESULT: gettext_lazy(
        "Cell {cell} holds a formula whose result isn’t stored in the file. Open the file in "
        "Excel or LibreOffice, save it and try again, or enter the value itself."
    ),
    Flaw.ERROR: gettext_lazy(
        "Cell {cell} shows an error instead of a value. Please correct the formula or enter the "
        "value itself."
    ),
}

# As Excel and LibreOffice show errors, in German and English.
_ERROR: Final = re.compile(r"#[A-ZÄÖÜ]+(/0)?[!?]|#N/A|#NV|(Err|Fehler):\d{3}")
_ERROR_SIGNS: Final = ("#", "E", "F")


@dataclass(slots=True)
class Rows:
    """What a table's rows say; data and numbers go side by side."""

    layout: Layout
    source: str
    data: list[dict[str, Any]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    numeric_codes: list[int] = field(default_factory=list)

    def place(self, position: int, field_name: str, language: str | None = None) -> Spot:
        """Where the field of a row stands; without its row if its whole column is missing."""
        place = self.layout.place(self.numbers[position], field_name, language)
        if place is None:
            usual = {column.field: column.german for column in self.layout.table.columns}
            return self.layout.sheet.place(None, usual.get(field_name, field_name))
        return place


def read_rows(layout: Layout, source: str) -> Rows:
    """All rows below the header that hold anything."""
    rows = Rows(layout, source)
    rows.problems.extend(layout.problems)
    rows.problems.extend(flaws(layout))
    sheet = layout.sheet
    for number in range(layout.header_row + 1, len(sheet.rows)):
        data = _data(sheet.rows[number], layout, source)
        if data:
            if _has_numeric_code(sheet.rows[number], layout):
                rows.numeric_codes.append(len(rows.data))
            rows.data.append(data)
            rows.numbers.append(number)
    if rows.data:
        rows.problems.extend(_missing_columns(layout))
    return rows


def _has_numeric_code(row: Row, layout: Layout) -> bool:
    """Whether the code was stored as a number that may have lost a zero: 2.10 becomes 2.1."""
    return any(
        held.column.field == "code"
        and position < len(row)
        and isinstance(cell := row[position], float)
        and not cell.is_integer()
        for position, held in layout.held.items()
    )


def _data(row: Row, layout: Layout, source: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for position, held in layout.held.items():
        cell = row[position] if position < len(row) else None
        if not is_empty(cell):
            put(data, held, cell, source)
    return data


def put(data: dict[str, Any], held: Held, cell: Cell, source: str) -> None:
    """Add a cell's value to a row's data."""
    column = held.column
    if column.kind is Kind.TEXT:
        data.setdefault(column.field, {})[held.language or source] = text_of(cell)
    elif column.kind is Kind.REFERENCES:
        data[column.field] = pieces(text_of(cell))
    else:
        data[column.field] = value_in(cell, column)


def _missing_columns(layout: Layout) -> Iterator[Problem]:
    for column in layout.table.columns:
        if column.required and layout.header(column.field) is None:
            yield Problem(
                layout.sheet.place(None, column.german),
                _("This column is missing. Please add it, with the header in the first row."),
            )


def flaws(layout: Layout) -> Iterator[Problem]:
    """Cells below the header that have no value of their own."""
    for (row, column), flaw in {**_shown_errors(layout), **layout.sheet.flaws}.items():
        held = layout.held.get(column)
        if row > layout.header_row and held is not None:
            yield Problem(
                layout.sheet.place(row, held.header, position=column),
                str(_FLAWS[flaw]).format(cell=cell_name(row, column)),
            )
    for area in layout.sheet.merged:
        if _is_disturbing(area, layout):
            yield Problem(
                layout.sheet.place(max(area.top, layout.header_row + 1)),
                _(
                    "The cells {area} are merged, so it isn’t clear which rows their content "
                    "belongs to. Please undo the merge and fill in each cell."
                ).format(area=area),
            )


def _shown_errors(layout: Layout) -> dict[tuple[int, int], Flaw]:
    """Errors that are a text in the file: CSV has nothing else, and values can be pasted."""
    return {
        (number, column): Flaw.ERROR
        for number, row in enumerate(layout.sheet.rows)
        for column, cell in enumerate(row)
        if isinstance(cell, str) and cell[:1] in _ERROR_SIGNS and _ERROR.fullmatch(cell.strip())
    }


def _is_disturbing(area: Area, layout: Layout) -> bool:
    """Merged cells that hold a value and reach into rows and columns that are read."""
    if area.bottom <= layout.header_row:
        return False
    if not any(area.left <= position <= area.right for position in layout.held):
        return False
    row = layout.sheet.rows[area.top] if area.top < len(layout.sheet.rows) else ()
    return area.left < len(row) and not is_empty(row[area.left])
