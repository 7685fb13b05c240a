"""Markdown to clean HTML, or to the words alone."""

from functools import lru_cache
from html import unescape
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS: Final = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote", "h4", "h5", "h6"}
_RENDERER: Final = MarkdownIt("commonmark", {"html": False, "linkify": False})
_CLEANER: Final = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener",
)
_STRIPPER: Final = nh3.Cleaner(tags=set())


@lru_cache(maxsize=2_048)
def markdown(text: str) -> SafeString:
    """HTML of a Markdown text, cut down to paragraphs, lists, emphasis and links."""
    cleaned = _CLEANER.clean(_RENDERER.render(text))
    return mark_safe(cleaned.strip())  # noqa: S308 # nh3 has just cleaned it


def plain_text(text: str) -> str:
    """A Markdown text without its marks, on one line."""
    return " ".join(unescape(_STRIPPER.clean(markdown(text))).split())
