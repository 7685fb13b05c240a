"""All public news of the plan."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leitbild.delivery.queries.news import public_news
from leitbild.portal.forms import NewsFilter
from leitbild.portal.news import measures_of, news_items
from leitbild.portal.reading import reading

PAGE_SIZE = 25
"""News on one page."""


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The news of the plan or of one theme, page by page; a page that isn't is the nearest."""
    page = reading(request)
    form = NewsFilter(request.GET)
    theme = form.cleaned_data["theme"] if form.is_valid() else None
    pages = Paginator(public_news(page.concept, theme=theme), PAGE_SIZE)
    turn = pages.get_page(request.GET.get("page"))
    updates = list(turn.object_list)
    outline = page.outline(beside=updates, only=measures_of(updates))
    context = {
        "concept": page.concept,
        "themes": [entry.theme for entry in outline.themes],
        "number": theme,
        "chosen": next((x.theme for x in outline.themes if x.theme.number == theme), None),
        "turn": turn,
        "items": news_items(updates, outline.measures, page.conduct),
    }
    return render(request, "portal/news.html", context)
