"""Makes the pages of signing in and of one's account part of the office."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from leitbild.accounts.middleware import requested_municipality
from leitbild.accounts.models import User
from leitbild.accounts.queries import access_of
from leitbild.office.desk import Desk

PAGES: Final = "/office/account/"


class AccountPages:
    """Gives these pages the person's language and desk, and keeps them out of every store.

    They are django-allauth's, so no `office_page` guards them. Elsewhere nothing is looked up:
    the public pages don't even ask whether somebody is signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, in the language of whoever is signed in."""
        if not request.path_info.startswith(PAGES):
            return self.get_response(request)
        language = _seat(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
        return response


def _seat(request: HttpRequest) -> str:
    """Give whoever works here their desk; the language to answer in."""
    user = request.user
    if not isinstance(user, User):
        return str(request.LANGUAGE_CODE)
    language = user.language or str(request.LANGUAGE_CODE)
    request.LANGUAGE_CODE = language
    municipality = requested_municipality(request)
    if municipality and (access := access_of(user, municipality)):
        request.desk = Desk(access, language)  # type: ignore[attr-defined] # HttpRequest is Django's
    return language
