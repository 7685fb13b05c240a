"""What every page of the portal knows."""

from typing import Any

from django.http import HttpRequest

from leitbild.accounts.middleware import origin, requested_municipality
from leitbild.accounts.terminology import terms
from leitbild.core.languages import language
from leitbild.core.queries import overlay
from leitbild.delivery.conduct import conduct_of
from leitbild.delivery.rules import may_see_gaps
from leitbild.portal.locales import open_graph_locale


def portal(request: HttpRequest) -> dict[str, Any]:
    """Municipality, level names, and the page's address in every language."""
    municipality = requested_municipality(request)
    code = getattr(request, "LANGUAGE_CODE", "de")
    context: dict[str, Any] = {
        "page_language": language(code),
        "locale": open_graph_locale(code),
        "municipality": municipality,
    }
    if municipality is None:
        return context
    if municipality.texts is None:
        overlay([municipality], language=code, source=municipality.source_language)
    site = origin(request)
    rest = _after_language(request.get_full_path(), code)
    return {
        **context,
        "terms": terms(municipality, code),
        "source_language": language(municipality.source_language),
        "languages": [
            (language(each), f"/{each}/{rest}", f"{site}/{each}/{rest}")
            for each in municipality.languages
        ],
        "shows_gaps": may_see_gaps(None, conduct_of(municipality).gaps),
        "origin": site,
        "canonical": f"{site}/{code}/{rest}",
    }


def _after_language(path: str, code: str) -> str:
    """The part of an address that is the same in every language."""
    prefix = f"/{code}/"
    return path.removeprefix(prefix) if path.startswith(prefix) else ""
