"""The WSGI application the server runs: Django, and the page cache in front of it."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitbild.config.settings")

PAST_THE_CACHE = ("/office", "/static/", "/healthz")
"""What is never the same for everybody, is kept already, or must ask the database."""


def _application() -> Any:
    django = get_wsgi_application()
    # While somebody works on templates they want to see them.
    if settings.DEBUG or not settings.ENVIRONMENT.page_cache:
        return django
    # Its counts are rows, which can be imported only once Django is set up.
    from leitbild.core.pagecache import REVISIONS, PageCache, Shelf  # noqa: PLC0415

    return PageCache(
        django,
        shelf=Shelf(settings.ENVIRONMENT.page_cache),
        revisions=REVISIONS,
        past=PAST_THE_CACHE,
        cookies=(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME),
    )


application = _application()
