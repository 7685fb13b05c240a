"""Texts in the reader's language, with the source text where no translation exists."""

from collections.abc import Mapping

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from leitbild.core.languages import language


class LocalText(str):
    """A text that knows its language.

    Printed in a template it is escaped and, if it is not in the page's language,
    wrapped with its own `lang` and `dir`, so that a screen reader and the browser
    treat it rightly. Use `plain` in attributes.
    """

    language: str
    is_fallback: bool

    def __new__(cls, text: str, *, language: str, is_fallback: bool) -> "LocalText":
        """Mark `text` as written in `language`."""
        self = super().__new__(cls, text)
        self.language = language
        self.is_fallback = is_fallback
        return self

    @property
    def plain(self) -> str:
        """The bare text, for attributes, titles and downloads."""
        return str.__str__(self)

    @property
    def direction(self) -> str:
        """Value of the HTML attribute `dir` for this text."""
        return language(self.language).direction

    def __html__(self) -> SafeString:
        """The text as HTML, with its language where that differs from the page's."""
        if not self or not self.is_fallback:
            return escape(self.plain)
        return format_html(
            '<span lang="{}" dir="{}">{}</span>', self.language, self.direction, self.plain
        )


class Texts:
    """The translatable texts of one row, read as attributes: `row.t.title`.

    Templates look for an item first, and only then, which takes them longer, for an attribute.
    """

    def __init__(self, texts: Mapping[str, LocalText]) -> None:
        """Take the texts by field name."""
        self._texts = texts

    def __getitem__(self, field: str) -> LocalText:
        """The text of a translatable field."""
        return self._texts[field]

    def __getattr__(self, field: str) -> LocalText:
        """The text of a translatable field."""
        try:
            return self._texts[field]
        except KeyError:
            raise AttributeError(f"{field!r} is not a translatable field") from None
