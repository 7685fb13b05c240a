"""What a spreadsheet's reader doesn't tell: merged cells, formulas without results, extent.

The survey comes first, in constant memory, because the reader builds a full rectangle up to
the last cell: one cell at the far end of an otherwise empty sheet would fill all memory.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from django.utils.translation import gettext as _

from leitbild.plan.exchange.problems import UnreadableFile
from leitbild.plan.exchange.tables.sheet import Area, Flaw, cell_name

MAX_ROWS: Final = 100_000
MAX_COLUMNS: Final = 1_000
MAX_CELLS: Final = 2_000_000
MAX_TEXT: Final = 100_000_000


@dataclass(slots=True)
class Survey:
    """What is known of one sheet before its values are read."""

    rows: int = 0
    columns: int = 0
    text: int = 0
    merged: list[Area] = field(default_factory=list)
    flaws: dict[tuple[int, int], Flaw] = field(default_factory=dict)
    formulas: list[tuple[int, int]] = field(default_factory=list)

    def see(self, row: int, column: int, text: int) -> None:
        """Take note of a cell that holds something, with the length of its text."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)
        self.text += text

    def check(self, name: str) -> None:
        """Refuse a sheet of unreasonable extent."""
        wide = self.rows > MAX_ROWS or self.columns > MAX_COLUMNS
        if wide or self.rows * self.columns > MAX_CELLS or self.text > MAX_TEXT:
            raise UnreadableFile(
                _(
                    "Sheet {name} reaches to cell {cell}, far beyond any concept. Please delete "
                    "what stands outside the table and try again."
                ).format(name=name, cell=cell_name(max(self.rows, 1) - 1, max(self.columns, 1) - 1))
            )


def parse(
    content: bytes,
    *,
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Follow XML in constant memory; what isn't well-formed is a damaged file."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        raise UnreadableFile(
            _("The file is damaged. Open it, save it anew and try again.")
        ) from error


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]
