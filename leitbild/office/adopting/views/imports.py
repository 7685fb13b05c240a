"""Import: choose a file, see what it would do, confirm. And the files to start from."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused
from leitbild.office.adopting import uploads
from leitbild.office.adopting.forms.imports import ConfirmForm, UploadForm
from leitbild.office.adopting.import_trial import Trial, trial
from leitbild.office.adopting.uploads import Upload
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.office.downloads import download
from leitbild.plan.actions import ImportReport
from leitbild.plan.actions.importing.uploaded import import_upload, report_digest
from leitbild.plan.exchange import Format, write_document, write_template
from leitbild.plan.queries.documents import concept_document
from leitbild.plan.rules import may_edit_plan, may_read_drafts
from leitbild.reports.tables import XLSX_TYPE

ODS_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
DOCX_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXPORTS: Final = {
    "xlsx": (Format.XLSX, XLSX_TYPE, "Excel"),
    "ods": (Format.ODS, ODS_TYPE, "OpenDocument"),
    "docx": (Format.DOCX, DOCX_TYPE, "Word"),
    "zip": (Format.CSV, "application/zip", "CSV"),
    "yaml": (Format.YAML, "application/yaml; charset=utf-8", "YAML"),
    "json": (Format.YAML, "application/json", "JSON"),
}
TEMPLATES: Final = ("xlsx", "ods")


@office_page(may_edit_plan, methods=BOTH)
def upload(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Choose a file, or get one to fill in."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = uploads.keep(
                file,
                name=file.name,
                user_id=desk.user.pk,
                municipality_id=desk.municipality.pk,
                prune=form.cleaned_data["prune"],
                as_draft=form.cleaned_data["as_draft"],
                edition=form.cleaned_data["edition"],
            )
            return redirect("office:import-preview", token=kept.token)
        except Refused as refusal:
            form.add_error("file", list(refusal.reasons))
    formats = {suffix: EXPORTS[suffix][2] for suffix in EXPORTS}
    return render(
        request,
        "office/import.html",
        {
            "form": form,
            "formats": formats,
            "templates": {each: formats[each] for each in TEMPLATES},
        },
    )


@office_page(may_edit_plan, methods=BOTH)
def preview(request: HttpRequest, desk: Desk, token: str) -> HttpResponse:
    """The dry run, and its confirmation."""
    kept = uploads.kept(token, user_id=desk.user.pk, municipality_id=desk.municipality.pk)
    if kept is None:
        messages.warning(request, _("This file isn’t kept any more. Please choose it again."))
        return redirect("office:import")
    if "discard" in request.POST:
        uploads.drop(kept)
        messages.info(
            request, _("{name} was discarded; nothing was written.").format(name=kept.name)
        )
        return redirect("office:import")
    found = trial(kept, desk.municipality)
    form = ConfirmForm(request.POST or None, needs_reason=found.needs_reason)
    if found.uploaded and form.is_valid():
        try:
            return _imported(request, desk, kept, found, form)
        except Refused as refusal:
            found = trial(kept, desk.municipality)
            form = ConfirmForm(request.POST, needs_reason=found.needs_reason)
            form.add_error(None, list(refusal.reasons))
    return _dry_run(request, kept, found, form)


def _dry_run(request: HttpRequest, kept: Upload, found: Trial, form: ConfirmForm) -> HttpResponse:
    shown = report_digest(found.report) if found.report else ""
    values = {"upload": kept, "trial": found, "form": form, "shown": shown}
    return render(request, "office/import_preview.html", values)


def _imported(
    request: HttpRequest, desk: Desk, kept: Upload, found: Trial, form: ConfirmForm
) -> HttpResponse:
    """Write, forget the file, and go where its concept is."""
    assert found.uploaded  # noqa: S101 # the caller has looked
    report = import_upload(
        upload=found.uploaded,
        municipality=desk.municipality,
        by=desk.user,
        shown=form.cleaned_data["shown"],
        reason=form.cleaned_data.get("reason", ""),
    )
    uploads.drop(kept)
    messages.success(request, _summary(report))
    return redirect("office:concept", slug=report.concept)


def _summary(report: ImportReport) -> str:
    return _("Imported: {created} new, {changed} changed, {removed} removed.").format(
        **report.counts
    )


@office_page(may_edit_plan)
def template(_request: HttpRequest, desk: Desk, suffix: str) -> HttpResponse:
    """An empty workbook to fill in."""
    if suffix not in TEMPLATES:
        raise Http404(_("There is no template in this format."))
    chosen, content_type, _name = EXPORTS[suffix]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"leitbild.{suffix}"
        write_template(path, format=chosen, language=desk.language)
        return download(path.read_bytes(), content_type=content_type, name=path.name)


@office_page(may_read_drafts)
def export(_request: HttpRequest, desk: Desk, slug: str, suffix: str) -> HttpResponse:
    """A whole edition, drafts included, as a file that can be imported again."""
    concept = desk.concept(slug)
    if suffix not in EXPORTS:
        raise Http404(_("There is no export in this format."))
    chosen, content_type, _name = EXPORTS[suffix]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{desk.municipality.slug}-{concept.slug}.{suffix}"
        write_document(concept_document(concept), path, format=chosen)
        return download(path.read_bytes(), content_type=content_type, name=path.name)
