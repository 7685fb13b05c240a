"""What a measure of a new edition says differently from the one it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from leitbild.core.difference import Piece, word_difference
from leitbild.core.languages import Language, language
from leitbild.core.templatetags.components import period
from leitbild.core.text import LocalText
from leitbild.plan.models import Measure

_TEXTS: Final = ("title", "summary", "text")


@dataclass(frozen=True, slots=True)
class MeasureDifference:
    """One thing that reads differently: what it is called, what went and what came."""

    label: str
    pieces: Sequence[Piece]
    language: Language | None = None
    """The language of the pieces, for texts."""


def measure_differences(before: Measure, after: Measure) -> list[MeasureDifference]:
    """What reads differently, texts first; both measures have their texts laid over."""
    names = {"title": _("Title"), "summary": _("Summary"), "text": _("What is to be done")}
    texts = [_text(names[field], before, after, field) for field in _TEXTS]
    facts = [
        MeasureDifference(label, _replaced(old, new))
        for (label, old), (_label, new) in zip(_facts(before), _facts(after), strict=True)
    ]
    return [each for each in (*texts, *facts) if any(one.kind != "same" for one in each.pieces)]


def _text(label: str, before: Measure, after: Measure, field: str) -> MeasureDifference:
    old: LocalText = getattr(before.t, field)
    new: LocalText = getattr(after.t, field)
    if old.language != new.language:
        # A translation beside an original would differ in every word: compare the originals.
        source = old.language if old.is_fallback else new.language
        return MeasureDifference(
            label,
            word_difference(getattr(before, field), getattr(after, field)),
            language(source),
        )
    return MeasureDifference(label, word_difference(old.plain, new.plain), language(new.language))


def _replaced(old: str, new: str) -> list[Piece]:
    if old == new:
        return []
    pieces = (Piece("gone", old), Piece("new", new))
    return [piece for piece in pieces if piece.text]


def _facts(measure: Measure) -> list[tuple[str, str]]:
    return [
        (_("Lead"), measure.lead.t.name.plain if measure.lead else ""),
        (_("Partners"), _names(measure.partners.all())),
        (_("For whom"), _names(measure.target_groups.all())),
        (_("When"), period(measure.planned_start, measure.planned_end)),
        (_("Kind"), measure.get_kind_display()),
        (_("Stage of arrival"), _names(measure.stages.all())),
    ]


def _names(rows: Any) -> str:
    return ", ".join(each.t.name.plain for each in rows)
