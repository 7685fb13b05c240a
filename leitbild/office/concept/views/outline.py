"""A concept's outline: everything it consists of, and the way to each part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leitbild.office.concept.outlines import OutlineSheet
from leitbild.office.desk import Desk, office_page
from leitbild.plan.models import BinEntry
from leitbild.plan.queries.bin import bin_of
from leitbild.plan.rules import may_read_drafts


@office_page(may_read_drafts)
def outline(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Themes, goals and measures; after a deletion with the way back."""
    concept = desk.concept(slug)
    sheet = OutlineSheet(desk, concept, request.GET)
    deleted: BinEntry | None = None
    if (entry := request.GET.get("deleted", "")).isdecimal() and sheet.may_edit:
        deleted = bin_of(concept).filter(pk=int(entry[:18])).first()
    obstacles = desk.obstacles(concept)
    context = {"concept": concept, "sheet": sheet, "deleted": deleted, "obstacles": obstacles}
    return render(request, "office/outline.html", context)
