"""The measures somebody reports on, with what they reported."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leitbild.delivery.conduct import conduct_of
from leitbild.delivery.queries import Standing
from leitbild.delivery.rules import may_report
from leitbild.office.delivery.own_measures import OwnMeasures
from leitbild.office.desk import Desk, office_page

ON_A_PAGE: Final = 20


@office_page(may_report)
def my_measures(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is owed, what is near, and one tap to say that nothing has changed."""
    own = OwnMeasures(desk)
    page = Paginator(own.history, ON_A_PAGE).get_page(request.GET.get("page"))
    conduct = conduct_of(desk.municipality)
    return render(
        request,
        "office/my_measures.html",
        {
            "own": own,
            "concept": own.concept,
            "page": page,
            "reported": [(update, Standing(update, conduct)) for update in page],
        },
    )
