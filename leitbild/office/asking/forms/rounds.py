"""What is asked for to ask others for news."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.models import Contact, Municipality
from leitbild.core.languages import language
from leitbild.delivery.actions.rounds import LONGEST_MESSAGE
from leitbild.office.people.forms.people import OFFICE_LANGUAGES


class RoundForm(forms.Form):
    """Subject, words and due date of a round, and the measures it asks for."""

    use_required_attribute = False

    subject = forms.CharField(
        label=_("Subject"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
    message = forms.CharField(
        label=_("What you write"),
        help_text=_(
            "It stands below the greeting. The measures, the due date, the link and how to reach "
            "you follow by themselves, in the language of whoever gets the mail."
        ),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 7}),
    )
    due = forms.DateField(
        label=_("Answer by"),
        help_text=_("The links take answers for thirty more days."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    m = forms.TypedMultipleChoiceField(
        label=_("Measures"),
        coerce=int,
        required=False,
        error_messages={
            "invalid_choice": _("A measure you chose is gone. Look through the list once more.")
        },
    )

    def __init__(self, data: Any = None, *, measures: Iterable[int], initial: Any = None) -> None:
        """Know which measures there are."""
        super().__init__(data, initial=initial)
        field: Any = self.fields["m"]
        field.choices = [(pk, pk) for pk in measures]

    @property
    def chosen(self) -> list[int] | None:
        """The measures that were sent; None where nothing was sent yet."""
        if not self.is_bound:
            return None
        field: Any = self.fields["m"]
        sent = field.widget.value_from_datadict(self.data, self.files, "m")
        return [pk for pk, _text in field.choices if str(pk) in sent]


class OrderForm(forms.Form):
    """What shall be done with a round, or with one of its people."""

    do = forms.ChoiceField(choices=[(each, each) for each in ("send", "discard", "close", "renew")])
    seen = forms.CharField(required=False, max_length=64)
    recipient = forms.TypedChoiceField(
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("This person isn’t asked in this round any more.")},
    )

    def __init__(self, data: Any, *, recipients: Iterable[int]) -> None:
        """Know whom the round asks."""
        super().__init__(data)
        field: Any = self.fields["recipient"]
        field.choices = [(pk, pk) for pk in recipients]

    def clean(self) -> dict[str, Any]:
        """A new link is somebody's."""
        given = self.cleaned_data
        if not self.errors and given["do"] == "renew" and given["recipient"] is None:
            raise forms.ValidationError(_("Say whose link is to be a new one."))
        return given


class HandOnForm(forms.Form):
    """Who is to be asked instead: a contact, or somebody new."""

    use_required_attribute = False

    contact = forms.TypedChoiceField(
        label=_("Contact person"),
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={
            "invalid_choice": _("This person is no contact any more, or is asked already.")
        },
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("As the mail shall begin, for example “Ms Yıldız”."),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("Mails and links speak it."), required=False
    )
    from_now_on = forms.BooleanField(
        label=_("Ask this person in later rounds, too"), required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        contacts: Sequence[Contact],
        municipality: Municipality,
        initial: Any = None,
    ) -> None:
        """Offer the contacts by organisation, and the languages mails can be written in."""
        super().__init__(data, initial=initial)
        self._contacts = {each.pk: each for each in contacts}
        groups: dict[str, list[tuple[int, str]]] = {}
        for each in contacts:
            groups.setdefault(each.organisation.name, []).append((each.pk, str(each)))
        contact: Any = self.fields["contact"]
        contact.choices = [("", _("somebody new")), *groups.items()]
        codes = dict.fromkeys([*municipality.languages, *OFFICE_LANGUAGES])
        spoken: Any = self.fields["language"]
        spoken.choices = [(code, language(code).name) for code in codes]

    def clean(self) -> dict[str, Any]:
        """Either a contact, or name and address."""
        given = self.cleaned_data
        if not self.errors and given.get("contact") is None and not given.get("email"):
            raise forms.ValidationError(
                _("Choose a contact, or write name and address of somebody new.")
            )
        return given

    def whom(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        return {**given, "contact": self._contacts.get(given["contact"])}
