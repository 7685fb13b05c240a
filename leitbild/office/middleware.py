"""What holds for every address of the office, also where no page answers.

And it makes the pages of signing in and of one's account part of the office.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils import translation
from django.utils.translation import gettext as _

from leitbild.accounts.middleware import requested_municipality
from leitbild.accounts.models import User
from leitbild.accounts.queries import access_of
from leitbild.office.desk import Desk
from leitbild.plan.exchange.guards import MAX_FILE

OFFICE: Final = "/office/"
ACCOUNT: Final = "/office/account/"
LARGEST: Final = 2 * MAX_FILE
"""Bytes of a request that are read at all. The import's form says of smaller ones what is wrong."""


class OfficePages:
    """Keeps the office out of every store, and what is far too large out of the office.

    It gives the account's pages the person's language and desk: they are django-allauth's, so
    no `office_page` guards them. Elsewhere nothing is looked up: the public pages don't even
    ask whether somebody is signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the account's pages in the language of whoever is signed in."""
        if not request.path_info.startswith(OFFICE):
            return self.get_response(request)
        if (size := _size(request)) > LARGEST:
            # Before anything reads it: the sign of a form alone would have it all stored.
            return _private(_too_large(size))
        if not request.path_info.startswith(ACCOUNT):
            return _private(self.get_response(request))
        language = _seat(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return _private(response)


def _size(request: HttpRequest) -> int:
    """Bytes the request announces; more than that is never read."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    return int(announced) if announced.isascii() and announced.isdecimal() else 0


def _too_large(size: int) -> HttpResponse:
    reason = _("The file has {size}; at most {limit} are read.").format(
        size=filesizeformat(size), limit=filesizeformat(MAX_FILE)
    )
    return HttpResponse(reason, status=413, content_type="text/plain; charset=utf-8")


def _private(response: HttpResponse) -> HttpResponse:
    """Nothing of the office is kept by anyone on the way."""
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
