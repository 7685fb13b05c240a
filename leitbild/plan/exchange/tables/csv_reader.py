"""Reads tables from CSV files in a folder or a ZIP archive."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from django.utils.translation import gettext as _

from leitbild.plan.exchange.encodings import table_text
from leitbild.plan.exchange.guards import MAX_ENTRIES, open_archive, read_bytes
from leitbild.plan.exchange.problems import InvalidFile, Problem, Unplaced, UnreadableFile
from leitbild.plan.exchange.tables.csv_cells import unprotected
from leitbild.plan.exchange.tables.sheet import Sheet
from leitbild.plan.exchange.tables.survey import MAX_COLUMNS, MAX_ROWS

_DELIMITERS: Final = ";,\t"
_DECLARED: Final = "sep="
_HIDDEN: Final = (".", "__MACOSX")


def read_csv(path: Path) -> tuple[list[Sheet], list[Unplaced]]:
    """The tables of a folder or archive, and remarks on how they were read."""
    files = _folder(path) if path.is_dir() else _archive(path)
    unplaced = [Unplaced(name, _("This isn’t a CSV file.")) for name in _others(files)]
    sheets: list[Sheet] = []
    for name, content in files.items():
        if name.lower().endswith(".csv") and content:
            sheet, assumed = _sheet(name, content)
            sheets.append(sheet)
            if assumed:
                note = _("It isn’t written in UTF-8; {encoding} was assumed.")
                text = note.format(encoding=assumed)
                unplaced.append(Unplaced(sheet.place(), text, is_taken=True))
    if not sheets:
        raise UnreadableFile(
            _(
                "There are no CSV files here. A concept needs konzept.csv, themenfelder.csv, "
                "ziele.csv and massnahmen.csv."
            )
        )
    return sheets, unplaced


def _folder(path: Path) -> dict[str, bytes]:
    """The folder's own files; other files than CSV aren't opened."""
    found = sorted(each for each in path.iterdir() if each.is_file() and _is_visible(each.name))
    if len(found) > MAX_ENTRIES:
        raise UnreadableFile(_("The folder holds too many files for a concept."))
    return {each.name: read_bytes(each) if each.suffix.lower() == ".csv" else b"" for each in found}


def _archive(path: Path) -> dict[str, bytes]:
    entries = open_archive(path)
    files: dict[str, bytes] = {}
    for name, content in entries.items():
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if not all(_is_visible(part) for part in parts):
            continue
        if parts[-1] in files:
            raise UnreadableFile(
                _("The archive holds two files named “{name}”. Please remove one.").format(
                    name=parts[-1]
                )
            )
        files[parts[-1]] = content
    return files


def _is_visible(name: str) -> bool:
    """Whether a person put the file there and not their computer's file manager."""
    return not name.startswith(_HIDDEN)


def _others(files: Mapping[str, bytes]) -> list[str]:
    return [name for name in files if not name.lower().endswith(".csv")]


def _sheet(name: str, content: bytes) -> tuple[Sheet, str]:
    try:
        text, assumed = table_text(content)
    except UnreadableFile as error:
        raise UnreadableFile(f"{name}: {error.message}") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter, text = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append([unprotected(cell) for cell in row])
            if len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS:
                raise UnreadableFile(
                    _("{name} has more rows or columns than any concept.").format(name=name)
                )
    except csv.Error:
        place = Sheet(name, rows, is_file=True).place(len(rows))
        reason = _(
            "The quotation marks don’t match from here on (line {line} of the text). A quotation "
            "mark inside a text is written twice."
        ).format(line=reader.line_num)
        raise InvalidFile([Problem(place, reason)]) from None
    return Sheet(name, rows, is_file=True), assumed


def _delimiter(text: str) -> tuple[str, str]:
    """The sign between the columns, and the text without the line that declares it."""
    first, _newline, rest = text.partition("\n")
    if first.lower().startswith(_DECLARED) and len(first.rstrip()) == len(_DECLARED) + 1:
        return first[len(_DECLARED)], rest
    bare = "".join(first.split('"')[::2])  # what stands outside of quotes
    return max(_DELIMITERS, key=bare.count), text
