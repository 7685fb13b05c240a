"""A file as an answer."""

from django.http import HttpResponse


def download(content: bytes, *, content_type: str, name: str) -> HttpResponse:
    """A file to keep."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
