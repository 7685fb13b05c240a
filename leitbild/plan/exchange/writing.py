"""One door for all formats: writing."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.utils.translation import override

from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange.formats import Format
from leitbild.plan.exchange.plain.writer import json_bytes, yaml_bytes
from leitbild.plan.exchange.tables.csv_writer import write_csv
from leitbild.plan.exchange.tables.ods_template import ods_template
from leitbild.plan.exchange.tables.ods_writer import ods_bytes
from leitbild.plan.exchange.tables.xlsx_template import xlsx_template
from leitbild.plan.exchange.tables.xlsx_writer import xlsx_bytes
from leitbild.plan.exchange.vocabulary import ENGLISH, GERMAN
from leitbild.plan.exchange.word.writer import docx_bytes


def write_document(document: ConceptDocument, path: Path, *, format: Format) -> None:  # noqa: A002  # as in reading
    """Write the concept to a file; CSV makes a folder or .zip, YAML a .json if the path says so."""
    if format is Format.CSV:
        write_csv(document, path)
    elif format is Format.YAML and path.suffix.lower() == ".json":
        path.write_bytes(json_bytes(document))
    else:
        path.write_bytes(_WRITERS[format](document))


def write_template(path: Path, *, format: Format, language: str = "de") -> None:  # noqa: A002  # as in reading
    """Write an empty workbook to fill in, explained in the given language.

    There are templates for Excel and OpenDocument; ValueError for other formats. Headers
    are German, or English if the language is another one.
    """
    if format not in _TEMPLATES:
        raise ValueError(format)
    headers = GERMAN if language.split("-", maxsplit=1)[0] == GERMAN else ENGLISH
    with override(language):
        path.write_bytes(_TEMPLATES[format](headers))


_TEMPLATES: Final[dict[Format, Callable[[str], bytes]]] = {
    Format.XLSX: xlsx_template,
    Format.ODS: ods_template,
}
_WRITERS: Final[dict[Format, Callable[[ConceptDocument], bytes]]] = {
    Format.YAML: yaml_bytes,
    Format.XLSX: xlsx_bytes,
    Format.ODS: ods_bytes,
    Format.DOCX: docx_bytes,
}
