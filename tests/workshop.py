"""The addresses of the product with two more: the gallery of debug mode, and a broken page."""

from typing import Any, NoReturn

from django.http import HttpRequest
from django.urls import path

from leitbild.config.urls import handler404, handler500
from leitbild.config.urls import urlpatterns as product
from leitbild.core import gallery

__all__ = ["handler404", "handler500", "urlpatterns"]


class Broken(Exception):
    """What no page expects."""


def broken(_request: HttpRequest) -> NoReturn:
    """A view with a mistake."""
    raise Broken


urlpatterns: list[Any] = [
    path("_broken/", broken),
    # What config.urls adds in debug mode.
    path("_gallery/", gallery.gallery, name="gallery"),
    path("_gallery/palette.css", gallery.gallery_palette, name="gallery-palette"),
    *product,
]
