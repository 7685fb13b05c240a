"""What a paragraph is, told by its style, its outline level and its numbering."""

import re
from enum import Enum, auto
from typing import Any, Final

from docx.document import Document
from docx.oxml.ns import qn

_HEADING: Final = re.compile(r"(?:heading|überschrift|heading_20_)\s*(\d)", re.IGNORECASE)
_CONTENTS: Final = re.compile(r"(?:toc|verzeichnis|inhaltsverzeichnis)\b", re.IGNORECASE)
_MAX_CHAIN: Final = 12


class Role(Enum):
    """Paragraphs that mean something by their style's name."""

    TITLE = auto()
    VISION = auto()
    SUMMARY = auto()
    PURPOSE = auto()
    FACTS = auto()
    RESOLUTION = auto()
    CONTENTS = auto()


ROLES: Final = {
    "title": Role.TITLE,
    "titel": Role.TITLE,
    "leitbild": Role.VISION,
    "vision": Role.VISION,
    "kurztext": Role.SUMMARY,
    "zweck": Role.PURPOSE,
    "angaben": Role.FACTS,
    "beschluss": Role.RESOLUTION,
}
_LIST_STYLE: Final = re.compile(r"list (bullet|number)(?: (\d))?")


class Styles:
    """The styles and numberings of one document, looked up once each."""

    def __init__(self, document: Document) -> None:
        """Collect styles by their id and number formats by list."""
        styles = document.styles.element
        self._styles = {each.get(qn("w:styleId")): each for each in styles.iter(qn("w:style"))}
        self._default = next(
            (
                key
                for key, each in self._styles.items()
                if each.get(qn("w:default")) in {"1", "true"}
                and each.get(qn("w:type")) == "paragraph"
            ),
            None,
        )
        self._formats = _formats(document)

    def chain(self, paragraph: Any) -> list[Any]:
        """The paragraph's style and those it is based on."""
        key = _value(paragraph, "w:pPr", "w:pStyle") or self._default
        chain: list[Any] = []
        while key in self._styles and len(chain) < _MAX_CHAIN:
            chain.append(self._styles[key])
            key = _value(chain[-1], "w:basedOn")
        return chain

    def role(self, paragraph: Any) -> Role | None:
        """What the style's name says, or that of a style it is based on."""
        for style in self.chain(paragraph):
            name = _name(style)
            if name in ROLES:
                return ROLES[name]
            if _CONTENTS.match(name):
                return Role.CONTENTS
        return None

    def level(self, paragraph: Any) -> int | None:
        """The heading's level from 1 on; None for running text."""
        own = _value(paragraph, "w:pPr", "w:outlineLvl")
        if own is not None:
            return _level(own)
        for style in self.chain(paragraph):
            if match := _HEADING.fullmatch(_name(style)):
                return int(match[1])
            if outline := _value(style, "w:pPr", "w:outlineLvl"):
                return _level(outline)
        return None

    def list_item(self, paragraph: Any) -> tuple[bool, int] | None:
        """Whether a list's item is numbered, and how deep it stands; None outside of lists."""
        chain = self.chain(paragraph)
        by_name = next(filter(None, (_LIST_STYLE.fullmatch(_name(style)) for style in chain)), None)
        depth = int(by_name[2] or 1) - 1 if by_name else 0
        for holder in (paragraph, *chain):
            number = _value(holder, "w:pPr", "w:numPr", "w:numId")
            if number is not None:
                depth = int(_value(holder, "w:pPr", "w:numPr", "w:ilvl") or 0) or depth
                return None if number == "0" else (self._is_numbered(number, depth), depth)
        return (by_name[1] == "number", depth) if by_name else None

    def _is_numbered(self, number: str, depth: int) -> bool:
        # A style for a deeper level often has a list of its own, with that one level.
        form = self._formats.get((number, depth)) or self._formats.get((number, 0), "bullet")
        return form not in {"bullet", "none"}

    def character_name(self, key: str | None) -> str:
        """The name of a character style."""
        return _name(self._styles[key]) if key in self._styles else ""


def _level(outline: str) -> int | None:
    return int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else None


def _value(element: Any, *path: str) -> str | None:
    """The value of an element below, if it is there."""
    for step in path:
        element = element.find(qn(step))
        if element is None:
            return None
    value: str | None = element.get(qn("w:val"))
    return value


def _name(style: Any) -> str:
    return (_value(style, "w:name") or "").strip().casefold()


def _formats(document: Document) -> dict[tuple[str, int], str]:
    """The number format of each list and depth."""
    try:
        numbering: Any = document.part.numbering_part.element
    except (KeyError, NotImplementedError):  # a document without lists
        return {}
    abstract: dict[str | None, dict[int, str]] = {}
    for each in numbering.iter(qn("w:abstractNum")):
        abstract[each.get(qn("w:abstractNumId"))] = {
            int(level.get(qn("w:ilvl")) or 0): _value(level, "w:numFmt") or "decimal"
            for level in each.iter(qn("w:lvl"))
        }
    return {
        (number.get(qn("w:numId")), depth): form
        for number in numbering.iter(qn("w:num"))
        for depth, form in abstract.get(_value(number, "w:abstractNumId"), {}).items()
    }
