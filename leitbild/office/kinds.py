"""The parts of a concept as words of an address: /office/konzepte/2022/massnahmen/7/."""

from typing import Final

from django.urls import register_converter

from leitbild.plan.enums import PartKind

WORDS: Final = {
    PartKind.CONCEPT: "konzept",
    PartKind.THEME: "themen",
    PartKind.GOAL: "ziele",
    PartKind.MEASURE: "massnahmen",
}
KINDS: Final = {word: kind for kind, word in WORDS.items()}


class KindConverter:
    """Reads a word as a kind of part and writes a kind as its word."""

    regex = "|".join(WORDS.values())

    def to_python(self, value: str) -> PartKind:
        """The kind this word stands for."""
        return KINDS[value]

    def to_url(self, value: str) -> str:
        """The word for this kind."""
        return WORDS[PartKind(value)]


register_converter(KindConverter, "kind")
