"""One door for all formats: reading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange.formats import Format, format_of
from leitbild.plan.exchange.hints import Hints, Progress
from leitbild.plan.exchange.plain.reader import read_plain
from leitbild.plan.exchange.problems import Unplaced
from leitbild.plan.exchange.tables.csv_reader import read_csv
from leitbild.plan.exchange.tables.reader import read_tables
from leitbild.plan.exchange.tables.workbook_reader import read_workbook
from leitbild.plan.exchange.word.reader import read_docx

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
    return read_plain(path, hints), ()


def _workbook(path: Path, hints: Hints) -> Read:
    return read_tables(read_workbook(path), hints)


def _csv(path: Path, hints: Hints) -> Read:
    sheets, remarks = read_csv(path)
    document, unplaced = read_tables(sheets, hints)
    return document, [*remarks, *unplaced]


_READERS: Final[dict[Format, Callable[[Path, Hints], Read]]] = {
    Format.YAML: _plain,
    Format.XLSX: _workbook,
    Format.ODS: _workbook,
    Format.CSV: _csv,
    Format.DOCX: read_docx,
}
