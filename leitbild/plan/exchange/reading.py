"""One door for all formats: reading.

What a format stands on is loaded when the first file of its kind comes: it takes a moment and
memory, and a server may never meet one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange.formats import Format, format_of
from leitbild.plan.exchange.hints import Hints, Progress
from leitbild.plan.exchange.problems import Unplaced

Read = tuple[ConceptDocument, Sequence[Unplaced]]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A file that was read."""

    document: ConceptDocument
    unplaced: tuple[Unplaced, ...]
    format: Format


def read_document(
    path: Path,
    *,
    format: Format | None = None,  # noqa: A002  # the word users of the command know
    language: str | None = None,
    edition: int | None = None,
    progress: Progress | None = None,
) -> ReadResult:
    """The concept in a file.

    `language` and `edition` stand for what the file doesn't say itself; in a Word document
    the edition goes before a year found in its title. `progress` is called with how many
    parts are read and how many there are.

    Raises UnreadableFile if the file can't be used at all, InvalidFile with all problems.
    """
    chosen = format or format_of(path)
    hints = Hints(language=language, edition=edition, progress=progress)
    document, unplaced = _READERS[chosen](path, hints)
    return ReadResult(document, tuple(unplaced), chosen)


def _plain(path: Path, hints: Hints) -> Read:
    from leitbild.plan.exchange.plain.reader import read_plain  # noqa: PLC0415 # see above

    return read_plain(path, hints), ()


def _workbook(path: Path, hints: Hints) -> Read:
    from leitbild.plan.exchange.tables.reader import read_tables  # noqa: PLC0415 # see above
    from leitbild.plan.exchange.tables.workbook_reader import (  # noqa: PLC0415 # see above
        read_workbook,
    )

    return read_tables(read_workbook(path), hints)


def _csv(path: Path, hints: Hints) -> Read:
    from leitbild.plan.exchange.tables.csv_reader import read_csv  # noqa: PLC0415 # see above
    from leitbild.plan.exchange.tables.reader import read_tables  # noqa: PLC0415 # see above

    sheets, remarks = read_csv(path)
    document, unplaced = read_tables(sheets, hints)
    return document, [*remarks, *unplaced]


def _docx(path: Path, hints: Hints) -> Read:
    from leitbild.plan.exchange.word.reader import read_docx  # noqa: PLC0415 # see above

    return read_docx(path, hints)


_READERS: Final[dict[Format, Callable[[Path, Hints], Read]]] = {
    Format.YAML: _plain,
    Format.XLSX: _workbook,
    Format.ODS: _workbook,
    Format.CSV: _csv,
    Format.DOCX: _docx,
}
