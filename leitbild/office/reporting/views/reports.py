"""The reports to the council: look at a period, take it along, freeze it, find it again."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused
from leitbild.delivery.actions.reports import freeze_report
from leitbild.delivery.models import FrozenReport
from leitbild.delivery.periods import last_half_year
from leitbild.delivery.queries.reports import frozen_reports, letterhead
from leitbild.delivery.rules import may_conduct, may_read_delivery
from leitbild.office.desk import WRITING, Desk, office_page
from leitbild.office.downloads import download
from leitbild.office.reporting.forms.reports import ReportForm
from leitbild.office.reporting.leaves import leaf, presets
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.models import Concept
from leitbild.reports.council.content import CouncilReport
from leitbild.reports.council.documents import TYPES, council_file, file_name
from leitbild.reports.council.frozen import content_of, digest_of, thawed


@office_page(may_read_delivery)
def reports(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """What was frozen, and what the report on a period would say."""
    concept = desk.concept(slug)
    frozen = list(frozen_reports(concept))
    page: dict[str, Any] = {"concept": concept, "frozen": frozen}
    if concept.status == ConceptStatus.DRAFT:
        return render(request, "office/reports.html", page)
    form = _form(request.GET, desk)
    report = form.report_on(concept)
    page |= {
        "form": form,
        "presets": presets(frozen, timezone.localdate(), chosen=form.period, beside=form.asked),
        "report": report,
        "query": urlencode(form.asked),
        "kinds": list(TYPES),
    }
    if report:
        page |= {"leaf": leaf(report, concept), "digest": digest_of(report)}
    return render(request, "office/reports.html", page)


@office_page(may_read_delivery)
def preview_file(request: HttpRequest, desk: Desk, slug: str, suffix: str) -> HttpResponse:
    """What the page shows for the same address, as a file; nothing is frozen by it."""
    concept = desk.concept(slug)
    report = _form(request.GET, desk).report_on(concept)
    if report is not None:
        try:
            return _file(desk, concept, report, suffix)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.reasons))
    return redirect(f"{reverse('office:reports', args=[slug])}?{request.GET.urlencode()}")


@office_page(may_conduct, methods=WRITING)
def freeze(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Freeze the report that was looked at, if it still says the same."""
    concept = desk.concept(slug)
    form = _form(request.POST, desk)
    report = form.report_on(concept)
    if report is None or digest_of(report) != request.POST.get("shown"):
        if report:
            messages.warning(
                request,
                _("The report has changed since you looked at it. Please look again, then freeze."),
            )
        return redirect(f"{reverse('office:reports', args=[slug])}?{urlencode(form.asked)}")
    try:
        row = freeze_report(concept=concept, content=content_of(report), by=desk.user)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect("office:reports", slug=slug)
    messages.success(
        request, _("Report {number} is frozen and stays as it is.").format(number=row.number)
    )
    return redirect("office:report", slug=slug, number=row.number)


@office_page(may_read_delivery)
def report(request: HttpRequest, desk: Desk, slug: str, number: int) -> HttpResponse:
    """A frozen report, as it was."""
    concept = desk.concept(slug)
    row = _row(concept, number)
    page: dict[str, Any] = {"concept": concept, "row": row, "kinds": list(TYPES)}
    try:
        found = thawed(row)
    except Refused as refusal:
        page["faults"] = refusal.reasons
    else:
        page |= {"report": found, "leaf": leaf(found, concept)}
    return render(request, "office/report.html", page)


@office_page(may_read_delivery)
def frozen_file(
    request: HttpRequest, desk: Desk, slug: str, number: int, suffix: str
) -> HttpResponse:
    """A frozen report as a file."""
    concept = desk.concept(slug)
    try:
        return _file(desk, concept, thawed(_row(concept, number)), suffix)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect("office:report", slug=slug, number=number)


def _form(asked: Any, desk: Desk) -> ReportForm:
    usual = last_half_year(timezone.localdate())
    return ReportForm(asked, municipality=desk.municipality, usual=usual)


def _row(concept: Concept, number: int) -> FrozenReport:
    row = frozen_reports(concept).defer(None).filter(number=number).first()
    if row is None:
        raise Http404(_("There is no report with this number."))
    return row


def _file(desk: Desk, concept: Concept, report: CouncilReport, suffix: str) -> HttpResponse:
    """The report to keep; raises Refused where it can't be printed."""
    if suffix not in TYPES:
        raise Http404(_("There is no report in this format."))
    template = letterhead(desk.municipality, report.language)
    content = council_file(report, suffix, template=template)
    name = file_name(report, town=desk.municipality.slug, concept=concept.slug, suffix=suffix)
    return download(content, content_type=TYPES[suffix], name=name)
