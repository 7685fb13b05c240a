"""What reading a file tells beside the document: what found no place, and what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


class Spot(str):
    """A place in words that also knows how far down the file it is."""

    __slots__ = ("at",)
    at: tuple[int, ...]

    def __new__(cls, text: str, at: tuple[int, ...] = ()) -> Self:
        """Take the words, and numbers such as sheet, row and column; the whole file has none."""
        spot = super().__new__(cls, text)
        spot.at = at
        return spot


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: where it stands in the file, and how to mend it."""

    place: str
    reason: str

    def __str__(self) -> str:
        """Place and reason as one line."""
        return f"{self.place}: {self.reason}" if self.place else self.reason


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something the document has no room for: where it stands, and how it begins.

    What `is_taken` has a place all the same, and `text` says what was assumed for that.
    """

    place: str
    text: str
    is_taken: bool = False

    def __str__(self) -> str:
        """Place and text as one line."""
        return f"{self.place}: {self.text}" if self.place else self.text


class UnreadableFile(Exception):
    """A file that can't be used at all; its message is for the user."""

    def __init__(self, message: str) -> None:
        """Keep the sentence."""
        super().__init__(message)
        self.message = message


class InvalidFile(Exception):
    """A readable file with errors; carries all of them, and what found no place beside them.

    They come in the order of the file, because that is how one goes through it to mend it.
    A misspelt sheet or column finds no place, and is often why something else is missing.
    """

    def __init__(self, problems: Iterable[Problem], unplaced: Iterable[Unplaced] = ()) -> None:
        """Keep each problem once, what concerns the whole file first."""
        self.problems = tuple(sorted(dict.fromkeys(problems), key=_position))
        self.unplaced = tuple(each for each in unplaced if not each.is_taken)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def _position(problem: Problem) -> tuple[int, ...]:
    return problem.place.at if isinstance(problem.place, Spot) else ()
