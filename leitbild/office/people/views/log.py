"""The audit log: read, filtered, exported. There is no page that changes it."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leitbild.accounts.rules import may_read_log
from leitbild.core.models import AuditEvent
from leitbild.core.queries import log_values, logged_events
from leitbild.office.desk import Desk, office_page
from leitbild.office.downloads import download
from leitbild.office.people.forms.log import LogFilter
from leitbild.reports.log import log_lines
from leitbild.reports.log_table import log_csv, log_xlsx
from leitbild.reports.tables import CSV_TYPE, XLSX_TYPE

PAGE_SIZE = 50


@office_page(may_read_log)
def log(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who did what, the newest first."""
    form, events = _asked_for(request, desk)
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    values = {
        "form": form,
        "page": page,
        "lines": list(log_lines(page.object_list)),
        "query": asked.urlencode(),
        "is_filtered": any(form.wanted().values()),
    }
    return render(request, "office/log.html", values)


@office_page(may_read_log)
def table_csv(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Exactly the events the page shows for the same address, as CSV."""
    _form, events = _asked_for(request, desk)
    name = f"{desk.municipality.slug}-protokoll.csv"
    return download(log_csv(events), content_type=CSV_TYPE, name=name)


@office_page(may_read_log)
def table_xlsx(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Exactly the events the page shows for the same address, as a workbook."""
    _form, events = _asked_for(request, desk)
    title = _("Audit log of {name}").format(name=desk.municipality.name)
    name = f"{desk.municipality.slug}-protokoll.xlsx"
    return download(log_xlsx(events, title=title), content_type=XLSX_TYPE, name=name)


def _asked_for(request: HttpRequest, desk: Desk) -> tuple[LogFilter, QuerySet[AuditEvent]]:
    form = LogFilter(request.GET, values=log_values(desk.municipality.pk))
    return form, logged_events(desk.municipality.pk, **form.wanted())
