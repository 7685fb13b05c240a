"""A measure's own page: what it is, where it stands, and all that happened to it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from leitbild.delivery.queries.dossier import dossier
from leitbild.plan.queries.lineage import Lineage
from leitbild.portal.reading import reading
from leitbild.portal.timeline import timeline


@require_safe
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """One measure: what, why, who, for whom, when, at which stage, and how it goes."""
    page = reading(request)
    found = dossier(page.concept, code, page.conduct)
    line = Lineage(page.concepts).line(page.concept, code)
    outline = page.outline(beside=[*found.rows(), *(line.rows() if line else ())])
    entry = outline.measure(code)
    if entry is None:
        raise Http404(gettext("The concept in force has no measure with this code."))
    place = outline.measures.index(entry)
    amendments = page.amended([entry.measure])
    context = {
        "concept": page.concept,
        "entry": entry,
        "measure": entry.measure,
        "standing": found.standing(entry.measure),
        "dossier": found,
        "amendments": amendments,
        "timeline": timeline(found, amendments.values()),
        "line": line,
        "previous": next(iter(outline.measures[place - 1 : place]), None),
        "next": next(iter(outline.measures[place + 1 : place + 2]), None),
    }
    return render(request, "portal/measure.html", context)
