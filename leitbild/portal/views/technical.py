"""Addresses for machines: health, robots, sitemap, colours, icon."""

from collections.abc import Iterator, Sequence

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from leitbild.accounts.middleware import origin
from leitbild.accounts.queries import is_host_name
from leitbild.core.colour import palette_css
from leitbild.delivery.rules import may_see_gaps
from leitbild.plan.models import Concept, Theme
from leitbild.plan.queries.outline import public_concepts
from leitbild.plan.queries.publications import adopted_anywhere
from leitbild.portal.forms import HostNameQuestion
from leitbild.portal.reading import municipality_of, reading


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """On to the first page in the reader's language."""
    municipality_of(request)
    return HttpResponseRedirect(reverse("portal:home"))


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Whether the application runs and its database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def hostname(request: HttpRequest) -> HttpResponse:
    """Whether a host name is a municipality's: proxies ask before they get a certificate for it."""
    question = HostNameQuestion(request.GET)
    if question.is_valid() and is_host_name(question.cleaned_data["domain"]):
        return HttpResponse("known\n", content_type="text/plain")
    return HttpResponse("unknown\n", content_type="text/plain", status=404)


@require_safe
@cache_control(public=True, no_cache=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; where the sitemap is."""
    address = origin(request) + reverse("sitemap")
    return HttpResponse(f"User-agent: *\nAllow: /\nSitemap: {address}\n", content_type="text/plain")


@require_safe
@cache_control(public=True, no_cache=True)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page in every language."""
    page = reading(request)
    themes = page.current.themes.values_list("slug", flat=True)
    codes = page.current.measures.values_list("code", flat=True)
    names = ["home", "measures", "news", "arrival", "concept"]
    if may_see_gaps(None, page.conduct.gaps):
        names.append("missing")
    paths = [
        *(reverse(f"portal:{name}") for name in (*names, "accessibility", "privacy", "imprint")),
        *(reverse("portal:theme", kwargs={"slug": slug}) for slug in themes),
        *(reverse("portal:measure", kwargs={"code": code}) for code in codes),
        *(
            reverse("portal:edition", kwargs={"slug": each.slug})
            for each in page.concepts
            if each != page.current
        ),
        *_comparisons(page.concepts),
        *_publications(page.concepts),
    ]
    site = origin(request)
    languages = page.municipality.languages
    active = f"/{page.language}/"
    rests = [path.removeprefix(active) for path in paths]
    urls = [[(code, f"{site}/{code}/{rest}") for code in languages] for rest in rests]
    return render(request, "portal/sitemap.xml", {"urls": urls}, content_type="application/xml")


def _comparisons(concepts: Sequence[Concept]) -> Iterator[str]:
    """Each edition beside the one it continues."""
    known = {each.pk for each in concepts}
    for each in concepts:
        if each.predecessor_id in known:
            yield reverse("portal:edition-comparison", kwargs={"slug": each.slug})


def _publications(concepts: Sequence[Concept]) -> Iterator[str]:
    """The adopted publications of every edition; the newest of each leads to what changed since."""
    told: set[int] = set()
    for each in adopted_anywhere(concepts):
        edition = {"slug": each.concept.slug}
        place = {**edition, "number": each.number}
        if each.concept_id not in told:
            told.add(each.concept_id)
            yield reverse("portal:publications", kwargs=edition)
            yield reverse("portal:changes", kwargs=place)
        yield reverse("portal:publication", kwargs=place)


@require_safe
@cache_control(max_age=300, public=True)
def palette(request: HttpRequest) -> HttpResponse:
    """The municipality's colours: its tokens and one class per theme."""
    municipality = municipality_of(request)
    themes = Theme.objects.filter(concept__in=public_concepts(municipality))
    colours = {f"theme-{pk}": colour for pk, colour in themes.values_list("pk", "colour")}
    return HttpResponse(palette_css(municipality.tokens, colours), content_type="text/css")


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Where browsers look for an icon without reading the page."""
    return HttpResponseRedirect(staticfiles_storage.url("core/favicon.svg"))
