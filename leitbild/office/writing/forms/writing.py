"""What comes along when a part is written: which state it started from, and what shall be done."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

SAVE: Final = "save"
APPLY: Final = "apply"
HAND_IN: Final = "hand_in"
DISCARD: Final = "discard"
GO_ON: Final = "go_on"
"""Back from the preview: the typed text is shown again, nothing is stored."""
RELEASE: Final = "release"
GIVE_BACK: Final = "return"
TAKE_BACK: Final = "take_back"


class Reason(forms.CharField):
    """Words that are owed only when something is published; a draft may go without them."""

    def validate(self, _value: Any) -> None:
        """Take everything; the plan asks for a reason when it comes to that."""


class Handling(forms.Form):
    """The hidden part of the writing form, and the word to readers or to the officer."""

    use_required_attribute = False

    do = forms.ChoiceField(
        choices=[(each, each) for each in (SAVE, APPLY, HAND_IN, DISCARD, GO_ON)], initial=SAVE
    )
    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    draft = forms.IntegerField(required=False, widget=forms.HiddenInput)
    saves = forms.IntegerField(required=False, widget=forms.HiddenInput)
    part = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = Reason(
        strip=True,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off", "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, note_is_reason: bool = True, **options: Any) -> None:
        """Ask readers’ question where the change is published, the officer’s where it isn’t."""
        super().__init__(data, **options)
        note = self.fields["note"]
        note.required = note_is_reason
        note.label = _("Why does this change?") if note_is_reason else _("A word to the office")
        note.help_text = (
            _("One sentence. Readers see it beside the change, with its date.")
            if note_is_reason
            else _("Why it should change, and what the office should know.")
        )


class Release(forms.Form):
    """The officer’s word on a draft that was handed in."""

    use_required_attribute = False

    do = forms.ChoiceField(choices=[(each, each) for each in (RELEASE, GIVE_BACK)])
    saves = forms.IntegerField(widget=forms.HiddenInput)
    note = Reason(
        strip=True,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off", "dir": "auto"}),
    )


class NewPart(forms.Form):
    """Below which part a new one is added, or which draft goes on."""

    theme = forms.CharField(required=False, max_length=20)
    goal = forms.CharField(required=False, max_length=20)
    draft = forms.IntegerField(required=False)
