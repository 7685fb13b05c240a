"""Finds the header row of a table and what each of its columns holds."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitbild.core.languages import LANGUAGE_CODE, is_servable
from leitbild.plan.exchange.problems import Problem, Spot, Unplaced
from leitbild.plan.exchange.tables.cells import text_of
from leitbild.plan.exchange.tables.columns import Column, Kind, Table, folded
from leitbild.plan.exchange.tables.sheet import Row, Sheet, cell_name, column_letters, is_empty

_HEADER_WITHIN: Final = 20
_NAMED_CELLS: Final = 5
_IN_LANGUAGE: Final = re.compile(rf"(.+?)\s*\(\s*({LANGUAGE_CODE.pattern})\s*\)\s*\*?")


@dataclass(frozen=True, slots=True)
class Held:
    """What a column of a file holds: a field, in a language if it is a translation."""

    column: Column
    header: str
    language: str | None = None


@dataclass(slots=True)
class Layout:
    """Where the header of a table stands and what its columns hold."""

    sheet: Sheet
    table: Table
    header_row: int
    held: dict[int, Held] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)

    def header(self, name: str, language: str | None = None) -> str | None:
        """The header under which a field stands in the file, if it does."""
        position = self.position(name, language)
        return None if position is None else self.held[position].header

    def position(self, name: str, language: str | None = None) -> int | None:
        """Where the column of a field stands, if it does."""
        for position, held in self.held.items():
            if held.column.field == name and held.language == language:
                return position
        return None

    def place(self, row: int, name: str, language: str | None = None) -> Spot | None:
        """Where a field of a row stands, or its source text; none if its column is missing."""
        position = self.position(name, language)
        if position is None:
            position = self.position(name)
        if position is None:
            return None
        return self.sheet.place(row, self.held[position].header, position=position)


def find_layout(sheet: Sheet, table: Table, source: str) -> Layout:
    """The layout of a table; what stands above or beside its columns is listed as unplaced."""
    header_row = _header_row(sheet, table, source)
    layout = Layout(sheet, table, header_row)
    if sheet.rows:
        _hold(layout, source)
        _list_strangers(layout)
        _list_decoration(layout)
        layout.unplaced.extend(formulas(layout))
    return layout


def _header_row(sheet: Sheet, table: Table, source: str) -> int:
    """The row among the first with the most known headers."""
    best, most = 0, 0
    for number, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        known = sum(_held(text_of(cell), table, source) is not None for cell in row)
        if known > most:
            best, most = number, known
    return best


def _held(header: str, table: Table, source: str) -> Held | None:
    if not header:
        return None
    for column in table.columns:
        if folded(header) in column.names():
            return Held(column, header.rstrip(" *"))
    match = _IN_LANGUAGE.fullmatch(header.lower())
    if match is None or not is_servable(match[2]):
        return None
    language = None if match[2] == source else match[2]
    for column in table.columns:
        if column.kind is Kind.TEXT and folded(match[1]) in column.names():
            return Held(column, header.rstrip(" *"), language)
    return None


def _hold(layout: Layout, source: str) -> None:
    seen: set[tuple[str, str | None]] = set()
    for position, cell in enumerate(layout.sheet.rows[layout.header_row]):
        held = _held(text_of(cell), layout.table, source)
        if held is None:
            continue
        if (held.column.field, held.language) in seen:
            layout.problems.append(
                Problem(
                    layout.sheet.place(layout.header_row, held.header, position=position),
                    _("There are two columns for this. Please keep one of them."),
                )
            )
            continue
        seen.add((held.column.field, held.language))
        layout.held[position] = held


def _list_strangers(layout: Layout) -> None:
    """Columns nobody asked for, with the first words that would be lost."""
    sheet, first = layout.sheet, layout.header_row
    width = max(len(row) for row in sheet.rows)
    for position in range(width):
        if position in layout.held:
            continue
        texts = _column(sheet.rows[first:], position)
        if any(texts):
            name = texts[0] or column_letters(position)
            layout.unplaced.append(
                Unplaced(sheet.place(None, name), excerpt(text for text in texts[1:] if text))
            )


def _column(rows: Sequence[Row], position: int) -> list[str]:
    return [text_of(row[position]) if position < len(row) else "" for row in rows]


def _list_decoration(layout: Layout) -> None:
    for number, row in enumerate(layout.sheet.rows[: layout.header_row]):
        if any(not is_empty(cell) for cell in row):
            layout.unplaced.append(
                Unplaced(layout.sheet.place(number), excerpt(text_of(cell) for cell in row))
            )


def formulas(layout: Layout) -> Iterator[Unplaced]:
    """A note on cells that are calculated: what they showed when the file was saved is taken."""
    cells = [
        cell_name(row, column)
        for row, column in layout.sheet.formulas
        if row > layout.header_row and column in layout.held
    ]
    if cells:
        text = ngettext(
            "One cell holds a formula; its last result was taken: {cells}.",
            "{count} cells hold formulas; their last results were taken: {cells}.",
            len(cells),
        )
        named = ", ".join([*cells[:_NAMED_CELLS], *(["…"] if len(cells) > _NAMED_CELLS else [])])
        text = text.format(count=len(cells), cells=named)
        yield Unplaced(layout.sheet.place(), text, is_taken=True)


def excerpt(texts: Iterable[str]) -> str:
    """The beginning of what found no place."""
    text = " · ".join(" ".join(each.split()) for each in texts if each)
    return text if len(text) <= 200 else f"{text[:197]}…"
