"""Word templates of a city, made quickly."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final
from xml.sax.saxutils import escape

from docx import Document

_SPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def _empty() -> dict[str, bytes]:
    buffer = io.BytesIO()
    Document().save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def template(
    *paragraphs: str,
    rows: Sequence[Sequence[str]] = (),
    parts: Mapping[str, bytes] | None = None,
    markup: str = "",
) -> bytes:
    """A Word file of these paragraphs, a table of these rows, and further parts or markup."""
    body = "".join(_paragraph(each) for each in paragraphs)
    if rows:
        body += f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * len(rows[0])}</w:tblGrid>"
        for row in rows:
            body += f"<w:tr>{''.join(f'<w:tc>{_paragraph(each)}</w:tc>' for each in row)}</w:tr>"
        body += "</w:tbl><w:p/>"
    document = (
        f'<w:document xmlns:w="{_SPACE}"><w:body>{body}{markup}<w:sectPr/></w:body></w:document>'
    )
    return packed({**_empty(), "word/document.xml": document.encode(), **(parts or {})})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """These parts as a ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
