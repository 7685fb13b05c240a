"""Everything that is translated as words of an address: /office/uebersetzungen/ar/ziele/7/."""

from typing import Final

from django.urls import register_converter

from leitbild.accounts.models import Municipality, Organisation
from leitbild.core.models import Translatable
from leitbild.plan.models import (
    ArrivalStage,
    Concept,
    Goal,
    Measure,
    MeasureLineage,
    Resolution,
    TargetGroup,
    Theme,
)

WORDS: Final[dict[type[Translatable], str]] = {
    Concept: "konzept",
    Resolution: "beschluesse",
    Theme: "themen",
    Goal: "ziele",
    Measure: "massnahmen",
    MeasureLineage: "herkunft",
    Municipality: "kommune",
    Organisation: "organisationen",
    ArrivalStage: "phasen",
    TargetGroup: "zielgruppen",
}
MODELS: Final = {word: model for model, word in WORDS.items()}


class TextKindConverter:
    """Reads a word as a kind of row and writes a kind of row as its word."""

    regex = "|".join(MODELS)

    def to_python(self, value: str) -> type[Translatable]:
        """The kind of row this word stands for."""
        return MODELS[value]

    def to_url(self, value: type[Translatable]) -> str:
        """The word for this kind of row."""
        return WORDS[value]


register_converter(TextKindConverter, "textkind")


def label_of(row: Translatable) -> str:
    """What a translator knows the row by."""
    if isinstance(row, MeasureLineage):
        before, after = (each.code if each else "–" for each in (row.before, row.after))
        return f"{before} → {after}"
    if isinstance(row, Resolution):
        return row.body
    return str(row)
