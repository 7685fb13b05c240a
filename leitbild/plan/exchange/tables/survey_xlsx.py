"""Surveys the sheets of an Excel workbook."""

import posixpath
import re
from collections.abc import Mapping
from typing import Final

from leitbild.plan.exchange.tables.sheet import Area, Flaw
from leitbild.plan.exchange.tables.survey import Survey, local, parse

_CELL: Final = re.compile(r"\$?([A-Z]{1,4})\$?(\d{1,8})")


def survey_workbook(entries: Mapping[str, bytes]) -> dict[str, Survey]:
    """A survey of each sheet, by its name. The keys of `entries` are in lower case."""
    paths = _relations(entries)
    lengths = _shared_lengths(entries.get("xl/sharedstrings.xml", b""))
    surveys: dict[str, Survey] = {}
    for name, relation in _sheets(entries["xl/workbook.xml"]):
        content = entries.get(paths.get(relation, ""))
        if content is not None:
            surveys[name] = _Sheet(lengths).survey(content)
            surveys[name].check(name)
    return surveys


def _sheets(content: bytes) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet":
            by_name = {local(key): value for key, value in attributes.items()}
            found.append((by_name.get("name", ""), by_name.get("id", "")))

    parse(content, start=start)
    return found


def _relations(entries: Mapping[str, bytes]) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship":
            target = posixpath.join("/xl", attributes.get("Target", ""))
            found[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/").lower()

    parse(entries.get("xl/_rels/workbook.xml.rels", b"<none/>"), start=start)
    return found


def _shared_lengths(content: bytes) -> list[int]:
    """The length of each shared string: one long string may stand in a million cells."""
    lengths: list[int] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        if local(name) == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    if content:
        parse(content, start=start, text=text)
    return lengths


class _Sheet:
    """Follows the cells of one sheet."""

    def __init__(self, lengths: list[int]) -> None:
        self._lengths = lengths
        self._survey = Survey()
        self._row = self._column = -1
        self._type = ""
        self._has_formula = self._has_value = False
        self._collects = False
        self._text: list[str] = []

    def survey(self, content: bytes) -> Survey:
        parse(content, start=self._start, end=self._end, text=self._data)
        return self._survey

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "c":
            self._begin_cell(attributes)
        elif name in {"v", "is"}:
            self._has_value = self._collects = True
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if match := _CELL.fullmatch(attributes.get("r", "")):
            self._row, self._column = _position(match)
        self._type = attributes.get("t", "")
        self._has_formula = self._has_value = False
        self._text = []

    def _data(self, data: str) -> None:
        if self._collects:
            self._text.append(data)

    def _end(self, name: str) -> None:
        name = local(name)
        if name in {"v", "is"}:
            self._collects = False
        elif name == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        here, text = (self._row, self._column), "".join(self._text)
        if self._type == "e":
            self._survey.flaws[here] = Flaw.ERROR
        elif self._has_formula and not text and self._type != "str":
            self._survey.flaws[here] = Flaw.NO_RESULT
        elif self._has_formula:
            self._survey.formulas.append(here)
        if self._has_value:
            self._survey.see(*here, self._length(text))

    def _length(self, text: str) -> int:
        if self._type == "s" and text.strip().isdecimal():
            index = int(text)
            return self._lengths[index] if index < len(self._lengths) else 0
        return len(text)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corners = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
        if corners[0] and corners[1]:
            self._survey.merged.append(Area(*_position(corners[0]), *_position(corners[1])))


def _position(match: re.Match[str]) -> tuple[int, int]:
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
