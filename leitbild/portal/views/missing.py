"""What is missing: measures nobody leads, without a date, money or news."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from leitbild.accounts.middleware import origin
from leitbild.delivery.queries.gaps import gaps, measures_with_money
from leitbild.delivery.rules import may_see_gaps
from leitbild.plan.queries.outline import MeasureEntry
from leitbild.portal.reading import Reading, reading
from leitbild.portal.views.measures import download
from leitbild.reports.gaps_table import GapLines, gap_lines, gaps_csv
from leitbild.reports.tables import CSV_TYPE


@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    """What the measures of the concept in force lack, by who leads them."""
    page = _open_to_readers(request)
    context = {"concept": page.concept, "gaps": _lines(page)}
    return render(request, "portal/missing.html", context)


@require_safe
def missing_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    page = _open_to_readers(request)
    content = gaps_csv(_lines(page, site=origin(request)), terms=page.terms)
    name = f"{page.municipality.slug}-{page.concept.slug}-was-fehlt.csv"
    return download(content, content_type=CSV_TYPE, name=name)


def _open_to_readers(request: HttpRequest) -> Reading:
    page = reading(request)
    if not may_see_gaps(None, page.conduct.gaps):
        raise Http404(gettext("This municipality does not publish what is missing."))
    return page


def _lines(page: Reading, site: str = "") -> GapLines:
    money = measures_with_money(page.concept) if page.conduct.money_is_public else None

    def url_of(entry: MeasureEntry) -> str:
        return site + reverse("portal:measure", kwargs={"code": entry.measure.code})

    return gap_lines(gaps(page.outline(), page.standings, money), url_of=url_of)
