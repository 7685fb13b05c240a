"""Finds the municipality a request is for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from leitbild.accounts.models import Municipality
from leitbild.accounts.queries import municipality_for_host
from leitbild.core.pagecache.layer import MUNICIPALITY


def requested_municipality(request: HttpRequest) -> Municipality | None:
    """The municipality a request is for; None where nobody answers."""
    return getattr(request, "municipality", None)


def origin(request: HttpRequest) -> str:
    """Scheme and host for addresses that leave the page: the municipality's own, if it has one.

    Whoever makes up a host name can so never put it into links, sitemaps or downloads.
    """
    municipality = requested_municipality(request)
    host = (municipality.home if municipality else "") or request.get_host()
    return f"{request.scheme}://{host}"


class MunicipalityMiddleware:
    """Sets `request.municipality` by host name, or None where nobody answers."""

    # Answer for the whole installation, also while no municipality is set up.
    anonymous_paths = frozenset({"/healthz", "/hostname"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the application."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look the municipality up and go on."""
        municipality = None
        if request.path not in self.anonymous_paths:
            host, _port = split_domain_port(request.get_host())
            municipality = municipality_for_host(host)
            if municipality:
                request.META[MUNICIPALITY] = municipality.pk
        request.municipality = municipality  # type: ignore[attr-defined] # HttpRequest is Django's
        return self.get_response(request)
