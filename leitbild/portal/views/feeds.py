"""Atom feeds of the plan, of a theme, of a measure."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from leitbild.accounts.middleware import origin
from leitbild.delivery.queries.dossier import dossier
from leitbild.delivery.queries.news import public_news
from leitbild.plan.queries.leaf import leaf
from leitbild.portal.atom import MOST, Feed
from leitbild.portal.news import measures_of, news_items
from leitbild.portal.reading import Reading, reading


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The newest news of all measures."""
    page = reading(request)
    updates = list(public_news(page.concept)[:MOST])
    outline = page.outline(beside=updates, only=measures_of(updates))
    title = page.concept.t.title.plain
    feed = _feed(request, page, title, reverse("portal:news"), f"concept/{page.concept.pk}")
    return feed.response(news_items(updates, outline.measures, page.conduct))


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest news of a theme's measures."""
    page = reading(request)
    found = page.concept.themes.filter(slug=slug).first()
    if found is None:
        raise Http404(gettext("The concept in force has no theme with this address."))
    updates = list(public_news(page.concept, theme=found.number)[:MOST])
    outline = page.outline(beside=[found, *updates], only=measures_of(updates))
    href = reverse("portal:theme", kwargs={"slug": slug})
    feed = _feed(request, page, found.t.name.plain, href, f"theme/{found.pk}")
    return feed.response(news_items(updates, outline.measures, page.conduct))


@require_safe
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """The newest news of a measure, and its milestones that were reached."""
    page = reading(request)
    found = leaf(page.concept, code)
    if found is None:
        raise Http404(gettext("The concept in force has no measure with this code."))
    entry = found.entry
    told = dossier(page.concept, code, page.conduct)
    page.lay_over([*found.rows(), *told.rows()])
    title = f"{entry.measure.code} {entry.measure.t.title.plain}"
    href = reverse("portal:measure", kwargs={"code": code})
    feed = _feed(request, page, title, href, f"measure/{entry.measure.pk}")
    reached = [(entry, step, step.done) for step in told.milestones if step.done]
    return feed.response(news_items(told.updates, [entry], page.conduct), reached)


def _feed(request: HttpRequest, page: Reading, title: str, href: str, name: str) -> Feed:
    town = page.municipality.t.name.plain
    return Feed(page, origin(request), f"{title} – {town}", href, request.path, name)
