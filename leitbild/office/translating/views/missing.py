"""What is missing, for those who work here: internal news and money count as well."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from leitbild.accounts.middleware import origin
from leitbild.delivery.conduct import conduct_of
from leitbild.delivery.queries import standings
from leitbild.delivery.queries.gaps import gaps, measures_with_money
from leitbild.delivery.rules import may_read_delivery, may_see_gaps
from leitbild.office.desk import Desk, office_page
from leitbild.office.downloads import download
from leitbild.plan.models import Concept
from leitbild.plan.queries.outline import MeasureEntry
from leitbild.reports.gaps_table import GapLines, gap_lines, gaps_csv
from leitbild.reports.tables import CSV_TYPE


@office_page(may_read_delivery)
def missing(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """What an edition's measures lack, by who leads them."""
    concept = desk.concept(slug)
    context = {
        "concept": concept,
        "gaps": _lines(desk, concept),
        "terms": desk.terms,
        "is_public": may_see_gaps(None, conduct_of(desk.municipality).gaps),
    }
    return render(request, "office/missing.html", context)


@office_page(may_read_delivery)
def missing_csv(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """The same as CSV."""
    lines = _lines(desk, desk.concept(slug), site=origin(request))
    name = f"{desk.municipality.slug}-{slug}-was-fehlt.csv"
    return download(gaps_csv(lines, terms=desk.terms), content_type=CSV_TYPE, name=name)


def _lines(desk: Desk, concept: Concept, site: str = "") -> GapLines:
    def url_of(entry: MeasureEntry) -> str:
        return site + reverse("office:sheet", args=[concept.slug, entry.measure.pk])

    known = standings(concept, desk.municipality, internal=True)
    found = gaps(desk.outline(concept), known, measures_with_money(concept))
    return gap_lines(found, url_of=url_of)
