"""Imprint, privacy and accessibility, made from the municipality's own data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leitbild.portal.reading import municipality_of


def _page(request: HttpRequest, template: str) -> HttpResponse:
    municipality_of(request)
    return render(request, template)


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Who answers for this site."""
    return _page(request, "portal/imprint.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens with readers' data: nearly nothing, and what that is."""
    return _page(request, "portal/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the site is, how that was tested, and whom to tell about barriers."""
    return _page(request, "portal/accessibility.html")
