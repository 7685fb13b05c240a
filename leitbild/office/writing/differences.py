"""What differs between two contents of a part, in words people use: names instead of slugs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from leitbild.accounts.terminology import Terms
from leitbild.core.difference import Piece
from leitbild.office.writing.forms.choices import Choices
from leitbild.office.writing.forms.fields import Words
from leitbild.office.writing.forms.parts import FORMS, PartForm
from leitbild.plan.enums import PartKind
from leitbild.plan.queries.contents import Content
from leitbild.plan.queries.history import FieldDifference, content_differences


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """A field that differs, as a page shows it: either pieces of a text, or old and new words."""

    field: str
    label: str | Promise
    pieces: Sequence[Piece]
    old: str
    new: str
    prose: bool

    @property
    def whole(self) -> Sequence[Piece]:
        """What changed as one line of pieces, for texts and facts alike."""
        if self.prose:
            return self.pieces
        pieces = (Piece("gone", self.old), Piece("new", self.new))
        return [piece for piece in pieces if piece.text]


class Wording:
    """Knows how the fields of a kind of part are called, and what their values mean."""

    def __init__(self, kind: PartKind, choices: Choices, terms: Terms, language: str) -> None:
        """Take the words from the form people write this kind of part in."""
        self.kind = kind
        self.form: PartForm = FORMS[kind](
            content={}, choices=choices, terms=terms, source_language=language
        )
        self._names: Mapping[str, Mapping[str, str]] = {
            "goals": {each.code: f"{each.code} {each.title}" for each in choices.goals},
            "theme": {str(each.number): f"{each.number} {each.name}" for each in choices.themes},
            "stages": {each.slug: each.name for each in choices.stages},
            "target_groups": {each.slug: each.name for each in choices.target_groups},
            "lead": {each.slug: each.name for each in choices.organisations},
            "partners": {each.slug: each.name for each in choices.organisations},
        }

    def label(self, field: str) -> str | Promise:
        """What the field is called."""
        if field == "goals":
            return _("Goals, the main one first")
        known = self.form.fields.get(field)
        return known.label or field if known else field

    def value(self, field: str, value: Any) -> str:
        """A value in words; empty for nothing."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return "; ".join(self.value(field, each) for each in value)
        if value is None:
            return ""
        if field in self._names:
            return self._names[field].get(str(value), str(value))
        if field in {"kind", "sign"}:
            known: Any = self.form.fields[field]
            return str(dict(known.choices).get(value, value)) if field == "kind" else str(value)
        shown: Any = self.form.fields.get(field)
        return str(shown.show(value)) if shown else str(value)

    def is_prose(self, field: str) -> bool:
        """Whether the field is a text that is compared word by word."""
        return isinstance(self.form.fields.get(field), Words)

    def lines(self, field: str) -> int:
        """How many lines its text usually has; 0 for what is no text."""
        known = self.form.fields.get(field)
        return int(known.widget.attrs.get("rows", 1)) if isinstance(known, Words) else 0

    def differences(self, old: Content, new: Content) -> list[ShownDifference]:
        """What differs, in the order of the form."""
        found = {each.field: each for each in content_differences(old, new)}
        return [self._shown(found[name]) for name in self.ordered(found)]

    def ordered(self, fields: Iterable[str]) -> list[str]:
        """These fields in the order of the form."""
        names = [name for _title, section in self.form.sections for name in section]
        order = {name: place for place, name in enumerate(names)}
        return sorted(fields, key=lambda name: order.get(name, len(order)))

    def _shown(self, found: FieldDifference) -> ShownDifference:
        old, new = found.old, found.new
        if found.gone or found.added:
            # Of a list, only what went and came; what stayed needs no reading.
            old, new = list(found.gone), list(found.added)
        return ShownDifference(
            field=found.field,
            label=self.label(found.field),
            pieces=found.pieces,
            old=self.value(found.field, old),
            new=self.value(found.field, new),
            prose=self.is_prose(found.field) and bool(found.pieces),
        )
