"""Puts Markdown into a Word document."""

from collections.abc import Sequence
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from markdown_it import MarkdownIt
from markdown_it.token import Token

from leitbild.plan.exchange.word.look import NORMAL, Page

_PARSER: Final = MarkdownIt("commonmark", {"html": False})
_LINK: Final = RGBColor(0x0B, 0x5C, 0xAD)
_MAX_DEPTH: Final = 3  # Word has three list styles of each kind


class MarkdownWriter:
    """Appends texts to one document."""

    def __init__(self, page: Page) -> None:
        """Write to the end of this document."""
        self._page = page

    def write(self, text: str, style: str = NORMAL) -> None:
        """Append a text; its paragraphs take the style, its lists those of lists."""
        lists: list[tuple[str, Any]] = []
        for token in _PARSER.parse(text):
            if token.type == "bullet_list_open":
                lists.append(("List Bullet", None))
            elif token.type == "ordered_list_open":
                lists.append(("List Number", self._new_numbering()))
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                lists.pop()
            elif token.type == "inline":
                self._paragraph(token.children or [], style, lists)
            elif token.type in {"code_block", "fence"}:
                self._page.add(style, token.content.rstrip("\n"))

    def _paragraph(
        self, tokens: Sequence[Token], style: str, lists: Sequence[tuple[str, Any]]
    ) -> None:
        if lists:
            name, number = lists[-1]
            depth = min(len(lists), _MAX_DEPTH)
            style = name if depth == 1 else f"{name} {depth}"
            paragraph = self._page.add(style)
            if number is not None and depth == 1:
                _use(paragraph, number)
        else:
            paragraph = self._page.add(style)
        write_inline(paragraph, tokens)

    def _new_numbering(self) -> int:
        """A list that begins at 1, not where the one before it ended."""
        numbering: Any = self._page.document.part.numbering_part.element
        style: Any = self._page.document.styles["List Number"].element
        used = style.pPr.numPr.numId.val
        abstract = numbering.num_having_numId(used).abstractNumId.val
        number = numbering.add_num(abstract)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)


def _use(paragraph: Paragraph, number: int) -> None:
    properties: Any = paragraph._p.get_or_add_pPr()  # python-docx offers no other way
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_numId().val = number
    numbering.get_or_add_ilvl().val = 0


def write_inline(paragraph: Paragraph, tokens: Sequence[Token]) -> None:
    """Append runs with their look."""
    bold = italic = 0
    link = ""
    for token in tokens:
        if token.type in {"strong_open", "strong_close"}:
            bold += token.nesting
        elif token.type in {"em_open", "em_close"}:
            italic += token.nesting
        elif token.type == "link_open":
            link = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            link = ""
        elif token.type == "hardbreak":
            paragraph.add_run().add_break()
        elif text := " " if token.type == "softbreak" else token.content:
            run = paragraph.add_run(text)
            run.bold, run.italic = bool(bold) or None, bool(italic) or None
            if link:
                _link(paragraph, run, link)


def _link(paragraph: Paragraph, run: Run, address: str) -> None:
    run.font.color.rgb, run.font.underline = _LINK, True
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run._r.addprevious(link)  # python-docx can't write links
    link.append(run._r)
