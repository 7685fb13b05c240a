"""The first page: what the concept is for, and all of it at a glance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leitbild.portal.glance import glance
from leitbild.portal.reading import NoConcept, reading

LATEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The concept at a glance, its latest news, and whom to ask."""
    page = reading(request)
    try:
        concept = page.concept
    except NoConcept:
        return render(request, "portal/no_concept.html")
    resolutions = list(concept.resolutions.all())
    updates = page.standings.by_id.values()
    latest = sorted(updates, key=lambda each: (each.date, each.pk), reverse=True)[:LATEST]
    outline = page.outline(beside=[*resolutions, *latest])
    picture = glance(outline, page.standings)
    entries = {entry.measure.pk: entry for entry in outline.measures}
    return render(
        request,
        "portal/home.html",
        {
            "concept": concept,
            "outline": outline,
            "glance": picture,
            "resolutions": resolutions,
            "latest": [
                (update, entries[update.measure_id], page.standings.of(entries[update.measure_id]))
                for update in latest
                if update.measure_id in entries
            ],
        },
    )
