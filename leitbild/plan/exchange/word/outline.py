"""Gathers paragraphs under the headings they belong to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from leitbild.plan.exchange.problems import Unplaced
from leitbild.plan.exchange.tables.columns import Column, folded
from leitbild.plan.exchange.tables.concept_rows import CONCEPT_ROWS
from leitbild.plan.exchange.tables.definitions import GOALS, MEASURES, RESOLUTIONS, THEMES
from leitbild.plan.exchange.tables.layout import excerpt
from leitbild.plan.exchange.word.blocks import Block
from leitbild.plan.exchange.word.codes import leading_code, leading_number
from leitbild.plan.exchange.word.facts import read_facts
from leitbild.plan.exchange.word.styles import Role

_VISION_LABELS: Final = {"leitbild", "das leitbild", "unser leitbild", "vision", "unsere vision"}
_PLAIN_LABELS: Final = {
    "ziele", "strategische ziele", "unsere ziele", "maßnahmen", "handlungsempfehlungen",
    "ziele und maßnahmen", "goals", "strategic goals", "measures",
}  # fmt: skip
# Chapters that many concepts have around their themes.
_CHAPTERS: Final = {
    "vorwort", "grußwort", "grußworte", "einleitung", "einführung", "präambel", "vorbemerkung",
    "inhalt", "inhaltsverzeichnis", "impressum", "anhang", "ausblick", "glossar", "literatur",
    "foreword", "preface", "introduction", "contents", "imprint", "appendix", "outlook",
}  # fmt: skip
_SENTENCE: Final = re.compile(r"[.!?…]$")


@dataclass(slots=True)
class Part:
    """A heading with what stands below it."""

    kind: str
    block: Block | None
    columns: Sequence[Column]
    data: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    open_list: tuple[str, bool] | None = None  # the text it is in, and whether it is numbered
    parent: "Part | None" = None

    def add(self, name: str, block: Block) -> None:
        """Add a paragraph to a text; items of one list stay together."""
        texts = self.texts.setdefault(name, [])
        this_list = None if block.numbered is None else (name, block.numbered)
        nested = block.depth > 0 and self.open_list is not None
        if this_list and (nested or self.open_list == this_list):
            texts[-1] += f"\n{block.markdown}"
        else:
            texts.append(block.markdown)
        self.open_list = self.open_list if nested else this_list


class Outline:
    """The structure of a document, built paragraph by paragraph."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        """Read all paragraphs."""
        self.concept = Part("concept", None, CONCEPT_ROWS)
        self.themes: list[Part] = []
        self.goals: list[Part] = []
        self.measures: list[Part] = []
        self.resolutions: list[Part] = []
        self.unplaced: list[Unplaced] = []
        self._items_are_measures = not any(block.level == 4 for block in blocks)
        self._here: Part | None = self.concept
        self._field = "introduction"
        for block, following in zip(blocks, [*blocks[1:], None], strict=True):
            self._take(block, following)

    def _take(self, block: Block, following: Block | None) -> None:
        if block.role is not None:
            self._role(block, block.role)
        elif block.level is not None:
            self._heading(block, block.level, following)
        elif self._is_measure(block):
            self._measure(block)
        else:
            self._text(block)

    def _is_measure(self, block: Block) -> bool:
        inside = self._here is not None and self._here.kind in {"goals", "measures"}
        return inside and bool(block.numbered) and block.depth == 0 and self._items_are_measures

    def _heading(self, block: Block, level: int, following: Block | None) -> None:
        if level == 1 and _chapter(block):
            self._around(block)
        elif level == 1:
            self._begin(Part("themes", block, THEMES.columns), self.themes, "introduction")
        elif level == 2:
            self._section(block, following)
        elif level == 3:
            self._goal(block)
        elif level == 4:
            self._measure(block)
        else:
            self._text(block, bold=True)

    def _around(self, block: Block) -> None:
        """A chapter that is no theme belongs to the introduction, as long as no theme came."""
        if self.themes:
            self._lose(block, _("a chapter after the themes"))
            return
        self._here, self._field = self.concept, "introduction"
        self._text(block, bold=True)

    def _begin(self, part: Part, parts: list[Part], field_name: str) -> None:
        parts.append(part)
        self._here, self._field = part, field_name

    def _goal(self, block: Block) -> None:
        if not self.themes:
            self._lose(block, _("a goal without a theme above it"))
            return
        part = Part("goals", block, GOALS.columns, parent=self.themes[-1])
        self._coded(part, block)
        self._begin(part, self.goals, "text")

    def _measure(self, block: Block) -> None:
        goal = self.goals[-1] if self.goals else None
        if goal is None or goal.parent is not self.themes[-1]:
            self._lose(block, _("a measure without a goal above it"))
            return
        part = Part("measures", block, MEASURES.columns, parent=goal)
        self._coded(part, block)
        self._begin(part, self.measures, "text")

    @staticmethod
    def _coded(part: Part, block: Block) -> None:
        code, title = leading_code(block.inline.plain)
        part.data["title"] = title
        if code:
            part.data["code"] = code

    def _section(self, block: Block, following: Block | None) -> None:
        """A second-level heading: the vision, a label, or a section of the introduction."""
        label = folded(block.inline.plain).rstrip(":")
        theme = self._here if self._here and self._here.kind == "themes" else None
        if label in _PLAIN_LABELS and self.themes:
            self._here = theme or self._here
        elif theme is None:
            self._lose(block, _("a section that isn’t right below a theme"))
        elif label in _VISION_LABELS:
            self._field = "vision"
        elif _SENTENCE.search(label) or _stands_alone(following):
            theme.add("vision", block)
            self._field = "introduction"
        else:
            self._field = "introduction"
            self._text(block, bold=True)

    def _role(self, block: Block, role: Role) -> None:
        here = self._here
        if role is Role.TITLE and "title" not in self.concept.data:
            self.concept.data["title"] = block.inline.plain
        elif role is Role.PURPOSE:
            self.concept.add("purpose", block)
        elif role is Role.VISION and here is not None and here.kind == "themes":
            here.add("vision", block)
        elif role is Role.SUMMARY and here is not None and here.kind == "measures":
            here.add("summary", block)
        elif role is Role.RESOLUTION:
            self._resolution(block)
        elif role is Role.FACTS and here is not None:
            self._facts(block, here)
        else:
            self._text(block)

    def _facts(self, block: Block, part: Part) -> None:
        facts, strange = read_facts(block.inline.lines, part.columns)
        part.data.update(facts)
        self.unplaced.extend(Unplaced(block.place, line) for line in strange)

    def _resolution(self, block: Block) -> None:
        part = Part("resolutions", block, RESOLUTIONS.columns)
        self._facts(block, part)
        if part.data:
            self.resolutions.append(part)

    def _text(self, block: Block, *, bold: bool = False) -> None:
        if self._here is None:
            self.unplaced.append(Unplaced(block.place, excerpt([block.inline.plain])))
        elif bold:
            self._here.texts.setdefault(self._field, []).append(f"**{block.inline.markdown}**")
            self._here.open_list = None
        else:
            self._here.add(self._field, block)

    def _lose(self, block: Block, reason: str) -> None:
        """A heading out of order: it and what stands below it find no place."""
        place = f"{block.place} ({reason})"
        self.unplaced.append(Unplaced(place, excerpt([block.inline.plain])))
        self._here = None


def _chapter(block: Block) -> bool:
    return folded(leading_number(block.inline.plain)[1]) in _CHAPTERS


def _stands_alone(following: Block | None) -> bool:
    """Whether nothing but the next heading follows."""
    return following is None or following.level is not None
