"""One door for all formats: writing."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange.formats import Format
from leitbild.plan.exchange.plain.writer import yaml_bytes
from leitbild.plan.exchange.tables.xlsx_writer import xlsx_bytes


def write_document(document: ConceptDocument, path: Path, *, format: Format) -> None:  # noqa: A002  # as in reading
    """Write the concept to a file; CSV makes a folder, or a .zip if the path says so."""
    path.write_bytes(_WRITERS[format](document))


def write_template(path: Path, *, format: Format, language: str = "de") -> None:  # noqa: A002  # as in reading
    """Write an empty, explained workbook to fill in."""
    raise NotImplementedError


_WRITERS: Final[dict[Format, Callable[[ConceptDocument], bytes]]] = {
    Format.YAML: yaml_bytes,
    Format.XLSX: xlsx_bytes,
}
