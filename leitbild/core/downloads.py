"""Handing out files that people have uploaded: as files, shut in, never as part of our pages."""

from typing import Final

from django.core.files.storage import Storage
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

SHUT_IN: Final = "sandbox; default-src 'none'"
"""Whatever hides in the file runs no script, loads nothing and reaches no session."""


def stored_file(
    storage: Storage, path: str, *, name: str, content_type: str, digest: str, inline: bool = False
) -> FileResponse:
    """A stored file as an answer, under the name people gave it; 404 where it is gone.

    Nobody on the way keeps it, and a browser asks again each time: it may have been withdrawn.
    """
    try:
        file = storage.open(path)
    except FileNotFoundError:
        raise Http404(_("This file isn’t there any more.")) from None
    response = FileResponse(
        file, as_attachment=not inline, filename=name, content_type=content_type
    )
    response.headers["Content-Security-Policy"] = SHUT_IN
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["ETag"] = f'"{digest}"'
    return response
