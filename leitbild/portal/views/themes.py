"""A theme: its vision, its goals, under each goal its measures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from leitbild.delivery.queries import standings
from leitbild.plan.queries.connections import serving
from leitbild.portal.glance import state_counts
from leitbild.portal.reading import reading


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """The theme with this slug in the concept in force."""
    page = reading(request)
    measures = serving(page.concept, slug)
    outline = page.outline(only=measures)
    entry = outline.theme(slug)
    if entry is None:
        raise Http404(gettext("The concept in force has no theme with this address."))
    place = outline.themes.index(entry)
    parts = [entry.theme, *(each.goal for each in entry.goals)]
    found = standings(page.concept, page.municipality, only=measures)
    return render(
        request,
        "portal/theme.html",
        {
            "concept": page.concept,
            "theme": entry.theme,
            "goals": entry.goals,
            "amendments": page.amended([*parts, *(each.measure for each in entry.measures)]),
            "measures": entry.measures,
            "standings": found,
            "legend": state_counts(entry.measures, found),
            "previous": next(iter(outline.themes[place - 1 : place]), None),
            "next": next(iter(outline.themes[place + 1 : place + 2]), None),
        },
    )
