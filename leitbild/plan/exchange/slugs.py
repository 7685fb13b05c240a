"""Short names for addresses and references, made from titles."""

import re
import unicodedata
from typing import Final

_GERMAN: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "ł": "l"}
)
_OTHER: Final = re.compile(r"[^a-z0-9]+")
_LENGTH: Final = 80
_ROOM_FOR_NUMBER: Final = 6


def slug_of(title: str) -> str:
    """The title in small Latin letters, digits and hyphens; empty for other scripts."""
    text = unicodedata.normalize("NFC", title).lower().translate(_GERMAN)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = _OTHER.sub("-", plain).strip("-")
    if len(slug) <= _LENGTH - _ROOM_FOR_NUMBER:
        return slug
    head = slug[: _LENGTH - _ROOM_FOR_NUMBER]
    return (head.rpartition("-")[0] or head).strip("-")


def free_slug(title: str, *, taken: set[str], word: str) -> str:
    """A slug nobody has yet, noted as taken; `word` and a number where the title gives none."""
    wanted = slug_of(title)
    candidate, number = wanted or f"{word}-1", 1
    while candidate in taken:
        number += 1
        candidate = f"{wanted or word}-{number}"
    taken.add(candidate)
    return candidate
