"""The Word template of the report: take the standard one, bring one’s own, try it, take it back."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused
from leitbild.delivery.actions.report_templates import (
    change_report_template,
    remove_report_template,
)
from leitbild.delivery.enums import Audience
from leitbild.delivery.models import ReportTemplate
from leitbild.delivery.periods import last_half_year
from leitbild.delivery.queries.reports import letterhead
from leitbild.delivery.rules import may_conduct
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.office.downloads import download
from leitbild.office.reporting.forms.report_templates import TemplateForm
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.models import Concept
from leitbild.reports.council.assembly import council_report
from leitbild.reports.council.documents import DOCX_TYPE, council_file
from leitbild.reports.council.paper_parts import nameable

STANDARD: Final = "standard"
OWN: Final = "eigene"
PREVIEW: Final = "vorschau"


@office_page(may_conduct, methods=BOTH)
def report_template(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Which template reports are made with, and another one instead."""
    town = desk.municipality
    if "remove" in request.POST:
        remove_report_template(municipality=town, by=desk.user)
        messages.success(request, _("Reports are made with the standard template again."))
        return redirect("office:report-template")
    form = TemplateForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            change_report_template(
                municipality=town, name=file.name, content=file.read(), by=desk.user
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, _("Reports are made with this template from now on."))
            return redirect("office:report-template")
    return _page(request, desk, form)


def _page(request: HttpRequest, desk: Desk, form: TemplateForm) -> HttpResponse:
    rows = ReportTemplate.objects.filter(municipality=desk.municipality)
    values = {
        "form": form,
        "concept": desk.current,
        "own": rows.select_related("uploaded_by").defer("content").first(),
        "can_try": _reported(desk) is not None,
        "parts": nameable(),
    }
    status = 422 if form.errors else 200
    return render(request, "office/report_template.html", values, status=status)


@office_page(may_conduct)
def report_template_file(request: HttpRequest, desk: Desk, which: str) -> HttpResponse:
    """The standard template, the city's own, or a report made with the one in use."""
    town, language = desk.municipality, desk.municipality.source_language
    try:
        content = _made(desk, which, language)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect("office:report-template")
    if content is None:
        raise Http404(_("There is no such file."))
    return download(content, content_type=DOCX_TYPE, name=f"{town.slug}-bericht-{which}.docx")


def _made(desk: Desk, which: str, language: str) -> bytes | None:
    own = letterhead(desk.municipality, language)
    if which == OWN:
        return own
    if which == STANDARD:
        # Not at the top: what writes Word files takes a moment to load.
        from leitbild.reports.council.word_template import standard_template  # noqa: PLC0415

        return standard_template(language)
    concept = _reported(desk)
    if which != PREVIEW or concept is None:
        return None
    period = last_half_year(timezone.localdate())
    report = council_report(
        concept=concept, since=period.since, until=period.until, audience=Audience.COUNCIL
    )
    return council_file(report, "docx", template=own)


def _reported(desk: Desk) -> Concept | None:
    """The newest edition there is something to report on."""
    adopted = (each for each in desk.concepts if each.status != ConceptStatus.DRAFT)
    return next(adopted, None)
