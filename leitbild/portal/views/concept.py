"""The whole text of an edition as one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leitbild.portal.reading import reading


@require_safe
def concept(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """The edition in force, or the one named, from the vision down to each measure."""
    page = reading(request, slug)
    resolutions = list(page.concept.resolutions.all())
    others = [each for each in page.concepts if each.pk != page.concept.pk]
    return render(
        request,
        "portal/concept.html",
        {
            "concept": page.concept,
            "linked": page.concept == page.current,
            "outline": page.outline(beside=[*resolutions, *others]),
            "resolutions": resolutions,
            "others": others,
            "today": timezone.localdate(),
        },
    )
