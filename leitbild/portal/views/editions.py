"""Two editions side by side: what stayed, changed, came and went, and why."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from leitbild.plan.queries.edition_differences import measure_differences
from leitbild.plan.queries.editions import compare_editions
from leitbild.portal.reading import reading


@require_safe
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """The edition beside the one it continues."""
    page = reading(request, slug)
    new = page.concept
    old = next((each for each in page.concepts if each.pk == new.predecessor_id), None)
    if old is None:
        raise Http404(gettext("This edition continues no other."))
    found = compare_editions(old, new)
    page.lay_over([old, *found.rows()])
    changed = [
        (each, measure_differences(each.before, each.after[0]))
        for each in found.changed
        if each.before
    ]
    context = {"concept": new, "old": old, "comparison": found, "changed": changed}
    return render(
        request, "portal/edition_comparison.html", {**context, "linked": new == page.current}
    )
