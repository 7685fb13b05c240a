"""The first page: what the concept is for, and all of it at a glance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leitbild.delivery.queries.news import public_news
from leitbild.portal.glance import glance
from leitbild.portal.news import news_items
from leitbild.portal.reading import NoConcept, reading

LATEST = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The concept at a glance, its latest news, and whom to ask."""
    page = reading(request)
    try:
        concept = page.concept
    except NoConcept:
        return render(request, "portal/no_concept.html")
    resolutions = list(concept.resolutions.all())
    latest = list(public_news(concept)[:LATEST])
    outline = page.outline(beside=[*resolutions, *latest])
    return render(
        request,
        "portal/home.html",
        {
            "concept": concept,
            "outline": outline,
            "glance": glance(outline, page.standings),
            "resolutions": resolutions,
            "latest": news_items(latest, outline.measures, page.conduct),
        },
    )
