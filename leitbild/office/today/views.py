"""The office's first page: what waits for the person who has just come in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leitbild.office.desk import Desk, office_page
from leitbild.office.today.groups import Today
from leitbild.plan.rules import may_read_drafts


@office_page(may_read_drafts)
def today(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Everything that waits for this person, each line leading to where it is mended."""
    return render(request, "office/today.html", {"today": Today(desk)})
