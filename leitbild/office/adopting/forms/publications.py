"""What is asked for on the way to the council and back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitbild.plan.models import Publication


class SubmissionForm(forms.Form):
    """A note that goes with the proposal; the text itself is the concept’s."""

    use_required_attribute = False

    note = forms.CharField(
        label=_("Note for the records"),
        help_text=_("For the office’s own records, for example which committee gets it first."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


class ResolutionForm(forms.Form):
    """What the council resolved."""

    use_required_attribute = False

    body = forms.CharField(
        label=_("Body"),
        help_text=_("Who adopted the concept, for example the city council."),
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    date = forms.DateField(
        label=_("Date of the resolution"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    paper = forms.CharField(
        label=_("Paper number"),
        help_text=_("The number of the council’s paper, as its information system has it."),
        required=False,
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    vote = forms.CharField(
        label=_("Vote"),
        help_text=_("For example “unanimous” or “41 for, 3 against”."),
        required=False,
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    url = forms.URLField(
        label=_("Link to the resolution"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput({"autocomplete": "off", "inputmode": "url"}),
    )

    def clean_date(self) -> Any:
        """No resolution before its day."""
        date = self.cleaned_data["date"]
        if date > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return date


class WithdrawalForm(forms.Form):
    """Why a proposal is taken back."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("One sentence. It stays on record; readers don’t see it."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


class ComparisonForm(forms.Form):
    """Which publication to compare with."""

    use_required_attribute = False

    other = forms.TypedChoiceField(label=_("Compare with"), coerce=int)

    def __init__(self, *args: Any, publications: Iterable[Publication], **options: Any) -> None:
        """Offer these."""
        super().__init__(*args, **options)
        field: Any = self.fields["other"]
        field.choices = [
            (
                each.pk,
                _("{edition}, publication {number}").format(
                    edition=each.concept.edition, number=each.number
                ),
            )
            for each in publications
        ]
