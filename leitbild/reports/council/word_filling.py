"""Filling Word templates: in a sandbox that reaches nothing but the report.

A city's template is foreign input. What it may say is narrow (`template_check` reads every tag
before it is filled); this is the second wall behind it.
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl.template import DocxTemplate
from jinja2 import Environment, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

FILTERS: Final = ("upper", "lower", "capitalize", "title", "trim", "default", "length")
"""What a template may do to a value; none makes a text longer than it was."""
LONGEST: Final = 60_000_000
"""Characters of one filled part; the largest report with our own template has a tenth of that."""
TEXTS: Final = ("author", "comments", "identifier", "language", "subject", "title")
"""Properties of a file that may hold tags."""
_TAGGED: Final = re.compile(r"wordprocessingml\.(document\.main|header|footer|footnotes)\+xml$")


class OverlongReport(Exception):
    """A template that prints more than any report needs."""


class _Limited(Template):
    """Stops a template that would fill the memory."""

    def render(self, *args: Any, **values: Any) -> str:
        """The filled text; raises OverlongReport."""
        pieces, size = [], 0
        for piece in self.generate(*args, **values):
            size += len(piece)
            if size > LONGEST:
                raise OverlongReport
            pieces.append(piece)
        return "".join(pieces)


class _Sandbox(SandboxedEnvironment):
    """Knows the report's own fields and nothing else: no functions, no methods."""

    template_class = _Limited

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ARG002 # as Jinja asks
        """Nothing is called."""
        return False


def sandbox(*, escaping: bool = True) -> Environment:
    """What templates are filled by; without escaping for what isn't markup."""
    environment = _Sandbox(autoescape=escaping, undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    return environment


class WordFile(DocxTemplate):
    """A Word file with tags."""

    docx: Any  # python-docx's document, which docxtpl sets when it opens the file

    def __init__(self, content: bytes) -> None:
        """Open it; raises what python-docx raises for a file that isn't one."""
        super().__init__(io.BytesIO(content))
        self.init_docx()

    def markup(self) -> Iterator[str]:
        """Every part that may hold tags."""
        for part in self.docx.part.package.iter_parts():
            if _TAGGED.search(part.content_type):
                yield part.blob.decode()

    def plain_texts(self) -> Iterator[str]:
        """The file's properties that may hold tags."""
        for name in TEXTS:
            yield getattr(self.docx.core_properties, name)

    def prepared(self, markup: str) -> str:
        """A part as it is filled: tags put together, those of rows and paragraphs set free."""
        return str(self.patch_xml(markup))  # type: ignore[no-untyped-call] # it has no types

    def fill(self, values: Mapping[str, Any]) -> bytes:
        """The file with its tags filled."""
        self.render(dict(values), sandbox())
        self._forget_its_origin()
        buffer = io.BytesIO()
        self.save(buffer)
        return buffer.getvalue()

    def fix_tables(self, xml: str) -> Any:
        """Widths of columns; a file whose tags tore its markup apart is refused, not mended."""
        etree.fromstring(xml.encode())
        # Some programs leave widths out, which docxtpl doesn't expect.
        xml = xml.replace("<w:gridCol/>", '<w:gridCol w:w="1000"/>')
        tree = super().fix_tables(xml)  # type: ignore[no-untyped-call] # it has no types
        for table in list(tree.iter(qn("w:tbl"))):
            _mend(table)
        return tree

    def render_properties(
        self,
        context: Any,
        jinja_env: Environment | None = None,  # noqa: ARG002 # that one escapes
    ) -> None:
        """Properties of the file are no markup: nothing is escaped."""
        plain = sandbox(escaping=False)
        for name in TEXTS:
            text = plain.from_string(getattr(self.docx.core_properties, name)).render(context)
            setattr(self.docx.core_properties, name, text[:255])

    def _forget_its_origin(self) -> None:
        """Drop the link to the template this one was made from: nobody's Word shall fetch it."""
        for part in self.docx.part.package.iter_parts():
            for key, link in list(part.rels.items()):
                if link.reltype.endswith("/attachedTemplate"):
                    part.rels.pop(key)
        settings = self.docx.settings.element
        for mark in settings.findall(qn("w:attachedTemplate")):
            settings.remove(mark)


def _mend(table: Any) -> None:
    """What Word would call damaged: a table without rows, a cell without a paragraph."""
    rows = table.findall(qn("w:tr"))
    if not rows:
        table.getparent().remove(table)
        return
    for row in rows:
        for cell in row.findall(qn("w:tc")):
            if not cell.findall(qn("w:p")):
                cell.append(OxmlElement("w:p"))
    _spread(table, rows)


def _spread(table: Any, rows: list[Any]) -> None:
    """Columns made by a loop all want the width of the one they are made from: share it fairly."""
    grid = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    whole = sum(float(column.get(qn("w:w"), 0)) for column in grid)
    wanted = [_widths(row) for row in rows]
    if len(grid) < 3 or max((sum(each) for each in wanted), default=0) <= whole * 1.2:
        return
    first = min(wanted[0][0], whole / 5)
    widths = [first, *[(whole - first) / (len(grid) - 1)] * (len(grid) - 1)]
    for column, width in zip(grid, widths, strict=True):
        column.set(qn("w:w"), str(int(width)))
    for row in rows:
        for mark, width in zip(row.iter(qn("w:tcW")), widths, strict=False):
            mark.set(qn("w:w"), str(int(width)))


def _widths(row: Any) -> list[float]:
    marks = [mark for mark in row.iter(qn("w:tcW")) if mark.get(qn("w:type")) == "dxa"]
    return [float(mark.get(qn("w:w"), 0)) for mark in marks]
