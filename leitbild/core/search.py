"""Finding words in texts as people type them: without regard to case and accents."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from leitbild.core.text import LocalText

_REMEMBERED: Final = 8_192
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")


class _Folds(dict[int, str]):
    """How characters are compared, by their code; worked out when first met."""

    def __missing__(self, code: int) -> str:
        # Taken apart before and after: “ℌ” becomes a capital letter first, “ß” two letters later.
        lowered = unicodedata.normalize("NFKD", chr(code)).casefold()
        decomposed = unicodedata.normalize("NFKD", lowered)
        folded = "".join(each for each in decomposed if not unicodedata.combining(each))
        if len(self) < _REMEMBERED:
            self[code] = folded
        return folded


_FOLDS: Final = _Folds()


def fold(text: str) -> str:
    """The text as it is compared: no case, no accents, `ß` as `ss`."""
    # Most letters of most texts are plain ones, which all lose their case in one go.
    return _BEYOND_ASCII.sub(_without_accents, text).casefold()


def _without_accents(found: re.Match[str]) -> str:
    return found[0].translate(_FOLDS)


def words_of(query: str) -> list[str]:
    """The folded words of a query, each once."""
    return list(dict.fromkeys(fold(query).split()))


def contains_all(texts: Sequence[str], words: Sequence[str]) -> bool:
    """Whether every word occurs somewhere in the texts."""
    haystack = fold("\n".join(texts))
    return all(word in haystack for word in words)


def contains_any(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words occurs in the text."""
    haystack = fold(text)
    return any(word in haystack for word in words)


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand in the unfolded text, without overlaps, from left to right."""
    if not contains_any(text, words):
        return []
    folded: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(text):
        pieces = _FOLDS[ord(character)]
        folded.append(pieces)
        origin.extend([position] * len(pieces))
    origin.append(len(text))
    haystack = "".join(folded)
    found = sorted(
        # Accents that follow the last letter belong to it, half a letter is the whole of it.
        (origin[start], max(origin[start + len(word) - 1] + 1, origin[start + len(word)]))
        for word in words
        for start in _starts(haystack, word)
    )
    return _merged(found)


def _starts(haystack: str, word: str) -> list[int]:
    starts, at = [], haystack.find(word)
    while word and at >= 0:
        starts.append(at)
        at = haystack.find(word, at + len(word))
    return starts


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _marked(text: str, words: Sequence[str]) -> SafeString:
    pieces, at = [], 0
    for start, end in _spans(text, words):
        pieces.append(f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>")
        at = end
    return mark_safe("".join(pieces) + escape(text[at:]))  # noqa: S308 # each piece is escaped


def highlighted(text: LocalText, words: Sequence[str]) -> SafeString:
    """The text as HTML with every occurrence of the words marked."""
    if not words:
        return conditional_escape(text)
    marked = _marked(text.plain, words)
    if not text.is_fallback:
        return marked
    return format_html('<span lang="{}" dir="{}">{}</span>', text.language, text.direction, marked)


def excerpt(text: LocalText, words: Sequence[str], *, length: int = 200) -> LocalText:
    """At most about `length` characters around the first occurrence of a word."""
    plain = text.plain
    spans = _spans(plain, words)
    first, last = spans[0] if spans else (0, 0)
    start = max(0, first - length // 3)
    if start:
        # Begin and end with a whole word, but never cut off the one that was found.
        start = plain.find(" ", start, first) + 1 or start
    end = start + length
    if end < len(plain):
        blank = plain.rfind(" ", max(last, start), end)
        end = blank if blank >= 0 else max(last, end)
    cut = plain[start:end] + (" …" if end < len(plain) else "")
    return LocalText(
        ("… " if start else "") + cut, language=text.language, is_fallback=text.is_fallback
    )
