"""Lines of things that wait for somebody, in groups; each leads to the place where it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MOST_LINES: Final = 10
"""Most lines of a group; the rest stands where it is mended."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: `text` and `note` in the reader's language, `title` in the concept's."""

    href: str
    text: str = ""
    code: str = ""
    title: str = ""
    note: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind; where they aren't all listed, `more` leads to the rest."""

    name: str
    title: str
    lines: Sequence[Line]
    total: int
    more: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether it lists things of which it matters how many there are."""
        return self.total > 1 and not any(line.text for line in self.lines)


def group(name: str, title: str, lines: Sequence[Line], *, more: str = "") -> Group:
    """Lines of a kind: all of them, or the first where `more` leads to the rest."""
    listed = lines[:MOST_LINES] if more else lines
    return Group(name, title, listed, len(lines), more if len(listed) < len(lines) else "")
