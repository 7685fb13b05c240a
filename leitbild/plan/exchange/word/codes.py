"""Numbers and codes that authors put before titles."""

import re
from typing import Final

_END: Final = r"\s*[.:)–—-]?\s+"
_THEME: Final = re.compile(
    r"(?:(?:Themenfeld|Handlungsfeld|Thema|Kapitel)\s+)?(\d{1,3})\s*[.:)–—-]*\s+(\S.*)",
    re.IGNORECASE,
)
_WORD: Final = (
    r"(?:(?:M|Z|HE|Maßnahme|Massnahme|Handlungsempfehlung|Strategisches Ziel|Ziel|Teilziel)"
    r"\.?[\s-]*)"
)
_NUMBER: Final = r"\d+(?:\.\d+)*[a-z]?"
# “2.3 Title”, “1a Title”; a bare number needs a sign or a word: “3 new schools” is a title.
_PATTERNS: Final = (
    re.compile(rf"{_WORD}({_NUMBER}){_END}(\S.*)", re.IGNORECASE),
    re.compile(rf"(\d+(?:\.\d+)+[a-z]?|\d+[a-z]){_END}(\S.*)", re.IGNORECASE),
    re.compile(r"(\d+)\s*[.:)]\s+(\S.*)"),
    re.compile(r"(?=\D*\d)(\w+(?:[.\-]\w+)*):\s+(\S.*)"),
)


def leading_code(text: str) -> tuple[str | None, str]:
    """A code at the beginning of a goal or measure, and the rest."""
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            return match[1], match[2]
    return None, text


def leading_number(text: str) -> tuple[int | None, str]:
    """A theme's number at the beginning, and the rest."""
    match = _THEME.fullmatch(text)
    return (int(match[1]), match[2]) if match else (None, text)
