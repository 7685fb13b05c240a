"""The text of a publication as one reads it: themes, their goals, their measures, with names.

It is read from the records alone, so it says what was frozen, whatever the rows say now.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leitbild.core.text import LocalText
from leitbild.plan.enums import MeasureKind, PartKind
from leitbild.plan.queries.freezing import (
    ORGANISATION,
    STAGE,
    TARGET_GROUP,
    FrozenConcept,
    Record,
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """What all parts have: an id, texts by name, whether they are samples, a source."""

    record: Record
    texts: Mapping[str, LocalText]

    @property
    def pk(self) -> int:
        """The id its row had."""
        return self.record.part_id

    @property
    def t(self) -> Mapping[str, LocalText]:
        """Its texts, as rows have them."""
        return self.texts

    @property
    def sample(self) -> bool:
        """Whether it is a sample of ours."""
        return bool(self.record.content.get("sample"))

    @property
    def source_url(self) -> str:
        """Where its content comes from."""
        return str(self.record.content.get("source_url", ""))

    @property
    def horizon(self) -> int | None:
        """The year it reaches to."""
        year: int | None = self.record.content.get("horizon")
        return year


@dataclass(frozen=True, slots=True)
class FrozenMeasure(Frozen):
    """A measure with everything it names, by name."""

    code: str
    goals: tuple[str, ...]
    lead: LocalText | None
    partners: tuple[LocalText, ...]
    stages: tuple[LocalText, ...]
    target_groups: tuple[LocalText, ...]
    start: int | dt.date | None
    end: int | dt.date | None
    kind: MeasureKind


@dataclass(frozen=True, slots=True)
class FrozenGoal(Frozen):
    """A goal, the measures of which it is the main goal, and those that also serve it."""

    code: str
    measures: tuple[FrozenMeasure, ...]
    also: tuple[FrozenMeasure, ...]


@dataclass(frozen=True, slots=True)
class FrozenTheme(Frozen):
    """A theme with its goals."""

    number: int
    goals: tuple[FrozenGoal, ...]


@dataclass(frozen=True, slots=True)
class FrozenText(Frozen):
    """The whole text."""

    edition: int
    themes: tuple[FrozenTheme, ...] = field(default_factory=tuple)


def frozen_text(frozen: FrozenConcept, *, language: str = "") -> FrozenText:
    """The text in its order; where the page is in another `language`, each text says so."""
    return _Reader(frozen, language or frozen.language).text()


class _Reader:
    """Reads records into what they say."""

    def __init__(self, frozen: FrozenConcept, language: str) -> None:
        self.frozen = frozen
        self.is_fallback = language != frozen.language
        self.names = {
            kind: {each.key: self._local(each.content["name"]) for each in frozen.of_kind(kind)}
            for kind in (ORGANISATION, STAGE, TARGET_GROUP)
        }

    def text(self) -> FrozenText:
        [concept] = self.frozen.of_kind(PartKind.CONCEPT)
        measures = [self._measure(each) for each in self.frozen.of_kind(PartKind.MEASURE)]
        goals = self.frozen.of_kind(PartKind.GOAL)
        return FrozenText(
            concept,
            self._texts(concept, "title", "purpose", "introduction"),
            edition=concept.content["edition"],
            themes=tuple(
                self._theme(each, goals, measures) for each in self.frozen.of_kind(PartKind.THEME)
            ),
        )

    def _theme(
        self, record: Record, goals: Sequence[Record], measures: Sequence[FrozenMeasure]
    ) -> FrozenTheme:
        number = record.content["number"]
        return FrozenTheme(
            record,
            self._texts(record, "name", "vision", "introduction"),
            number=number,
            goals=tuple(
                self._goal(goal, measures) for goal in goals if goal.content["theme"] == number
            ),
        )

    def _goal(self, record: Record, measures: Sequence[FrozenMeasure]) -> FrozenGoal:
        code = record.content["code"]
        return FrozenGoal(
            record,
            self._texts(record, "title", "text"),
            code=code,
            measures=tuple(each for each in measures if each.goals[:1] == (code,)),
            also=tuple(each for each in measures if code in each.goals[1:]),
        )

    def _measure(self, record: Record) -> FrozenMeasure:
        content = record.content
        lead = content["lead"]
        return FrozenMeasure(
            record,
            self._texts(record, "title", "summary", "text"),
            code=content["code"],
            goals=tuple(content["goals"]),
            lead=self._name(ORGANISATION, lead) if lead else None,
            partners=self._names(ORGANISATION, content["partners"]),
            stages=self._names(STAGE, content["stages"]),
            target_groups=self._names(TARGET_GROUP, content["target_groups"]),
            start=_moment(content["start"]),
            end=_moment(content["end"]),
            kind=MeasureKind(content["kind"]),
        )

    def _texts(self, record: Record, *names: str) -> dict[str, LocalText]:
        return {name: self._local(record.content.get(name, "")) for name in names}

    def _local(self, text: str) -> LocalText:
        return LocalText(text, language=self.frozen.language, is_fallback=self.is_fallback)

    def _name(self, kind: str, slug: str) -> LocalText:
        return self.names[kind].get(slug) or self._local(slug)

    def _names(self, kind: str, slugs: Sequence[str]) -> tuple[LocalText, ...]:
        return tuple(self._name(kind, slug) for slug in slugs)


def _moment(value: Any) -> int | dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
