"""The styles of a written Word document: Word's own ones, and a few that carry meaning."""

from typing import Any, Final

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from leitbild.core.languages import language

NORMAL: Final = "Normal"
VISION: Final = "Leitbild"
FACTS: Final = "Angaben"
SUMMARY: Final = "Kurztext"
PURPOSE: Final = "Zweck"
RESOLUTION: Final = "Beschluss"
_QUIET: Final = RGBColor(0x55, 0x5F, 0x68)
_INK: Final = RGBColor(0x1F, 0x3A, 0x56)
_REGIONS: Final = {"de": "de-DE", "en": "en-GB"}


class Page:
    """A document to append to.

    python-docx looks for the style and for the end of the document with every paragraph,
    which takes a minute for a large concept.
    """

    def __init__(self, document: OpenDocument) -> None:
        """Note the styles' ids once."""
        self.document = document
        self._ids = {style.name: style.style_id for style in document.styles}
        self._body = document._body
        self._end: Any = document.sections[-1]._sectPr

    def add(self, style: str, text: str = "") -> Paragraph:
        """Append a paragraph."""
        element: Any = OxmlElement("w:p")
        self._end.addprevious(element)
        paragraph = Paragraph(element, self._body)
        if text:
            paragraph.add_run(text)
        if style != NORMAL:
            element.style = self._ids[style]
        return paragraph


def new_document(code: str) -> OpenDocument:
    """An empty document in a language, with all styles that will be used."""
    document = Document()
    styles = document.styles
    for name in (VISION, FACTS, SUMMARY, PURPOSE, RESOLUTION):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    _shape(styles)
    _set_language(styles, code)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    return document


def _shape(styles: Any) -> None:
    styles["Normal"].font.size = Pt(11)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        styles[name].font.color.rgb = _INK
    styles["Heading 4"].font.italic = False
    vision = styles[VISION]
    vision.font.size = Pt(14)
    vision.paragraph_format.left_indent = Cm(0.6)
    vision.paragraph_format.space_after = Pt(12)
    _bar(vision)
    for name in (FACTS, RESOLUTION):
        styles[name].font.size = Pt(9.5)
        styles[name].font.color.rgb = _QUIET
    styles[FACTS].paragraph_format.left_indent = Cm(0.6)
    styles[SUMMARY].font.bold = True


def _bar(style: Any) -> None:
    """A line beside the vision, at the side where reading begins."""
    borders, side = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for key, value in {"val": "single", "sz": "18", "space": "8", "color": "1F3A56"}.items():
        side.set(qn(f"w:{key}"), value)
    borders.append(side)
    # The schema wants the border before spacing and indent.
    style.element.get_or_add_pPr().insert(0, borders)


def _set_language(styles: Any, code: str) -> None:
    """The language for spelling and reading aloud, and the direction of writing."""
    properties = next(styles.element.iter(qn("w:rPrDefault"))).find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    mark = OxmlElement("w:lang")
    region = _REGIONS.get(code, code)
    rtl = language(code).rtl
    mark.set(qn("w:bidi" if rtl else "w:val"), region)
    if rtl:
        properties.append(OxmlElement("w:rtl"))
        styles["Normal"].element.get_or_add_pPr().append(OxmlElement("w:bidi"))
    properties.append(mark)
