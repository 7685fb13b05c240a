"""Whom an organisation names to be asked for news."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.models import Contact, Municipality, Organisation
from leitbild.core.languages import language
from leitbild.office.people.forms.people import OFFICE_LANGUAGES


class ContactForm(forms.Form):
    """How somebody is called and reached."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As the mail shall begin, for example “Ms Yıldız”."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    language = forms.ChoiceField(label=_("Language"), help_text=_("Mails and links speak it."))
    is_head = forms.BooleanField(
        label=_("Head of the organisation"),
        help_text=_("Is told when nobody answers, where the settings say so."),
        required=False,
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        """Offer the languages mails can be written in, the town's first."""
        super().__init__(*args, **kwargs)
        codes = dict.fromkeys([*municipality.languages, *OFFICE_LANGUAGES])
        field = self.fields["language"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, language(code).name) for code in codes]


class NewContactForm(ContactForm):
    """The same for somebody new, and of which organisation."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        empty_label=_("Please choose"),
    )
    field_order = ("organisation", "name", "email", "language", "is_head")

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        """Offer the municipality's organisations."""
        super().__init__(*args, municipality=municipality, **kwargs)
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = municipality.organisations.order_by("name")


def contact_form(contact: Contact, municipality: Municipality, data: Any = None) -> ContactForm:
    """The form that changes a contact."""
    return ContactForm(
        data,
        municipality=municipality,
        initial={
            "name": contact.name,
            "email": contact.email,
            "language": contact.language or municipality.source_language,
            "is_head": contact.is_head,
        },
    )
