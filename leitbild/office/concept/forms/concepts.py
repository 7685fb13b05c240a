"""Forms around a whole concept: beginning one, filtering its outline, arranging, deleting."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitbild.plan.document.fields import TITLE_LENGTH, YEARS
from leitbild.plan.enums import PartKind

WITHOUT: Final = "none"
"""In filters and choices: no lead."""
_MOVE: Final = re.compile(r"(theme|goal|measure)\.(\d{1,18})\.(\d{0,18})\.(\d{0,18})")


class NewConceptForm(forms.Form):
    """What a concept needs to begin with."""

    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Give the concept a title.")},
    )
    edition = forms.IntegerField(
        label=_("Year of the edition"),
        help_text=_("The year in which it shall be adopted; it becomes part of the address."),
        min_value=YEARS[0],
        max_value=YEARS[1],
        error_messages={"required": _("Say the year of the edition, as in 2027.")},
    )


class OutlineFilter(forms.Form):
    """What of the outline is shown; what the address says wrongly is left out."""

    q = forms.CharField(
        label=_("Search in the outline"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    lead = forms.ChoiceField(label=_("Lead"), required=False)

    def __init__(self, data: Any, *, leads: Sequence[tuple[str, str]]) -> None:
        """Offer the bodies that lead a measure here."""
        super().__init__(data)
        lead: Any = self.fields["lead"]
        lead.choices = [("", _("all")), (WITHOUT, _("without a lead")), *leads]

    def chosen(self, name: str) -> str:
        """What a field asks for; nothing where that makes no sense."""
        return str(self.cleaned_data.get(name, "")) if self.is_bound and self.is_valid() else ""


class ReasonForm(forms.Form):
    """Why an adopted concept changes; asked only there."""

    reason = forms.CharField(
        label=_("Why does the adopted concept change?"),
        help_text=_("Readers see this sentence beside the change until the next publication."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a sentence why the adopted concept changes.")},
    )

    def __init__(self, data: Any = None, *, needed: bool, **options: Any) -> None:
        """Ask for a reason if one is needed."""
        super().__init__(data, **options)
        if not needed:
            del self.fields["reason"]


@dataclass(frozen=True, slots=True)
class Move:
    """A part, and where it shall stand: before another or last, under the same or another."""

    kind: PartKind
    part_id: int
    before: int | None
    under: int | None


class MoveForm(forms.Form):
    """A move as a button says it: `measure.12.7.3` puts measure 12 before 7 under goal 3."""

    move = forms.CharField(max_length=80, widget=forms.HiddenInput)

    def clean_move(self) -> Move:
        """The move in its parts."""
        match = _MOVE.fullmatch(self.cleaned_data["move"])
        if match is None:
            raise forms.ValidationError(gettext("This can’t be moved there."))
        kind, part, before, under = match.groups()
        return Move(
            PartKind(kind),
            int(part),
            int(before) if before else None,
            int(under) if under else None,
        )
