"""What a municipality calls the levels of its concept."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import pgettext

from leitbild.accounts.enums import Level
from leitbild.accounts.models import Municipality


@dataclass(frozen=True, slots=True)
class Term:
    """A level's name, for one and for many."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The names of all levels in one language."""

    concept: Term
    vision: Term
    theme: Term
    goal: Term
    measure: Term


def _defaults() -> Mapping[str, Term]:
    """The field's usual names in the active language."""
    return {
        Level.CONCEPT: Term(pgettext("level", "concept"), pgettext("level", "concepts")),
        Level.VISION: Term(pgettext("level", "vision"), pgettext("level", "visions")),
        Level.THEME: Term(pgettext("level", "theme"), pgettext("level", "themes")),
        Level.GOAL: Term(pgettext("level", "strategic goal"), pgettext("level", "strategic goals")),
        Level.MEASURE: Term(pgettext("level", "measure"), pgettext("level", "measures")),
    }


def terms(municipality: Municipality, language: str) -> Terms:
    """The names of the levels: the municipality's own where it has any in this language."""
    own = {
        level: Term(**by_language[language])
        for level, by_language in municipality.terminology.items()
        if language in by_language
    }
    return Terms(**{**_defaults(), **own})
