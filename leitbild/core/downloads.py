"""Handing out files that people have uploaded: as files, shut in, never as part of our pages."""

from typing import Final

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

SHUT_IN: Final = "sandbox; default-src 'none'"
"""Whatever hides in the file runs no script, loads nothing and reaches no session."""


def stored_file(
    request: HttpRequest,
    file: FieldFile,
    *,
    name: str,
    content_type: str,
    digest: str,
    inline: bool = False,
) -> HttpResponseBase:
    """A stored file as an answer, under the name people gave it; 404 where it is gone.

    Nobody on the way keeps it, and a browser asks again each time: it may have been withdrawn.
    """
    # Before the file is opened: whoever has it already gets nothing that would have to be closed.
    tag = f'"{digest}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = _opened(file, name=name, content_type=content_type, inline=inline)
    answer.headers["ETag"] = tag
    answer.headers["Content-Security-Policy"] = SHUT_IN
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _opened(file: FieldFile, *, name: str, content_type: str, inline: bool) -> FileResponse:
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Http404(_("This file isn’t there any more.")) from None
    return FileResponse(content, as_attachment=not inline, filename=name, content_type=content_type)
