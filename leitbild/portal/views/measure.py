"""A measure's own page: what it is, where it stands, and all that happened to it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from leitbild.delivery.queries.dossier import dossier
from leitbild.plan.queries.leaf import leaf
from leitbild.plan.queries.lineage import line_of
from leitbild.portal.reading import reading
from leitbild.portal.timeline import timeline


@require_safe
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """One measure: what, why, who, for whom, when, at which stage, and how it goes."""
    page = reading(request)
    found = leaf(page.concept, code)
    if found is None:
        raise Http404(gettext("The concept in force has no measure with this code."))
    row = found.entry.measure
    told = dossier(page.concept, code, page.conduct)
    line = line_of(row, editions=page.concepts)
    page.lay_over([*found.rows(), *told.rows(), *line.rows()])
    amendments = page.amended([row]) if told.adoptions else {}
    context = {
        "concept": page.concept,
        "entry": found.entry,
        "measure": row,
        "standing": told.standing(row),
        "dossier": told,
        "amendments": amendments,
        "timeline": timeline(told, amendments.values()),
        "line": line,
        "previous": found.previous,
        "next": found.next,
    }
    return render(request, "portal/measure.html", context)
