"""The form of the Word template: a file that can be filled, or every reason why it can't."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitbild.delivery.actions.report_templates import LARGEST


class TemplateForm(forms.Form):
    """A Word file with tags."""

    file = forms.FileField(
        label=_("Word file"),
        help_text=_("A .docx of at most 5 MB, without macros."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
    )

    def clean_file(self) -> UploadedFile:
        """Try the file on a report that says everything, and on one that says nothing."""
        # Not at the top: what reads Word files takes a moment to load, and only an upload needs it.
        from leitbild.reports.council.template_check import template_faults  # noqa: PLC0415

        file: UploadedFile = self.cleaned_data["file"]
        size = file.size or 0
        if size > LARGEST:
            raise forms.ValidationError(
                gettext("The file has {size}; at most {limit} are read.").format(
                    size=filesizeformat(size), limit=filesizeformat(LARGEST)
                )
            )
        if not (file.name or "").lower().endswith(".docx"):
            raise forms.ValidationError(
                gettext("The file is no Word document: save it as .docx, without macros.")
            )
        if faults := template_faults(file.read()):
            raise forms.ValidationError(faults)
        file.seek(0)
        return file
