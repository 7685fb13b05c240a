"""How the standard Word template looks: styles, pages, tables; all of them Word's own means."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from leitbild.core.languages import language

INK: Final = RGBColor(0x1B, 0x22, 0x30)
QUIET: Final = RGBColor(0x4F, 0x56, 0x63)
SMALL: Final = "Angaben"
VISION: Final = "Leitbild"
CELL: Final = "Tabellentext"
NARROW: Final = "Tabellentext schmal"
POINT: Final = "Kurz gesagt"
POINTS: Final = "Überschrift kurz"
"""A heading of the first page: as high as the chapters', but small."""
TAG: Final = "Platzhalter"
"""Lines that only say what is repeated or left out; nothing of them is in the report."""
TABLE: Final = "Berichtstabelle"
_REGIONS: Final = {"de": "de-DE", "en": "en-GB", "ar": "ar-SA", "uk": "uk-UA"}
_FONT: Final = "Calibri"
_COMPLEX_FONT: Final = "Arial"
_SIZES: Final = {"Title": 26, "Subtitle": 13, "Heading 1": 18, POINTS: 12.5, "Heading 2": 12.5}
_TABLE_STYLE: Final = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
  <w:tblPr>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="C9CBD0"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9CBD0"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="40" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>
      <w:bottom w:w="40" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/><w:bCs/><w:color w:val="4F5663"/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="1B2230"/></w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>
"""  # noqa: E501 # markup


class Sheet:
    """A template to write on from top to bottom."""

    def __init__(self, code: str) -> None:
        """Begin an empty template in a language."""
        self.rtl = language(code).rtl
        self.document = _new_document(code, rtl=self.rtl)

    def add(
        self, text: str, style: str = "Normal", *, bold: str = "", apart: bool = False
    ) -> Paragraph:
        """A paragraph; `bold` stands before it, and if it is `apart` it begins a page."""
        paragraph: Paragraph = self.document.add_paragraph(style=style)
        if bold:
            self._run(paragraph, bold, bold=True)
        self._run(paragraph, text)
        if apart:
            paragraph.paragraph_format.page_break_before = True
        return paragraph

    @contextmanager
    def repeat(self, loop: str) -> Iterator[None]:
        """What is written within is repeated: “theme in themes”."""
        self.add(f"{{%p for {loop} %}}", TAG)
        yield
        self.add("{%p endfor %}", TAG)

    @contextmanager
    def only_if(self, condition: str) -> Iterator[None]:
        """What is written within is left out where this isn’t so."""
        self.add(f"{{%p if {condition} %}}", TAG)
        yield
        self.add("{%p endif %}", TAG)

    def table(
        self, name: str, head: Sequence[str], widths: Sequence[float], *, end: Sequence[int] = ()
    ) -> "Rows":
        """A table with a head that comes again on every page; widths in centimetres.

        `end` are the columns whose figures stand at the end of the cell.
        """
        table = self.document.add_table(rows=0, cols=len(head), style=TABLE)
        table.autofit = False
        _describe(table, name, rtl=self.rtl)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        rows = Rows(self, table, widths, end)
        rows.add(*head, is_head=True)
        return rows

    def landscape(self) -> None:
        """The rest stands on pages laid across."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        width, height = section.page_width or Emu(0), section.page_height or Emu(0)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = height, width
        section.left_margin = section.right_margin = Cm(2)

    def margins(self, head: str, foot: str) -> None:
        """What stands above and below every page, the page's number among it."""
        section = self.document.sections[0]
        above = section.header.paragraphs[0]
        above.style = self.document.styles[SMALL]
        self._run(above, head)
        below = section.footer.paragraphs[0]
        below.style = self.document.styles[SMALL]
        self._run(below, f"{foot}  ·  ")
        for place, instruction in enumerate(("PAGE", "NUMPAGES")):
            if place:
                self._run(below, " / ")
            _field(below, instruction)

    def write(self, cell: _Cell, text: str, *, at_end: bool = False, style: str = CELL) -> None:
        """Texts of a cell, a paragraph each line."""
        for place, line in enumerate(text.split("\n")):
            paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
            paragraph.style = self.document.styles[style]
            if at_end:
                _at_end(paragraph)
            self._run(paragraph, line)

    def _run(self, paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
        run = paragraph.add_run(text)
        if bold:
            run.bold = run.font.cs_bold = True
        if self.rtl:
            run.font.rtl = True


class Rows:
    """The rows of a table; `{%tr … %}` rows say which are repeated."""

    def __init__(
        self, sheet: Sheet, table: Table, widths: Sequence[float], end: Sequence[int]
    ) -> None:
        """Start without any."""
        self._sheet, self._table, self._widths, self._end = sheet, table, widths, end

    def add(self, *texts: str, is_head: bool = False) -> None:
        """A row; a text of several lines is as many paragraphs."""
        row = self._row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Cm(self._widths[place])
            looped = is_head and place and "\n" in text
            style = NARROW if looped else CELL
            self._sheet.write(cell, text, at_end=place in self._end, style=style)

    def across(self, text: str) -> None:
        """A row of one cell."""
        row = self._row()
        cell = row.cells[0].merge(row.cells[-1])
        self._sheet.write(cell, text)

    def _row(self) -> _Row:
        row: _Row = self._table.add_row()  # type: ignore[no-untyped-call] # it has no types
        return row

    @contextmanager
    def repeat(self, loop: str) -> Iterator[None]:
        """The rows within are repeated."""
        self.across(f"{{%tr for {loop} %}}")
        yield
        self.across("{%tr endfor %}")

    @contextmanager
    def only_if(self, condition: str) -> Iterator[None]:
        """The rows within are left out where this isn’t so."""
        self.across(f"{{%tr if {condition} %}}")
        yield
        self.across("{%tr endif %}")


def _new_document(code: str, *, rtl: bool) -> OpenDocument:
    document = Document()
    styles = document.styles
    for name in (VISION, SMALL, CELL, NARROW, POINT, TAG):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style(POINTS, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Heading 1"]
    styles.element.append(parse_xml(_TABLE_STYLE))
    _shape(styles)
    _speak(styles, code, rtl=rtl)
    _hyphenate(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    if rtl:
        section._sectPr.insert_element_before(OxmlElement("w:bidi"), "w:rtlGutter", "w:docGrid")
    return document


def _shape(styles: Any) -> None:
    _letters(styles["Normal"], 10.5)
    spacing = styles["Normal"].paragraph_format
    spacing.space_after, spacing.line_spacing = Pt(5), 1.12
    for name, size in _SIZES.items():
        style = styles[name]
        _letters(style, size)
        style.font.color.rgb = INK
        style.font.bold = style.font.cs_bold = size == 12.5
        style.font.italic = style.font.cs_italic = False
        style.paragraph_format.space_before = Pt(18 if name == "Heading 2" else 10)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_with_next = True
        for border in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
            border.getparent().remove(border)
    _letters(styles[VISION], 14)
    styles[VISION].paragraph_format.left_indent = Cm(0.6)
    styles[VISION].paragraph_format.space_after = Pt(12)
    for name, size in ((SMALL, 9), (CELL, 9), (NARROW, 8), (POINT, 9.5), (TAG, 8)):
        _letters(styles[name], size)
        styles[name].paragraph_format.space_after = Pt({SMALL: 2, POINT: 3}.get(name, 0))
    styles[SMALL].font.color.rgb = styles[TAG].font.color.rgb = QUIET


def _letters(style: Any, size: float) -> None:
    """Font and size, for scripts written from right to left too."""
    style.font.name, style.font.size = _FONT, Pt(size)
    properties = style.element.get_or_add_rPr()
    fonts = properties.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), _COMPLEX_FONT)
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(int(size * 2)))
    properties.find(qn("w:sz")).addnext(complex_size)


def _speak(styles: Any, code: str, *, rtl: bool) -> None:
    """The language for spelling and reading aloud, and the direction of writing."""
    properties = next(styles.element.iter(qn("w:rPrDefault"))).find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    mark = OxmlElement("w:lang")
    region = _REGIONS.get(code, code)
    mark.set(qn("w:val"), region)
    if rtl:
        mark.set(qn("w:bidi"), region)
        paragraph = styles["Normal"].element.get_or_add_pPr()
        # The schema wants it before spacing.
        paragraph.insert_element_before(
            OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    properties.append(mark)


def _hyphenate(document: OpenDocument) -> None:
    settings = document.settings.element
    switch = OxmlElement("w:autoHyphenation")
    settings.find(qn("w:defaultTabStop")).addnext(switch)


def _describe(table: Table, name: str, *, rtl: bool) -> None:
    """What a screen reader says of a table, and that its first row is its head."""
    properties = table._tbl.tblPr
    if rtl:
        properties.insert_element_before(
            OxmlElement("w:bidiVisual"), "w:tblW", "w:jc", "w:tblLayout", "w:tblLook"
        )
    look = properties.find(qn("w:tblLook"))
    for key, value in {"firstRow": "1", "firstColumn": "0", "noVBand": "1", "val": "0420"}.items():
        look.set(qn(f"w:{key}"), value)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), name)
    look.addnext(caption)


def _at_end(paragraph: Paragraph) -> None:
    alignment = OxmlElement("w:jc")
    # Word turns “right” round in paragraphs that run from right to left: it means the end.
    alignment.set(qn("w:val"), "right")
    paragraph._p.get_or_add_pPr().append(alignment)


def _field(paragraph: Paragraph, instruction: str) -> None:
    """A number that Word counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
