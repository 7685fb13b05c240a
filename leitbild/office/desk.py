"""The desk a person works at: who they are, where, and which concept lies before them."""

from collections.abc import Callable, Iterable
from functools import cached_property, wraps
from typing import Any, Final, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from leitbild.accounts.access import Access
from leitbild.accounts.middleware import requested_municipality
from leitbild.accounts.models import Municipality, User
from leitbild.accounts.queries import access_of
from leitbild.accounts.terminology import Terms, terms
from leitbild.core.models import Translatable
from leitbild.plan.actions.changing import obstacles_to_change
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.models import Concept
from leitbild.plan.queries.outline import Outline, in_force, outline

Predicate: TypeAlias = Callable[[Access], bool]
View: TypeAlias = Callable[..., HttpResponseBase]

READING: Final = ("GET", "HEAD")
WRITING: Final = ("POST",)
BOTH: Final = (*READING, *WRITING)


class Desk:
    """What every page of the office starts from; loaded as far as it is used."""

    def __init__(self, access: Access, language: str) -> None:
        """Sit down."""
        self.access = access
        self.language = language

    @property
    def user(self) -> User:
        """The person who works here."""
        return self.access.user

    @property
    def municipality(self) -> Municipality:
        """The municipality they work for."""
        return self.access.municipality

    @cached_property
    def concepts(self) -> list[Concept]:
        """All editions, drafts included, the newest first."""
        rows = list(
            Concept.objects.filter(municipality=self.municipality)
            .select_related("predecessor")
            .newest_first()
        )
        for row in rows:
            row.municipality = self.municipality
        return rows

    @cached_property
    def current(self) -> Concept | None:
        """The edition work goes on with: the newest draft, else the one in force."""
        drafts = [each for each in self.concepts if each.status == ConceptStatus.DRAFT]
        return next(iter(drafts), None) or in_force(self.concepts)

    @cached_property
    def terms(self) -> Terms:
        """What the municipality calls the levels."""
        return terms(self.municipality, self.language)

    def concept(self, slug: str) -> Concept:
        """The edition with this slug, or a page not found."""
        for each in self.concepts:
            if each.slug == slug:
                return each
        raise Http404(gettext("There is no edition with this name."))

    def obstacles(self, concept: Concept) -> list[str]:
        """Why an edition’s text can’t change now; the reason is asked for where it is owed."""
        return obstacles_to_change(concept, reason="-")

    def outline(self, concept: Concept, beside: Iterable[Translatable] = ()) -> Outline:
        """A whole concept in its source language, which is the one the office writes."""
        return outline(
            concept,
            language=self.municipality.source_language,
            municipality=self.municipality,
            beside=beside,
        )


def office_page(may: Predicate, methods: Iterable[str] = READING) -> Callable[[View], View]:
    """Guard a view and hand it the desk: `view(request, desk, …)`.

    Signed-out people are asked to sign in; outsiders get 404; people whose role isn't
    enough get 403, and so does whoever a view itself refuses with PermissionDenied.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, **values: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            desk = _desk(request)
            with translation.override(desk.language):
                if not may(desk.access):
                    return forbidden(request)
                if request.method not in allowed:
                    return HttpResponseNotAllowed(allowed)
                try:
                    response = view(request, desk, **values)
                except PermissionDenied:
                    response = forbidden(request)
            response.headers.setdefault("Content-Language", desk.language)
            return response

        wrapper.may = may  # type: ignore[attr-defined] # tests see by it which pages are guarded
        return wrapper

    allowed = list(methods)
    return guarded


def _desk(request: HttpRequest) -> Desk:
    municipality = requested_municipality(request)
    user = request.user
    access = access_of(user, municipality) if municipality and isinstance(user, User) else None
    if access is None:
        raise Http404(gettext("There is no such page."))
    language = access.user.language or request.LANGUAGE_CODE
    desk = Desk(access, language)
    request.LANGUAGE_CODE = language
    request.desk = desk  # type: ignore[attr-defined] # HttpRequest is Django's
    return desk


def forbidden(request: HttpRequest) -> HttpResponse:
    """A page that says that somebody else has to do this, and who that is."""
    return render(request, "office/forbidden.html", status=403)
