"""Finds the language a page is read in, and says which pages are the same for everybody."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from leitbild.accounts.middleware import requested_municipality


class LanguageMiddleware:
    """Activates the language the address begins with, else the reader's preferred one.

    Only the municipality's own languages count, so a page exists in just those.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in its language."""
        language = _language(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        if language == _first_part(request):
            response.headers.setdefault("Content-Language", language)
        elif not _is_for_everybody(response):
            response.headers.setdefault("Content-Language", language)
            patch_vary_headers(response, ["Accept-Language"])
        return response


def _first_part(request: HttpRequest) -> str:
    # Not every path begins with a slash: OPTIONS may ask for `*`, the whole server.
    return request.path_info.partition("/")[2].partition("/")[0]


def _is_for_everybody(response: HttpResponse) -> bool:
    """Whether readers of every language may be given it: the sitemap, the colours."""
    return "public" in response.headers.get("Cache-Control", "")


def _language(request: HttpRequest) -> str:
    municipality = requested_municipality(request)
    offered = municipality.languages if municipality else [settings.LANGUAGE_CODE]
    if (first_part := _first_part(request)) in offered:
        return first_part
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    for code, quality in wanted:
        found = next((each for each in _widened(code) if each in offered), None)
        if found and quality:
            return found
    return str(offered[0])


def _widened(code: str) -> Iterator[str]:
    """The code, then without its last part, down to the language alone."""
    parts = code.split("-")
    return ("-".join(parts[:length]) for length in range(len(parts), 0, -1))


class PublicPages:
    """Lets pages of the portal be kept by whoever asks again before using them.

    A view that must not be kept says so itself, as Django's `never_cache` does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say it on the answer."""
        response = self.get_response(request)
        match = request.resolver_match
        if (
            match is not None
            and match.namespace == "portal"
            and request.method in {"GET", "HEAD"}
            and response.status_code == 200
            and "Cache-Control" not in response.headers
        ):
            patch_cache_control(response, public=True, no_cache=True)
        return response
