"""Forms of the import: choosing a file, and confirming what its dry run showed."""

from pathlib import Path
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitbild.plan.document.fields import YEARS
from leitbild.plan.exchange import UnreadableFile, format_of
from leitbild.plan.exchange.formats import SUFFIXES
from leitbild.plan.exchange.guards import MAX_FILE

ACCEPTED: Final = ",".join(SUFFIXES)


class UploadForm(forms.Form):
    """A file with a concept, and what is wanted of it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx), OpenDocument (.ods), Word (.docx), YAML, JSON or CSV as .zip."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty."),
        },
    )
    edition = forms.IntegerField(
        label=_("Year of the edition"),
        help_text=_("Only if the file doesn’t say it, as Word documents often don’t."),
        required=False,
        min_value=YEARS[0],
        max_value=YEARS[1],
    )
    as_draft = forms.BooleanField(
        label=_("An edition that is new here begins as a draft, which readers don’t see"),
        required=False,
        initial=True,
    )
    prune = forms.BooleanField(
        label=_("Remove parts of the edition that the file doesn’t contain"),
        required=False,
    )

    def clean_file(self) -> UploadedFile:
        """Refuse at once what no reader could open."""
        file: UploadedFile = self.cleaned_data["file"]
        name = file.name or ""
        if not Path(name).suffix:
            raise forms.ValidationError(
                gettext("The file’s name has no ending, such as .xlsx, that says what it is.")
            )
        try:
            format_of(Path(name))
        except UnreadableFile as error:
            raise forms.ValidationError(error.message) from None
        size = file.size or 0
        if size > MAX_FILE:
            raise forms.ValidationError(
                gettext("The file has {size}; at most {limit} are read.").format(
                    size=filesizeformat(size), limit=filesizeformat(MAX_FILE)
                )
            )
        return file


class ConfirmForm(forms.Form):
    """Yes to what the dry run showed."""

    shown = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why the adopted text changes"),
        help_text=_("One sentence. Readers see it beside every changed text."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=600,
        error_messages={"required": _("Say in a sentence why the adopted text changes.")},
    )

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        """Ask for a reason only where readers are owed one."""
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["reason"]
