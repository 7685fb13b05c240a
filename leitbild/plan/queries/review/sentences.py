"""Markdown taken apart into sentences, and sentences into words.

Plain rules instead of a language model: they are fast enough for a whole concept, and one can
see why a sentence ended where it did.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

WORD: Final = re.compile(r"[^\W_]+(?:[-‐‑/.,:’'*][^\W_]+)*")

# A heading, a list's item or a quotation begins a block of its own; a bare line goes on.
_BLOCK: Final = re.compile(r"^\s*(?:#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+|>\s?)")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS: Final = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|`|\\$", re.MULTILINE)
_END: Final = re.compile(r"[.!?…]+[“”\"’»«)\]]*\s+(?=[„“‚\"»«(\[]*[A-ZÄÖÜ0-9])")
_LAST_WORD: Final = re.compile(r"(\w+)\.$")
_NEXT_WORD: Final = re.compile(r"\w+")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


ABBREVIATIONS: Final = _listed(
    # German
    "allg bes betr bspw bzgl bzw ca dergl dgl dipl dr ebd ehem engl etc evtl exkl fam ff fr geb "
    "gem ggf hr hrsg inkl ing insb insbes lfd max mind min mio mrd phil prof rd resp sen sog "
    "sonst st std stellv str tägl ungef usf usw verf vgl vhs vs zit zz zzgl zzt "
    # English
    "approx dept eg ie inc jr ltd mr mrs"
)
"""What ends in a full stop without ending a sentence; single letters come on top."""

BEFORE_NUMBERS: Final = _listed("abs art bd fig kap no nr tel vol ziff")
"""Abbreviations when a number follows (“Art. 3”); else words that may well end a sentence."""

STARTERS: Final = _listed(
    "Der Die Das Den Dem Des Ein Eine Einen Einem Einer Es Er Sie Wir Ihr Ich Dies Diese Dieser "
    "Dieses Diesen Jeder Jede Jedes Alle Viele Manche Andere Wer Was Wo Wie Wenn Weil Damit Dafür "
    "Dazu Dabei Danach Dann Darum Deshalb Daher Dort Hier Im In Am An Auf Aus Bei Bis Für Mit Nach "
    "Ohne Seit Unter Von Vor Zu Zum Zur Über Auch Aber Und Oder Denn Doch Nur Noch So Sobald "
    "Außerdem Zudem Zusätzlich The A It They We You He She This These That On At For With From "
    "And But If When Who What"
)
"""Words that, with a capital letter, begin a sentence: no abbreviation stands before them."""

_ORDINAL: Final = re.compile(r"\d{1,3}|[IVX]+")


@lru_cache(maxsize=4_096)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a Markdown text, bare of its marks, in their order.

    A full stop doesn't end one after an abbreviation (“z. B.”, “bzw.”), an initial or an
    ordinal number (“12. März”), unless a word follows that can only begin a sentence.
    """
    return tuple(sentence for block in _blocks(text) for sentence in _split(block))


def words(sentence: str) -> int:
    """How many words a sentence has; “Vor-Ort-Termin” and “1.000” are one each."""
    return len(WORD.findall(sentence))


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, headings and items, each on one line."""
    lines: list[str] = []
    for line in text.splitlines():
        marker = _BLOCK.match(line)
        if (marker or not line.strip()) and lines:
            yield _bare(lines)
            lines = []
        if marker and "#" in marker[0]:
            yield _bare([line[marker.end() :]])
        elif line.strip():
            lines.append(line[marker.end() :] if marker else line)
    if lines:
        yield _bare(lines)


def _bare(lines: list[str]) -> str:
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", "\n".join(lines))).split())


def _split(block: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(block):
        if _ends_here(block[start : end.end()].rstrip(), block[end.end() :]):
            yield block[start : end.end()].rstrip()
            start = end.end()
    if block[start:].strip():
        yield block[start:].strip()


def _ends_here(before: str, after: str) -> bool:
    last = _LAST_WORD.search(before)
    if last is None:
        return True
    found = _NEXT_WORD.search(after)
    word, follower = last[1].lower(), found[0] if found else ""
    if follower in STARTERS:
        return True
    if word in BEFORE_NUMBERS:
        return not follower.isdigit()
    is_initial = len(word) == 1 and word.isalpha()
    return not (is_initial or word in ABBREVIATIONS or _ORDINAL.fullmatch(last[1]))
