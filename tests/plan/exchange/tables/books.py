"""Spreadsheets as people make them, built cell by cell."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import xlsxwriter

Rows = Sequence[Sequence[Any]]

CONCEPT: Final[Rows] = [
    ["Angabe", "Wert"],
    ["Titel", "Konzept 2027"],
    ["Ausgabe", 2027],
]
THEMES: Final[Rows] = [["Nummer", "Name", "Leitbild"], [1, "Sprache", "Alle reden mit."]]
GOALS: Final[Rows] = [["Code", "Themenfeld", "Titel"], ["1a", 1, "Alle lernen Deutsch."]]
MEASURES: Final[Rows] = [["Code", "Titel", "Ziele"], ["1.1", "Kurse am Abend", "1a"]]
SHEETS: Final[Mapping[str, Rows]] = {
    "Konzept": CONCEPT,
    "Themenfelder": THEMES,
    "Ziele": GOALS,
    "Maßnahmen": MEASURES,
}


def book(
    path: Path, changed: Mapping[str, Rows] = {}, *, more: Callable[[Any], None] | None = None
) -> Path:
    """A workbook with a small concept; `changed` sheets take the place of the usual ones.

    `more` may add to the workbook before it is written.
    """
    with xlsxwriter.Workbook(path, {"strings_to_formulas": True}) as workbook:
        day = workbook.add_format({"num_format": "dd.mm.yyyy"})
        for name, rows in {**SHEETS, **changed}.items():
            worksheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        moment = dt.datetime.combine(cell, dt.time())
                        worksheet.write_datetime(number, column, moment, day)
                    elif cell is not None:
                        worksheet.write(number, column, cell)
        if more:
            more(workbook)
    return path


def edited(path: Path, entry: str, change: Callable[[str], str]) -> Path:
    """The archive with one of its entries changed."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries[entry] = change(entries.get(entry, b"").decode()).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    path.write_bytes(buffer.getvalue())
    return path


def sheet_number(name: str) -> str:
    """The entry in which a sheet of `book` stands."""
    return f"xl/worksheets/sheet{list(SHEETS).index(name) + 1}.xml"
