"""Finds the header row of a table and what each of its columns holds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from leitbild.core.languages import LANGUAGE_CODE, is_servable
from leitbild.plan.exchange.problems import Problem, Unplaced
from leitbild.plan.exchange.tables.cells import text_of
from leitbild.plan.exchange.tables.columns import Column, Kind, Table, folded
from leitbild.plan.exchange.tables.sheet import Row, Sheet, column_letters, is_empty

_HEADER_WITHIN: Final = 20
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
        for held in self.held.values():
            if held.column.field == name and held.language == language:
                return held.header
        return None


def find_layout(sheet: Sheet, table: Table, source: str) -> Layout:
    """The layout of a table; what stands above or beside its columns is listed as unplaced."""
    header_row = _header_row(sheet, table, source)
    layout = Layout(sheet, table, header_row)
    if sheet.rows:
        _hold(layout, source)
        _list_strangers(layout)
        _list_decoration(layout)
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
                    layout.sheet.place(layout.header_row, held.header),
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


def excerpt(texts: Iterable[str]) -> str:
    """The beginning of what found no place."""
    text = " · ".join(" ".join(each.split()) for each in texts if each)
    return text if len(text) <= 200 else f"{text[:197]}…"
