"""The plan check: what a concept leaves open or says unclearly."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leitbild.office.concept.checking import CheckSheet
from leitbild.office.desk import Desk, office_page
from leitbild.office.parts import public_address
from leitbild.plan.rules import may_read_drafts


@office_page(may_read_drafts)
def check(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """All findings of an edition, by check; theme, lead and check stand in the address."""
    concept = desk.concept(slug)
    return render(
        request,
        "office/check.html",
        {
            "concept": concept,
            "sheet": CheckSheet(desk, concept, request.GET),
            "public": public_address(desk, concept, concept),
        },
    )
