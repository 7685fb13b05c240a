"""Writes a concept as a Word document that `reader` reads back."""

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

from leitbild.plan.document import (
    ConceptDocument,
    GoalPart,
    MeasurePart,
    PlannedDate,
    ResolutionPart,
    ThemePart,
)
from leitbild.plan.exchange.archives import repacked
from leitbild.plan.exchange.tables.columns import Column, Kind
from leitbild.plan.exchange.tables.concept_rows import CONCEPT_ROWS
from leitbild.plan.exchange.tables.definitions import GOALS, MEASURES, RESOLUTIONS, THEMES
from leitbild.plan.exchange.vocabulary import YES_NO, word
from leitbild.plan.exchange.word.codes import leading_code
from leitbild.plan.exchange.word.facts import fact_lines
from leitbild.plan.exchange.word.look import (
    FACTS,
    NORMAL,
    PURPOSE,
    RESOLUTION,
    SUMMARY,
    VISION,
    Page,
    new_document,
)
from leitbild.plan.exchange.word.markdown import MarkdownWriter

CREATED: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_SECTIONS: Final = {"de": ("Leitbild", "Strategische Ziele"), "en": ("Vision", "Strategic goals")}
_CONCEPT_FACTS: Final = ("edition", "horizon", "status", "predecessor", "source_url", "sample")
_FACTS: Final = {
    "themes": ("source_url", "sample"),
    "goals": ("horizon", "source_url", "sample"),
    "measures": (
        "goals", "stages", "target_groups", "kind", "start", "end", "lead", "partners",
        "source_url", "sample",
    ),
    "resolutions": ("body", "date", "paper", "result", "url"),
}  # fmt: skip


def docx_bytes(document: ConceptDocument) -> bytes:
    """The document as a Word file, in its own language."""
    return _Writer(document).bytes()


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, document: ConceptDocument) -> None:
        self._source = document
        self._language = document.language
        self._target = new_document(document.language)
        self._page = Page(self._target)
        self._markdown = MarkdownWriter(self._page)
        self._names = {
            part.slug: part.name[document.language]
            for parts in (document.organisations, document.stages, document.target_groups)
            for part in parts
        }

    def bytes(self) -> bytes:
        self._concept()
        for theme in self._source.themes:
            self._theme(theme)
        buffer = io.BytesIO()
        self._target.save(buffer)
        return repacked(buffer.getvalue())

    def _concept(self) -> None:
        concept = self._source.concept
        title = concept.title[self._language]
        properties = self._target.core_properties
        properties.title, properties.language = title[:255], self._language
        properties.author, properties.comments = "", ""
        properties.created = properties.modified = CREATED
        self._page.add("Title", title)
        columns = [row for row in CONCEPT_ROWS if row.field.removeprefix("concept.")
                   in _CONCEPT_FACTS]  # fmt: skip
        self._facts(
            (column, getattr(concept, column.field.removeprefix("concept."))) for column in columns
        )
        self._text(concept.purpose, PURPOSE)
        self._text(concept.introduction)
        for resolution in concept.resolutions:
            self._resolution(resolution)

    def _resolution(self, resolution: ResolutionPart) -> None:
        self._facts(self._named("resolutions", RESOLUTIONS.columns, resolution), RESOLUTION)

    def _theme(self, theme: ThemePart) -> None:
        vision, goals = _SECTIONS.get(self._language, _SECTIONS["en"])
        self._page.add("Heading 1", f"{theme.number} {theme.name[self._language]}")
        self._facts(self._named("themes", THEMES.columns, theme))
        self._text(theme.introduction)
        if theme.vision.get(self._language):
            self._page.add("Heading 2", vision)
            self._text(theme.vision, VISION)
        own = [goal for goal in self._source.goals if goal.theme == theme.number]
        if own:
            self._page.add("Heading 2", goals)
        for goal in own:
            self._goal(goal)

    def _goal(self, goal: GoalPart) -> None:
        self._heading(goal.code, goal.title, 3)
        self._facts(self._coded("goals", GOALS.columns, goal))
        self._text(goal.text)
        for measure in self._source.measures:
            if measure.goals[0] == goal.code:
                self._measure(measure)

    def _measure(self, measure: MeasurePart) -> None:
        self._heading(measure.code, measure.title, 4)
        self._text(measure.summary, SUMMARY)
        self._facts(self._coded("measures", MEASURES.columns, measure))
        self._text(measure.text)

    def _heading(self, code: str, title: dict[str, str], level: int) -> None:
        text = title[self._language]
        self._page.add(f"Heading {level}", f"{code} {text}" if _reads_back(code, text) else text)

    def _text(self, texts: dict[str, str], style: str = NORMAL) -> None:
        self._markdown.write(texts.get(self._language, ""), style)

    def _coded(
        self, kind: str, columns: Iterable[Column], part: GoalPart | MeasurePart
    ) -> Iterator[tuple[Column, Any]]:
        """A part's facts, with its code if a heading couldn't carry it."""
        columns = list(columns)
        if not _reads_back(part.code, part.title[self._language]):
            yield columns[0], part.code
        yield from self._named(kind, columns, part)

    @staticmethod
    def _named(kind: str, columns: Iterable[Column], part: Any) -> Iterator[tuple[Column, Any]]:
        for column in columns:
            if column.field in _FACTS[kind]:
                value = getattr(part, column.field)
                # The heading above a measure names its only goal already.
                if column.field != "goals" or len(value) > 1:
                    yield column, value

    def _facts(self, facts: Iterable[tuple[Column, Any]], style: str = FACTS) -> None:
        lines = list(fact_lines((column, self._shown(value, column)) for column, value in facts))
        if lines:
            self._page.add(style, "\n".join(lines))

    def _shown(self, value: Any, column: Column) -> str:
        if not value:
            return ""
        if isinstance(value, dict):
            return str(value.get(self._language, ""))
        if column.choices:
            return word(column.choices, value.value)
        if column.kind is Kind.YES_NO:
            return YES_NO[0][0]
        if isinstance(value, list):
            return "; ".join(self._name(each) for each in value)
        return self._name(value) if column.kind is Kind.REFERENCE else _moment(value)

    def _name(self, key: str) -> str:
        """A name, unless it would fall apart in a list."""
        name = self._names.get(key, key)
        return key if ";" in name else name


def _reads_back(code: str, title: str) -> bool:
    return leading_code(f"{code} {title}") == (code, title)


def _moment(value: PlannedDate | str) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)
