"""Writes tables as an OpenDocument spreadsheet.

The content is written as XML text: building it cell by cell with a library takes a minute
for a large concept. What stands around it is version 1.3, which LibreOffice reads since 7.0.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange.archives import packed
from leitbild.plan.exchange.tables.columns import Table
from leitbild.plan.exchange.tables.sheet import Cell, Row, Sheet
from leitbild.plan.exchange.tables.writer import column_of, tables_of

_NAMES: Final = "urn:oasis:names:tc:opendocument:xmlns"
HEAD: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="{_NAMES}:office:1.0" xmlns:style="{_NAMES}:style:1.0"
 xmlns:fo="{_NAMES}:xsl-fo-compatible:1.0" xmlns:table="{_NAMES}:table:1.0"
 xmlns:number="{_NAMES}:datastyle:1.0" xmlns:text="{_NAMES}:text:1.0"
 xmlns:of="{_NAMES}:of:1.2" office:version="1.3">
<office:automatic-styles>
<number:text-style style:name="NText"><number:text-content/></number:text-style>
<number:date-style style:name="NDate"><number:day number:style="long"/><number:text>.</number:text>\
<number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/>\
</number:date-style>
<style:style style:name="Header" style:family="table-cell"><style:table-cell-properties \
fo:background-color="#e8edf2" fo:wrap-option="wrap" style:vertical-align="top"/>\
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Text" style:family="table-cell" style:data-style-name="NText">\
<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>
<style:style style:name="Number" style:family="table-cell"><style:table-cell-properties \
style:vertical-align="top"/></style:style>
<style:style style:name="Date" style:family="table-cell" style:data-style-name="NDate">\
<style:table-cell-properties style:vertical-align="top"/></style:style>
"""
WIDTH: Final = (
    '<style:style style:name="W{0}" style:family="table-column"><style:table-column-properties '
    'style:column-width="{1}mm"/></style:style>\n'
)
MILLIMETRES: Final = 2  # the width of a character
_BLANKS: Final = re.compile(r" {2,}|^ | $")
_META: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="{_NAMES}:office:1.0" xmlns:meta="{_NAMES}:meta:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta>\
<dc:title>{{title}}</dc:title><meta:creation-date>2000-01-01T00:00:00</meta:creation-date>\
</office:meta></office:document-meta>"""

_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


def ods_bytes(document: ConceptDocument) -> bytes:
    """The document as a spreadsheet."""
    return packaged("".join(_content(document)), document.concept.title[document.language])


def packaged(content: str, title: str) -> bytes:
    """A whole file around content.xml."""
    parts = {
        "mimetype": _TYPE,
        "content.xml": content,
        "meta.xml": _META.format(title=escape(title)),
        "META-INF/manifest.xml": _MANIFEST,
    }
    return packed({name: part.encode() for name, part in parts.items()})


def _content(document: ConceptDocument) -> Iterator[str]:
    tables = tables_of(document)
    widths = sorted({width for table, sheet in tables for width in _widths(table, sheet)})
    yield HEAD
    for width in widths:
        yield WIDTH.format(width, width * MILLIMETRES)
    yield "</office:automatic-styles>\n<office:body><office:spreadsheet>\n"
    for table, sheet in tables:
        yield f"<table:table table:name={quoteattr(sheet.name)}>\n"
        for width in _widths(table, sheet):
            yield f'<table:table-column table:style-name="W{width}"/>\n'
        for number, row in enumerate(sheet.rows):
            yield _row(row, is_header=number == 0)
        yield "</table:table>\n"
    yield "</office:spreadsheet></office:body></office:document-content>\n"


def _widths(table: Table, sheet: Sheet) -> list[int]:
    columns = [column_of(table, str(header)) for header in sheet.rows[0]]
    return [column.width if column else 20 for column in columns]


def _row(row: Row, *, is_header: bool) -> str:
    cells = "".join(_cell(cell, "Header" if is_header else "Text") for cell in row)
    return f"<table:table-row>{cells}</table:table-row>\n"


def _cell(cell: Cell, style: str) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, dt.date):
        shown, kind = f"{cell:%d.%m.%Y}", f'date" office:date-value="{cell.isoformat()}'
        style = "Date"
    elif isinstance(cell, int | float):
        shown, kind, style = str(cell), f'float" office:value="{cell}', "Number"
    else:
        shown, kind = str(cell), "string"
    paragraphs = "".join(f"<text:p>{line_xml(line)}</text:p>" for line in shown.split("\n"))
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="{kind}">'
        f"{paragraphs}</table:table-cell>"
    )


def line_xml(text: str) -> str:
    """A line of text; XML would lose several blanks in a row, and tabs."""
    spaced = _BLANKS.sub(lambda blanks: f'<text:s text:c="{len(blanks[0])}"/>', escape(text))
    return spaced.replace("\t", "<text:tab/>")
