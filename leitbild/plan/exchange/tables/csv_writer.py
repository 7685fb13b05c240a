"""Writes tables as CSV files."""

import csv
import datetime as dt
import io
from pathlib import Path

from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange.archives import packed
from leitbild.plan.exchange.tables.csv_cells import protected
from leitbild.plan.exchange.tables.sheet import Cell, Sheet
from leitbild.plan.exchange.tables.writer import tables_of


def csv_files(document: ConceptDocument) -> dict[str, bytes]:
    """The document's tables by file name; Excel knows UTF-8 by the mark at the beginning."""
    return {
        f"{table.file}.csv": _csv(sheet).encode("utf-8-sig") for table, sheet in tables_of(document)
    }


def write_csv(document: ConceptDocument, path: Path) -> None:
    """Write the files into a folder, or into one archive if the path ends in .zip."""
    files = csv_files(document)
    if path.suffix.lower() == ".zip":
        path.write_bytes(packed(files))
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (path / name).write_bytes(content)


def _csv(sheet: Sheet) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([_text(cell) for cell in row] for row in sheet.rows)
    return buffer.getvalue()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, dt.date) else protected(str(cell))
