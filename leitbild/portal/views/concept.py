"""The whole text of an edition as one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leitbild.plan.queries.lineage import Lineage
from leitbild.plan.queries.publications import adopted_publications
from leitbild.portal.reading import reading


@require_safe
def concept(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """The edition in force, or the one named, from the vision down to each measure."""
    page = reading(request, slug)
    resolutions = list(page.concept.resolutions.all())
    others = [each for each in page.concepts if each.pk != page.concept.pk]
    # What became of an earlier edition's measures; those of the one in force say it on their pages.
    lineage = Lineage(page.concepts if page.concept != page.current else [])
    adopted = adopted_publications(page.concept).first()
    return render(
        request,
        "portal/concept.html",
        {
            "concept": page.concept,
            "linked": page.concept == page.current,
            "outline": page.outline(beside=[*resolutions, *others, *lineage.rows()]),
            "amendments": page.amended(since=adopted) if adopted else {},
            "adopted": adopted,
            "resolutions": resolutions,
            "others": others,
            "lineage": lineage,
            "continues": next((x for x in others if x.pk == page.concept.predecessor_id), None),
            "today": timezone.localdate(),
        },
    )
