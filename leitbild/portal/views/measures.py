"""The list of measures with its filters and downloads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leitbild.accounts.middleware import origin
from leitbild.portal.listing import Listing
from leitbild.portal.reading import Reading, reading
from leitbild.reports.measure_table import TableRow, measure_csv, measure_xlsx
from leitbild.reports.tables import CSV_TYPE, XLSX_TYPE


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """The list of measures as the address asks for it."""
    page = reading(request)
    listing = _listing(request, page)
    return render(
        request,
        "portal/measures.html",
        {"concept": page.concept, "listing": listing, "total": len(listing.outline.measures)},
    )


def _listing(request: HttpRequest, page: Reading) -> Listing:
    return Listing(request.GET, page.outline(), page.standings, page.terms)


def _table(request: HttpRequest, page: Reading) -> list[TableRow]:
    return [
        TableRow(
            item.entry,
            item.standing,
            origin(request) + reverse("portal:measure", kwargs={"code": item.entry.measure.code}),
        )
        for item in _listing(request, page).items
    ]


def download(content: bytes, *, content_type: str, name: str) -> HttpResponse:
    """A file to keep, which search engines needn't list."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Robots-Tag": "noindex",
        },
    )


@require_safe
def table_csv(request: HttpRequest) -> HttpResponse:
    """Exactly the measures the list shows for the same address, as CSV."""
    page = reading(request)
    name = f"{page.municipality.slug}-{page.concept.slug}.csv"
    return download(
        measure_csv(_table(request, page), terms=page.terms), content_type=CSV_TYPE, name=name
    )


@require_safe
def table_xlsx(request: HttpRequest) -> HttpResponse:
    """Exactly the measures the list shows for the same address, as a workbook."""
    page = reading(request)
    name = f"{page.municipality.slug}-{page.concept.slug}.xlsx"
    rows = _table(request, page)
    content = measure_xlsx(rows, terms=page.terms, title=page.concept.t.title.plain)
    return download(content, content_type=XLSX_TYPE, name=name)
