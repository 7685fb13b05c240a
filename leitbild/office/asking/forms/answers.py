"""What the officer says to answers, and which of them are listed."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from leitbild.delivery.enums import AnswerKind

WAITING: Final = ""
DEALT_WITH: Final = "past"


class AnswerFilter(forms.Form):
    """Which answers are listed."""

    show = forms.ChoiceField(
        label=_("Answers"),
        required=False,
        choices=[(WAITING, _("waiting")), (DEALT_WITH, _("dealt with"))],
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *AnswerKind.choices]
    )

    def wanted(self) -> tuple[bool, str]:
        """Whether past ones, and of which kind; what can't be understood isn't asked for."""
        self.is_valid()
        values: dict[str, Any] = self.cleaned_data
        return values.get("show") == DEALT_WITH, values.get("kind", "")


class WordForm(forms.Form):
    """A word to whoever answered; `deed` keeps the fields of two such forms apart."""

    use_required_attribute = False

    note = forms.CharField(
        label=_("Your word to whoever answered"),
        help_text=_("It is mailed to them with the link."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write a word: whoever answered wants to know.")},
    )

    def __init__(self, data: Any = None, *, deed: str, is_mailed: bool = True) -> None:
        """Say whether it leaves the house."""
        super().__init__(data, auto_id=f"id_{deed}_%s")
        if not is_mailed:
            self.fields["note"].label = _("What became of it")
            self.fields["note"].help_text = _("It stays here, with the answer.")
