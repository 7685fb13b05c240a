"""What changed between two texts, word by word, so that people can read it.

Words are compared, never letters; the blanks before a word travel with it. What two texts
share only by chance (an “and” between two rewritten sentences) counts as changed too:
one longer replacement is easier to follow than many short ones.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final, Literal, TypeAlias

# Steps spent on one comparison, well under a second; what is left over counts as rewritten.
_STEPS: Final = 2_000_000
# A word, with hyphens, apostrophes and the like inside, or one sign; blanks at the end.
_TOKEN: Final = re.compile(r"(\s*)(\w+(?:[-’'./:]\w+)*|[^\w\s])|(\s+)\Z")
_CHANCE: Final = 3
"""Letters up to which what stayed between two changes is chance."""

_Match: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came.

    Those that stayed and went make the old text, those that stayed and came the new one.
    """

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class _Token:
    blank: str
    word: str

    @property
    def text(self) -> str:
        return self.blank + self.word


@dataclass(slots=True)
class _Change:
    """Text that stayed, then text that went and text that came in its place."""

    same: str = ""
    gone: str = ""
    new: str = ""

    @property
    def size(self) -> int:
        return max(len(self.gone), len(self.new))


def word_difference(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order, what went before what came in its place.

    The time is bounded: where it runs out, long texts with little in common count as rewritten.
    """
    changes = _without_chance(_changes(_tokens(old), _tokens(new)))
    return [piece for change in changes for piece in _pieces(change)]


def _tokens(text: str) -> list[_Token]:
    return [_Token(found[1] or found[3] or "", found[2] or "") for found in _TOKEN.finditer(text)]


def _changes(old: Sequence[_Token], new: Sequence[_Token]) -> Iterator[_Change]:
    change = _Change()
    at_old = at_new = 0
    for start_old, start_new, size in [*_matches(old, new), (len(old), len(new), 0)]:
        change.gone += _text(old[at_old:start_old])
        change.new += _text(new[at_new:start_new])
        at_old, at_new = start_old + size, start_new + size
        for before, after in zip(old[start_old:at_old], new[start_new:at_new], strict=True):
            # The same word may stand behind other blanks, for example in a new paragraph.
            if before.blank != after.blank:
                change.gone += before.blank
                change.new += after.blank
            if change.gone or change.new:
                yield change
                change = _Change()
            change.same += before.text if before.blank == after.blank else before.word
    yield change


def _text(tokens: Iterable[_Token]) -> str:
    return "".join(token.text for token in tokens)


def _matches(old: Sequence[_Token], new: Sequence[_Token]) -> list[_Match]:
    """Where the same words stand in both, in order: positions in both, and how many."""
    a, b = [token.word for token in old], [token.word for token in new]
    head = _shared(a, b)
    tail = _shared(a[head:][::-1], b[head:][::-1])
    end_a, end_b = len(a) - tail, len(b) - tail
    inner = _longest_first(a[head:end_a], b[head:end_b])
    return [
        (0, 0, head),
        *((i + head, j + head, size) for i, j, size in inner),
        (end_a, end_b, tail),
    ]


def _shared(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _longest_first(a: Sequence[str], b: Sequence[str]) -> list[_Match]:
    """The longest run of common words, then those before and after it, while the steps last."""
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    places = Counter(b)
    steps = _STEPS
    found: list[_Match] = []
    waiting = [(0, len(a), 0, len(b))]
    for low_a, high_a, low_b, high_b in waiting:
        steps -= sum(1 + places[word] for word in a[low_a:high_a])
        if steps < 0:
            break
        i, j, size = matcher.find_longest_match(low_a, high_a, low_b, high_b)
        if size:
            found.append((i, j, size))
            waiting.append((low_a, i, low_b, j))
            waiting.append((i + size, high_a, j + size, high_b))
    return sorted(found)


def _without_chance(changes: Iterable[_Change]) -> list[_Change]:
    """Changes with nothing but chance between them are one."""
    kept: list[_Change] = []
    for change in changes:
        last = change
        while kept and _is_chance(kept[-1], last):
            before = kept.pop()
            before.gone += last.same + last.gone
            before.new += last.same + last.new
            last = before
        kept.append(last)
    return kept


def _is_chance(before: _Change, after: _Change) -> bool:
    """Whether what stayed between two changes is too little to be worth a reader's stop."""
    stayed = after.same
    if "\n" in stayed or not before.size or not after.size:
        return False
    length = len(stayed.strip())
    return length <= _CHANCE or 2 * length <= min(before.size, after.size)


def _pieces(change: _Change) -> Iterator[Piece]:
    """The change's pieces; blanks that both sides begin with stayed."""
    blanks = 0
    for old, new in zip(change.gone, change.new, strict=False):
        if old != new or not old.isspace():
            break
        blanks += 1
    if same := change.same + change.gone[:blanks]:
        yield Piece("same", same)
    if gone := change.gone[blanks:]:
        yield Piece("gone", gone)
    if new := change.new[blanks:]:
        yield Piece("new", new)
