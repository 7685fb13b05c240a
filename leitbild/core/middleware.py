"""The header that keeps pages to themselves, and what the page cache takes off Django."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware

from leitbild.core.pagecache.layer import is_left_to_cache

# No inline script or style (STYLE rule 14), nothing from another host.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class ContentSecurityPolicy:
    """Says on every answer what its page may load: only what this server sends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to the answer."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        return response


class Compression(GZipMiddleware):
    """Django's, but for pages that the page cache compresses once for everybody."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Compress the answer for this reader."""
        if is_left_to_cache(request, response):
            return response
        return super().process_response(request, response)


class Comparison(ConditionalGetMiddleware):
    """Django's answer “not modified”, but for pages that the page cache compares."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Answer without the page where the reader has it already."""
        if is_left_to_cache(request, response):
            return response
        return super().process_response(request, response)
