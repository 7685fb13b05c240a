"""One measure's delivery: the sheet, and what is written on it."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitbild.core.downloads import stored_file
from leitbild.delivery.files import SHOWN_INLINE
from leitbild.delivery.queries.evidence import attachments
from leitbild.delivery.rules import may_conduct, may_read_delivery, may_report, may_report_on
from leitbild.office.delivery import sheet_writing as writing
from leitbild.office.delivery.forms.sheet import WayBack
from leitbild.office.delivery.sheet_writing import Deed
from leitbild.office.delivery.sheets import Sheet
from leitbild.office.desk import BOTH, Desk, Predicate, View, office_page


@office_page(may_read_delivery)
def sheet(request: HttpRequest, desk: Desk, slug: str, pk: int) -> HttpResponse:
    """Where a measure stands and all that belongs to it."""
    return _page(request, Sheet(desk, desk.concept(slug), pk))


def _page(request: HttpRequest, shown: Sheet, *, status: int = 200) -> HttpResponse:
    page = {"sheet": shown, "concept": shown.concept, "public": shown.public_address}
    return render(request, "office/sheet.html", page, status=status)


def _writing(section: str, deeds: Mapping[str, Deed], *, may: Predicate = may_report) -> View:
    """The view that takes a section's forms; asked for by itself, it leads to the sheet."""

    @office_page(may, methods=BOTH)
    def view(request: HttpRequest, desk: Desk, slug: str, pk: int) -> HttpResponse:
        shown = Sheet(desk, desk.concept(slug), pk)
        if request.method != "POST":
            # Somebody signed in again on the way.
            return redirect(shown.address)
        if not may_report_on(desk.access, shown.measure):
            raise PermissionDenied
        deed = deeds.get(request.POST.get("do", ""), deeds[""])
        form, said = deed(shown, request)
        if form.errors:
            return _page(request, shown, status=422)
        messages.success(request, said)
        back = WayBack(request.POST)
        if back.is_valid():
            return redirect(back.cleaned_data["back"])
        return redirect(f"{shown.address}#{section}")

    return view


report = _writing("news", writing.REPORT)
unchanged = _writing("news", writing.UNCHANGED)
milestones = _writing("milestones", writing.MILESTONES)
money = _writing("money", writing.MONEY)
papers = _writing("papers", writing.PAPERS)
files = _writing("files", writing.FILES)
responsible = _writing("duties", writing.RESPONSIBLE, may=may_conduct)
rhythm = _writing("duties", writing.RHYTHM, may=may_conduct)


@office_page(may_read_delivery)
def attachment(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """A file of a measure, for everybody who works here."""
    found = attachments(desk.municipality).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such file, or not any more."))
    return stored_file(
        request,
        found.file,
        name=found.name,
        content_type=found.content_type,
        digest=found.digest,
        inline=found.content_type in SHOWN_INLINE,
    )
