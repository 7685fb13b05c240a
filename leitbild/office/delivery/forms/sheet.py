"""Forms of one measure's delivery: its news, milestones, money, papers, files, who answers for it.

What they ask can be answered in a minute; what an action refuses comes back to them with every
word that was typed.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitbild.accounts.models import Contact, Organisation
from leitbild.core.languages import language
from leitbild.core.money import EurosField
from leitbild.delivery.actions.progress import LONGEST
from leitbild.delivery.conduct import MONTHS, Conduct
from leitbild.delivery.enums import MoneySource, State
from leitbild.delivery.files import SUFFIXES
from leitbild.delivery.models.progress import REASONED
from leitbild.plan.document.fields import YEARS

EVERYBODY: Final = "public"
INTERNAL: Final = "internal"
_READERS: Final = [
    (EVERYBODY, _("everybody, on the plan’s public pages")),
    (INTERNAL, _("only who works in this office")),
]
_BETWEEN_THOUSANDS: Final = re.compile(r"(?<=\d)[.\s](?=\d{3}(?!\d))")
_REQUIRED: Final = {"required": _("Please fill this in.")}


class _Form(forms.Form):
    """A form whose errors the server says, in the reader's language."""

    use_required_attribute = False


class BareForm(_Form):
    """A button and nothing else: to remove something, to say that nothing has changed."""


class Day(forms.DateField):
    """A day; browsers offer a calendar, and without one it is written as in Germany or by ISO."""

    def __init__(self, **options: Any) -> None:
        """Take both notations."""
        messages = {
            **_REQUIRED,
            "invalid": _("Write a day with its month and year, as in 31.12.2026."),
        }
        given = {
            "widget": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "input_formats": ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"],
            "error_messages": messages,
        }
        super().__init__(**{**given, **options})


class Number(forms.IntegerField):
    """A whole number, with or without dots between its thousands."""

    def __init__(self, **options: Any) -> None:
        """Offer digits on a phone."""
        attributes = {"inputmode": "numeric", "autocomplete": "off", "class": "input--short"}
        messages = {**_REQUIRED, "invalid": _("Write a whole number, as in 120.")}
        given = {"widget": forms.TextInput(attributes), "min_value": 0, "error_messages": messages}
        super().__init__(**{**given, **options})

    def to_python(self, value: Any) -> int | None:
        """The number; what parts its thousands says nothing."""
        return super().to_python(_BETWEEN_THOUSANDS.sub("", str(value or "").strip() or ""))


class Owed(forms.CharField):
    """Words that are owed only in some cases; the form knows in which."""

    def validate(self, _value: Any) -> None:
        """Take everything, nothing too."""


def _words(label: Any, *, lines: int = 1, **options: Any) -> forms.CharField:
    attributes: dict[str, Any] = {"autocomplete": "off", "spellcheck": "true"}
    widget: forms.Widget = forms.TextInput(attributes)
    if lines > 1:
        widget = forms.Textarea({**attributes, "rows": lines})
    return forms.CharField(label=label, widget=widget, error_messages=_REQUIRED, **options)


def _written_in(form: forms.Form, code: str, *names: str) -> None:
    """Tell browsers and screen readers the language of the plan, which may not be the page's."""
    for name in names:
        form.fields[name].widget.attrs |= {"lang": code, "dir": language(code).direction}


class ReportForm(_Form):
    """News of a measure: where it stands, in one to three sentences."""

    state = forms.ChoiceField(
        label=_("Where the measure stands"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the measure stands.")},
    )
    reason = Owed(
        label=_("Why it is delayed or stopped"),
        widget=forms.Textarea({"autocomplete": "off", "spellcheck": "true", "rows": 2}),
        max_length=LONGEST,
        help_text=_("One sentence. Readers are owed it, so it can’t be left out."),
    )
    text = _words(
        _("What has happened"),
        lines=3,
        max_length=LONGEST,
        help_text=_("One to three sentences: what was done, for whom, with which result."),
    )
    next_step = _words(_("Next step"), lines=2, max_length=LONGEST, required=False)
    obstacle = _words(_("What stands in the way"), lines=2, max_length=LONGEST, required=False)
    helps = _words(_("What would help"), lines=2, max_length=LONGEST, required=False)
    date = Day(label=_("As of"))
    readers = forms.ChoiceField(
        label=_("Who reads it"), choices=_READERS, initial=EVERYBODY, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, conduct: Conduct, code: str, **options: Any) -> None:
        """Offer the states as the city calls and draws them; texts are written in `code`."""
        super().__init__(*args, **options)
        state = self.fields["state"]
        if isinstance(state, forms.ChoiceField):
            state.choices = [(name, _state(conduct, name)) for name in State.values]
        self.fields["date"].widget.attrs["max"] = timezone.localdate().isoformat()
        _written_in(self, code, "text", "reason", "next_step", "obstacle", "helps")

    def clean(self) -> dict[str, Any]:
        """Owe a reason for what is late or ended; what was typed for another state is none."""
        given = super().clean() or {}
        if given.get("state") not in REASONED:
            given["reason"] = ""
        elif not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", gettext("Say in a sentence why it is delayed or stopped."))
        return given

    @property
    def asks_more(self) -> bool:
        """Whether the part that most leave out holds something to look at."""
        names = ("next_step", "obstacle", "helps")
        return any(self[name].value() or self[name].errors for name in names)


def _state(conduct: Conduct, name: str) -> SafeString:
    """A state's stone and its word."""
    drawing = '<svg class="stone" aria-hidden="true"><use href="#stone-{}"/></svg> {}'
    return format_html(drawing, conduct.shape(name), conduct.label(name))


class MilestoneForm(_Form):
    """What shall be reached by when."""

    title = _words(_("Milestone"), max_length=300, help_text=_("What shall be reached."))
    due = Day(label=_("Due"))
    done = Day(label=_("Done on"), required=False)
    target = Number(
        label=_("Number to reach"), required=False, help_text=_("If it can be counted: 120")
    )
    unit = _words(
        _("Unit"), max_length=60, required=False, help_text=_("What is counted: places, families")
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, code: str, **options: Any) -> None:
        """Texts are written in the language `code`."""
        super().__init__(*args, **options)
        _written_in(self, code, "title", "unit")


class ValueForm(_Form):
    """How far a milestone's number is."""

    value = Number(label=_("Number reached"))
    date = Day(label=_("As of"))


class MoneyForm(_Form):
    """Money in a year from one source; what isn't known stays empty."""

    year = forms.IntegerField(
        label=_("Year"),
        min_value=YEARS[0],
        max_value=YEARS[1],
        widget=forms.TextInput({"inputmode": "numeric", "class": "input--short"}),
        error_messages={
            "required": _("Which year?"),
            "invalid": _("Write the year with four digits."),
        },
    )
    source = forms.ChoiceField(label=_("Source of money"), choices=MoneySource.choices)
    planned = EurosField(label=_("Planned"), help_text=_("In euros: 12.500 or 12.500,50"))
    spent = EurosField(label=_("Spent"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class SumsForm(MoneyForm):
    """The same for a line that is there: its year and source stay."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Keep year and source out of sight."""
        super().__init__(*args, **options)
        for name in ("year", "source"):
            self.fields[name].widget = forms.HiddenInput()


class PaperForm(_Form):
    """A paper of the council or a committee."""

    title = _words(_("Title"), max_length=300)
    number = _words(_("Paper number"), max_length=300, required=False)
    date = Day(label=_("Date"), required=False)
    url = forms.URLField(
        label=_("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Where the council’s information system shows it."),
        error_messages={
            "invalid": _("This isn’t an address. Copy it from the browser’s address line.")
        },
    )

    def __init__(self, *args: Any, code: str, **options: Any) -> None:
        """Texts are written in the language `code`."""
        super().__init__(*args, **options)
        _written_in(self, code, "title")


class AttachmentForm(_Form):
    """What a file is called and who may read it."""

    title = _words(_("What the file holds"), max_length=300)
    readers = forms.ChoiceField(
        label=_("Who reads it"), choices=_READERS, initial=INTERNAL, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, code: str, **options: Any) -> None:
        """Texts are written in the language `code`."""
        super().__init__(*args, **options)
        _written_in(self, code, "title")


class FileForm(AttachmentForm):
    """A file to attach."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, picture (PNG, JPEG), Word, Excel, OpenDocument, CSV or text; 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty."),
        },
    )
    field_order = ("file", "title", "readers")

    @property
    def upload(self) -> UploadedFile:
        """The file that came."""
        file: UploadedFile = self.cleaned_data["file"]
        return file


class ResponsibleForm(_Form):
    """Who is asked for news of the measure."""

    contact = forms.ModelChoiceField(
        label=_("Person responsible"), queryset=Contact.objects.none(), required=False
    )

    def __init__(
        self,
        *args: Any,
        contacts: Iterable[Contact],
        lead: Organisation | None,
        fallback: Contact | None,
        **options: Any,
    ) -> None:
        """Offer the contacts of whoever leads first; nobody named means `fallback`."""
        super().__init__(*args, **options)
        nobody = gettext("the lead’s first contact: {name}").format(
            name=fallback.name if fallback else gettext("nobody yet")
        )
        rows = sorted(contacts, key=lambda each: (each.organisation != lead, each.organisation_id))
        groups = [
            (organisation.name, [(each.pk, each.name) for each in own])
            for organisation, own in groupby(rows, key=lambda each: each.organisation)
        ]
        field = self.fields["contact"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Contact.objects.filter(pk__in=[each.pk for each in rows])
            field.widget.choices = [("", nobody), *groups]


class RhythmForm(_Form):
    """How often news is owed."""

    months = Number(
        label=_("News every … months"), min_value=MONTHS[0], max_value=MONTHS[1], required=False
    )

    def __init__(self, *args: Any, otherwise: int, **options: Any) -> None:
        """Say what holds where nothing is written."""
        super().__init__(*args, **options)
        self.fields["months"].help_text = gettext(
            "Empty: every {months} months, as elsewhere."
        ).format(months=otherwise)


class RowForm(forms.Form):
    """Which row of a list is meant."""

    row = forms.IntegerField(min_value=1)


class WayBack(forms.Form):
    """The page a button stood on, where that wasn't the sheet."""

    back = forms.ChoiceField(choices=[("office:my-measures", "")])
