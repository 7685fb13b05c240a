"""What the council adopted: publications to read, to compare, to keep as a file; and what changed.

Readers see adopted publications alone. A proposal that lies before the council, or that was
withdrawn, is nobody's here: its address is a page not found.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from leitbild.plan.models import Publication
from leitbild.plan.queries.comparing import compare_publications, names_of
from leitbild.plan.queries.frozen_text import frozen_text
from leitbild.plan.queries.publications import (
    adopted_publications,
    frozen_concept,
    frozen_concepts,
)
from leitbild.portal.reading import Reading, reading


@require_safe
def publications(request: HttpRequest, slug: str) -> HttpResponse:
    """All adopted publications of an edition, and what has changed since the newest."""
    page = _page(request, slug)
    found = list(adopted_publications(page.concept))
    amendments = page.amendments(since=found[0]) if found else []
    context = {"publications": found, "amendments": amendments}
    return render(request, "portal/publications.html", {"concept": page.concept, **context})


@require_safe
def publication(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One publication as it was adopted."""
    page = _page(request, slug)
    found = list(adopted_publications(page.concept))
    chosen = _chosen(found, number)
    chosen.concept = page.concept
    return render(
        request,
        "portal/publication.html",
        {
            "concept": page.concept,
            "publication": chosen,
            "text": frozen_text(frozen_concept(chosen), language=page.language),
            "is_newest": chosen == found[0],
            "others": [each for each in found if each != chosen],
        },
    )


@require_safe
def publication_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The file the council got."""
    page = reading(request, slug)
    chosen = _chosen(list(adopted_publications(page.concept)), number)
    name = f"{page.municipality.slug}-{slug}-{number}.pdf"
    return HttpResponse(
        bytes(chosen.pdf),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Content-Language": chosen.language,
            "X-Robots-Tag": "noindex",
        },
    )


@require_safe
def changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What has changed since the publication in force; for an earlier one, its successor says."""
    page = _page(request, slug)
    found = list(adopted_publications(page.concept))
    chosen = _chosen(found, number)
    if chosen != found[0]:
        raise Http404(gettext("Only the publication in force has changes since; compare the two."))
    parts = page.amendments(names=names_of(page.municipality), since=chosen)
    return _differences(request, page, chosen, None, parts)


@require_safe
def comparison(request: HttpRequest, slug: str, number: int, other: int) -> HttpResponse:
    """What differs between two publications of an edition, the older one first."""
    page = _page(request, slug)
    found = list(adopted_publications(page.concept))
    old, new = (_chosen(found, each) for each in sorted((number, other)))
    old.concept = new.concept = page.concept
    parts = compare_publications(*frozen_concepts([old, new]))
    return _differences(request, page, old, new, parts)


def _differences(
    request: HttpRequest, page: Reading, old: Publication, new: Publication | None, parts: object
) -> HttpResponse:
    context = {"concept": page.concept, "old": old, "new": new, "parts": parts}
    return render(request, "portal/publication_changes.html", context)


def _page(request: HttpRequest, slug: str) -> Reading:
    """The edition named, its title in the reader's language."""
    page = reading(request, slug)
    page.lay_over([])
    return page


def _chosen(found: list[Publication], number: int) -> Publication:
    for each in found:
        if each.number == number:
            return each
    raise Http404(gettext("No publication with this number was adopted."))
