"""The text of a paragraph: once as Markdown, once without marks; and what isn't text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext as _
from docx.oxml.ns import qn

from leitbild.plan.exchange.word.styles import Styles

_SPECIAL: Final = re.compile(r"[\\`*\[\]]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])")
_LINE_START: Final = re.compile(r"^(\s*)(#{1,6}(?=\s)|>|[-+](?=\s)|\d+(?=[.)]\s))", re.MULTILINE)
_TRANSPARENT: Final = {
    qn(name) for name in ("w:ins", "w:moveTo", "w:smartTag", "w:fldSimple", "w:customXml")
}
_DELETED: Final = {qn("w:del"), qn("w:moveFrom")}
_BOLD: Final = {"strong", "fett"}
_ITALIC: Final = {"emphasis", "hervorhebung"}
_MARKUP: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_MATH_PARAGRAPH: Final = f"{_MATH}Para"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text with one look."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(slots=True)
class Inline:
    """A paragraph's text, and what stands in it beside text."""

    spans: list[Span] = field(default_factory=list)
    strangers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """The text without marks, on one line."""
        return " ".join("".join(span.text for span in self.spans).split())

    @property
    def lines(self) -> str:
        """The text without marks, with its line breaks."""
        return "".join(span.text for span in self.spans).strip()

    @property
    def markdown(self) -> str:
        """The text as Markdown."""
        looks = groupby(self.spans, key=lambda span: (span.bold, span.italic, span.link))
        text = "".join(
            _marked("".join(span.text for span in spans), bold, italic, link)
            for (bold, italic, link), spans in looks
        )
        return _LINE_START.sub(_escaped_start, text.strip()).replace("\n", "  \n")


def _marked(text: str, bold: bool, italic: bool, link: str) -> str:  # a look, unpacked
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    inner = escaped.strip()
    if not inner:
        return escaped
    before, after = (
        escaped[: len(escaped) - len(escaped.lstrip())],
        escaped[len(escaped.rstrip()) :],
    )
    marks = "**" * bold + "*" * italic
    inner = f"{marks}{inner}{marks[::-1]}"
    return f"{before}[{inner}]({link}){after}" if link else f"{before}{inner}{after}"


def _escaped_start(match: re.Match[str]) -> str:
    blank, sign = match.groups()
    return f"{blank}{sign}\\" if sign.isdecimal() else f"{blank}\\{sign}"


class InlineReader:
    """Reads paragraphs of one document; `target` knows the address of a link."""

    def __init__(self, styles: Styles, target: Callable[[str], str]) -> None:
        """Take what belongs to the whole document."""
        self._styles = styles
        self._target = target

    def read(self, paragraph: Any) -> Inline:
        """The content of a paragraph."""
        inline = Inline()
        self._children(paragraph, inline, "")
        return inline

    def _children(self, element: Any, inline: Inline, link: str) -> None:
        for child in element.iterchildren():
            self._child(child, inline, link)

    def _child(self, child: Any, inline: Inline, link: str) -> None:
        tag = child.tag
        if tag == qn("w:r"):
            self._run(child, inline, link)
        elif tag == qn("w:hyperlink"):
            self._children(child, inline, self._target(child.get(qn("r:id")) or "") or link)
        elif tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                self._children(content, inline, link)
        elif tag in _TRANSPARENT:
            self._children(child, inline, link)
        elif tag in _DELETED:
            inline.strangers.append((_("deleted text"), text_in(child)))
        elif tag in {_MATH, _MATH_PARAGRAPH}:
            inline.strangers.append((_("formula"), "".join(child.itertext())))

    def _run(self, run: Any, inline: Inline, link: str) -> None:
        bold, italic = self._look(run)
        for child in run.iterchildren():
            if text := _text(child):
                inline.spans.append(Span(text, bold, italic, link))
            else:
                inline.strangers.extend(_strangers(child))

    def _look(self, run: Any) -> tuple[bool, bool]:
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return False, False
        style = properties.find(qn("w:rStyle"))
        name = self._styles.character_name(None if style is None else style.get(qn("w:val")))
        bold, italic = _toggle(properties, "w:b"), _toggle(properties, "w:i")
        return (
            name in _BOLD if bold is None else bold,
            name in _ITALIC if italic is None else italic,
        )


def _toggle(properties: Any, name: str) -> bool | None:
    element = properties.find(qn(name))
    if element is None:
        return None
    return element.get(qn("w:val")) not in {"0", "false", "off"}


def _text(element: Any) -> str:
    if element.tag == qn("w:t"):
        return element.text or ""
    if element.tag == qn("w:br"):
        return "\n" if element.get(qn("w:type")) in {None, "textWrapping"} else ""
    return {qn("w:tab"): " ", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "‑"}.get(element.tag, "")


def _strangers(element: Any) -> Iterator[tuple[str, str]]:
    """Pictures and text boxes; an alternative for old programs says the same once more."""
    if element.tag == f"{_MARKUP}AlternateContent":
        choice = element.find(f"{_MARKUP}Choice")
        for child in () if choice is None else choice.iterchildren():
            yield from _strangers(child)
    elif element.tag in {qn("w:drawing"), qn("w:pict"), qn("w:object")}:
        boxes = list(element.iter(qn("w:txbxContent")))
        for box in boxes:
            yield _("text box"), text_in(box)
        if not boxes:
            yield _("picture"), _description(element)


def _description(element: Any) -> str:
    for each in element.iter(qn("wp:docPr")):
        return str(each.get("descr") or each.get("title") or each.get("name") or "")
    return ""


def text_in(element: Any) -> str:
    """All text below an element, deleted text included."""
    texts: list[str] = []
    for each in element.iter(qn("w:t"), qn("w:delText"), qn("w:p")):
        texts.append(" " if each.tag == qn("w:p") else each.text or "")
    return " ".join("".join(texts).split())
