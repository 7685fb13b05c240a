"""Workbooks with several tables: numbers as numbers, dates as dates, texts never as formulas."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from leitbild.reports.tables import CELL_LENGTH, SHEET, new_workbook

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Kind: TypeAlias = Literal["text", "number", "euro", "date"]
Cell: TypeAlias = str | int | float | dt.date | None

FORMATS: Final[Mapping[Kind, Mapping[str, Any]]] = {
    "text": {"text_wrap": True},
    "number": {"num_format": "0"},
    "euro": {"num_format": "#,##0.00\\ [$€-1]"},
    # Excel's own short date, which follows the reader's country.
    "date": {"num_format": 14, "align": "left"},
}
A4: Final = 9


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its width in characters and what stands in it."""

    title: str
    width: int
    kind: Kind = "text"


class Workbook:
    """A workbook that grows table by table."""

    def __init__(self, *, title: str, direction: str) -> None:
        """Begin an empty one."""
        self._out = io.BytesIO()
        self._book = new_workbook(self._out, title=title)
        self._direction = direction
        top = {"valign": "top"}
        self._formats: dict[str, Format] = {
            kind: self._book.add_format({**top, **look}) for kind, look in FORMATS.items()
        }
        self._head = self._book.add_format({**top, "bold": True, "bottom": 1, "text_wrap": True})
        self._strong = self._book.add_format({**top, "bold": True})

    @contextmanager
    def sheet(self, name: str) -> Iterator["Sheet"]:
        """A sheet that takes several tables, one below the other."""
        page = self._book.add_worksheet(SHEET.sub(" ", name)[:31])
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        if self._direction == "rtl":
            page.right_to_left()
        yield Sheet(page, self._formats, self._head, self._strong)

    def table(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
        """A sheet with one table: its head stays in sight, is repeated in print and filters."""
        with self.sheet(name) as sheet:
            last = sheet.table(columns, rows)
            sheet.page.freeze_panes(1, 2)
            sheet.page.repeat_rows(0)
            sheet.page.autofilter(0, 0, max(last, 1), len(columns) - 1)

    def close(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._out.getvalue()


class Sheet:
    """A sheet being written from top to bottom."""

    def __init__(
        self, page: "Worksheet", formats: "dict[str, Format]", head: "Format", strong: "Format"
    ) -> None:
        """Begin at the top."""
        self.page = page
        self._formats = formats
        self._head = head
        self._strong = strong
        self._row = 0
        self._widths: dict[int, int] = {}

    def facts(self, facts: Iterable[tuple[str, Cell]]) -> None:
        """Lines of a name and a value each, and an empty one below."""
        for name, value in facts:
            self.page.write_string(self._row, 0, name, self._strong)
            self._write(1, value, "date" if isinstance(value, dt.date) else "text")
            self._row += 1
        self._row += 1

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
        """A head and its rows, and an empty line below; the last row's number."""
        for place, column in enumerate(columns):
            if column.width > self._widths.get(place, 0):
                self._widths[place] = column.width
                self.page.set_column(place, place, column.width)
            self.page.write_string(self._row, place, column.title, self._head)
        for row in rows:
            self._row += 1
            for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
                self._write(place, cell, column.kind)
        self._row += 2
        return self._row - 2

    def _write(self, place: int, cell: Cell, kind: Kind) -> None:
        look = self._formats[kind]
        if cell is None:
            self.page.write_blank(self._row, place, None, look)
        elif isinstance(cell, str):
            # As a string whatever it begins with, so that nothing is taken for a formula.
            self.page.write_string(self._row, place, cell[:CELL_LENGTH], look)
        elif isinstance(cell, dt.date):
            moment = dt.datetime.combine(cell, dt.time())
            self.page.write_datetime(self._row, place, moment, look)
        else:
            self.page.write_number(self._row, place, cell, look)
