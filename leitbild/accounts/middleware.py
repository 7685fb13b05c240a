"""Finds the municipality a request is for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from leitbild.accounts.models import Municipality
from leitbild.accounts.queries import municipality_for_host


class MunicipalityRequest(HttpRequest):
    """A request as views see it, after the middleware."""

    municipality: Municipality | None


class MunicipalityMiddleware:
    """Sets `request.municipality` by host name, or None where nobody answers."""

    # These answer for the whole installation and must work without a database.
    anonymous_paths = ("/healthz", "/static/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look the municipality up and go on."""
        municipality = None
        if not request.path.startswith(self.anonymous_paths):
            municipality = municipality_for_host(request.get_host().rsplit(":", 1)[0])
        request.municipality = municipality  # type: ignore[attr-defined] # declared by MunicipalityRequest
        return self.get_response(request)
