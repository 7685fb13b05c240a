"""One door for all formats: reading."""

from dataclasses import dataclass
from pathlib import Path

from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange.formats import Format, format_of
from leitbild.plan.exchange.plain.reader import read_plain
from leitbild.plan.exchange.problems import Unplaced
from leitbild.plan.exchange.hints import Hints, Progress


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
    reader = _READERS[chosen]
    document, unplaced = reader(path, hints)
    return ReadResult(document, tuple(unplaced), chosen)
