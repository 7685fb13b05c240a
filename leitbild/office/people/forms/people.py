"""Forms about people: asking them, what they do, how they are called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Membership, Municipality, Organisation, User
from leitbild.core.languages import language

OFFICE_LANGUAGES = ("de", "en")
"""Languages the office itself speaks, beside those of the municipality."""


class RoleForm(forms.Form):
    """What somebody does here."""

    role = forms.TypedChoiceField(
        label=_("Role"),
        choices=[("", _("Please choose")), *Role.choices],
        coerce=Role,
        help_text=_(
            "Administrators invite people. Integration officers do so too and write the whole "
            "plan. Editors write the measures of their organisation, translators the other "
            "languages. Observers read drafts."
        ),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("For editors: they write the measures this organisation leads."),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        """Offer the municipality's organisations."""
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = municipality.organisations.order_by("name")


class InviteForm(RoleForm):
    """Whom to ask, and for what."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
    field_order = ("name", "email", "role", "organisation")


def role_form(membership: Membership, data: Any = None) -> RoleForm:
    """The form that changes what somebody does."""
    return RoleForm(
        data,
        municipality=membership.municipality,
        initial={"role": membership.role, "organisation": membership.organisation_id},
    )


class ProfileForm(forms.Form):
    """How one is called and which language one works in."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("The office and its mails speak this language to you.")
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        """Offer the languages somebody here may speak."""
        super().__init__(*args, **kwargs)
        codes = dict.fromkeys([*municipality.languages, *OFFICE_LANGUAGES])
        field = self.fields["language"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, language(code).name) for code in codes]


def profile_form(user: User, municipality: Municipality, language: str, data: Any = None) -> Any:
    """The form about oneself; the language is the one the office speaks now."""
    return ProfileForm(
        data,
        municipality=municipality,
        initial={"name": user.name, "language": user.language or language},
    )
