"""A Word document as a flat list of paragraphs, each knowing what it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from leitbild.plan.exchange.problems import Spot, Unplaced
from leitbild.plan.exchange.tables.layout import excerpt
from leitbild.plan.exchange.word.inline import Inline, InlineReader, text_in
from leitbild.plan.exchange.word.styles import Role, Styles

_NOTES: Final = {
    "word/comments.xml": "w:comment",
    "word/footnotes.xml": "w:footnote",
    "word/endnotes.xml": "w:endnote",
}
_SEPARATORS: Final = {"separator", "continuationSeparator", "continuationNotice"}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph that says something."""

    number: int
    inline: Inline
    level: int | None = None
    role: Role | None = None
    numbered: bool | None = None  # None outside of lists
    depth: int = 0

    @property
    def place(self) -> Spot:
        """Where it stands, in words."""
        return Spot(_("paragraph {number}").format(number=self.number), (self.number,))

    @property
    def markdown(self) -> str:
        """Its text as Markdown, lists included."""
        if self.numbered is None:
            return self.inline.markdown
        mark, indent = ("1. ", "   ") if self.numbered else ("- ", "  ")
        return f"{indent * self.depth}{mark}{self.inline.markdown}"


class Blocks:
    """Reads the paragraphs of a document and lists everything that is none."""

    def __init__(self, document: Document) -> None:
        """Prepare for one document."""
        self.unplaced: list[Unplaced] = []
        self._document = document
        self._styles = Styles(document)
        self._inline = InlineReader(self._styles, self._target)
        self._number = 0

    def read(self) -> list[Block]:
        """All paragraphs with text, in order."""
        return list(self._below(self._document.element.body))

    def _below(self, element: Any) -> Iterator[Block]:
        for child in element.iterchildren():
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._number += 1
                self._stranger(_("table"), text_in(child))
            elif child.tag == qn("w:sdt"):
                for content in child.iterchildren(qn("w:sdtContent")):
                    yield from self._below(content)
            elif child.tag in {qn("w:ins"), qn("w:moveTo"), qn("w:customXml")}:
                yield from self._below(child)
            elif child.tag in {qn("w:del"), qn("w:moveFrom")}:
                self._stranger(_("deleted text"), text_in(child))
            elif child.tag == qn("w:altChunk"):
                self._stranger(_("embedded document"), "")

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        self._number += 1
        inline = self._inline.read(paragraph)
        for kind, text in inline.strangers:
            self._stranger(kind, text)
        role = self._styles.role(paragraph)
        if not inline.plain or role is Role.CONTENTS:
            return
        level = None if role else self._styles.level(paragraph)
        item = self._styles.list_item(paragraph) if level is None and role is None else None
        numbered, depth = item or (None, 0)
        yield Block(self._number, inline, level, role, numbered, depth)

    def _stranger(self, kind: str, text: str) -> None:
        place = _("{kind} at paragraph {number}").format(kind=kind, number=self._number)
        self.unplaced.append(Unplaced(place, excerpt([text])))

    def _target(self, relation: str) -> str:
        """The address of a link to the outside."""
        relations = self._document.part.rels
        if relation in relations and relations[relation].is_external:
            address = relations[relation].target_ref
            return address if address.startswith(("http://", "https://", "mailto:")) else ""
        return ""


def notes(entries: Mapping[str, bytes]) -> Iterator[Unplaced]:
    """Comments and notes, which stand in parts of their own."""
    kinds = {
        "w:comment": _("comment"),
        "w:footnote": _("footnote"),
        "w:endnote": _("endnote"),
    }
    for name, tag in _NOTES.items():
        if name not in entries:
            continue
        part: Any = parse_xml(entries[name])
        for note in part.iter(qn(tag)):
            text = text_in(note)
            if text and note.get(qn("w:type")) not in _SEPARATORS:
                place = f"{kinds[tag]} {note.get(qn('w:id'))}"
                yield Unplaced(place, excerpt([text]))
