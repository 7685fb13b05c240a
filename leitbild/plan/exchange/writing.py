"""One door for all formats: writing.

As in reading, what a format stands on is loaded when the first file of its kind is written.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.utils.translation import override

from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange.formats import Format
from leitbild.plan.exchange.vocabulary import ENGLISH, GERMAN


def write_document(document: ConceptDocument, path: Path, *, format: Format) -> None:  # noqa: A002  # as in reading
    """Write the concept to a file; CSV makes a folder or .zip, YAML a .json if the path says so."""
    _WRITERS[format](document, path)


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


def _plain(document: ConceptDocument, path: Path) -> None:
    from leitbild.plan.exchange.plain.writer import (  # noqa: PLC0415 # see above
        json_bytes,
        yaml_bytes,
    )

    is_json = path.suffix.lower() == ".json"
    path.write_bytes(json_bytes(document) if is_json else yaml_bytes(document))


def _csv(document: ConceptDocument, path: Path) -> None:
    from leitbild.plan.exchange.tables.csv_writer import write_csv  # noqa: PLC0415 # see above

    write_csv(document, path)


def _xlsx(document: ConceptDocument, path: Path) -> None:
    from leitbild.plan.exchange.tables.xlsx_writer import xlsx_bytes  # noqa: PLC0415 # see above

    path.write_bytes(xlsx_bytes(document))


def _ods(document: ConceptDocument, path: Path) -> None:
    from leitbild.plan.exchange.tables.ods_writer import ods_bytes  # noqa: PLC0415 # see above

    path.write_bytes(ods_bytes(document))


def _docx(document: ConceptDocument, path: Path) -> None:
    from leitbild.plan.exchange.word.writer import docx_bytes  # noqa: PLC0415 # see above

    path.write_bytes(docx_bytes(document))


def _xlsx_template(headers: str) -> bytes:
    from leitbild.plan.exchange.tables.xlsx_template import (  # noqa: PLC0415 # see above
        xlsx_template,
    )

    return xlsx_template(headers)


def _ods_template(headers: str) -> bytes:
    from leitbild.plan.exchange.tables.ods_template import (  # noqa: PLC0415 # see above
        ods_template,
    )

    return ods_template(headers)


_TEMPLATES: Final[dict[Format, Callable[[str], bytes]]] = {
    Format.XLSX: _xlsx_template,
    Format.ODS: _ods_template,
}
_WRITERS: Final[dict[Format, Callable[[ConceptDocument, Path], None]]] = {
    Format.YAML: _plain,
    Format.CSV: _csv,
    Format.XLSX: _xlsx,
    Format.ODS: _ods,
    Format.DOCX: _docx,
}
