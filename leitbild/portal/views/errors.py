"""Pages for what goes wrong: they say what happened and where to go on."""

import sys
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from leitbild.accounts.middleware import requested_municipality
from leitbild.core.outage import is_outage
from leitbild.portal.reading import NoConcept, NoMunicipality

BACK_SOON: Final = 30
"""Seconds after which those who ask by themselves shall ask again."""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing stands under this address."""
    if isinstance(exception, NoMunicipality) or requested_municipality(request) is None:
        return render(
            request, "portal/no_municipality.html", {"host": request.get_host()}, status=404
        )
    if isinstance(exception, NoConcept):
        return render(request, "portal/no_concept.html", status=404)
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "portal/not_found.html", {"reason": reason}, status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Something broke, or is away for a while; the pages stand without database and context."""
    if is_outage(sys.exception()):
        page = loader.get_template("portal/away.html").render()
        headers = {"Retry-After": str(BACK_SOON), "Cache-Control": "no-store"}
        return HttpResponse(page, status=503, headers=headers)
    return HttpResponse(loader.get_template("portal/server_error.html").render(), status=500)
