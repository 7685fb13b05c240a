"""How a concept numbers its goals and measures, and which number comes next."""

import re
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Final

from leitbild.plan.enums import PartKind

_WITH_THEME: Final = re.compile(r"(?P<head>\D*)(?P<theme>\d+)(?P<gap>[^\w]*)(?P<run>\d+|[a-z]+)")
_WITHOUT: Final = re.compile(r"(?P<head>\D*)(?P<run>\d+)")
_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class CodePattern:
    """How codes are made: “M2.07” is `head` M, the theme's number, `gap` “.”, two digits.

    A pattern without the theme's number counts through the whole concept: “Z1”, “Z2”.
    """

    head: str = ""
    gap: str = ""
    letters: bool = False
    digits: int = 1
    by_theme: bool = True

    def code(self, theme: int, number: int) -> str:
        """The code of the part with this running number."""
        run = letters(number) if self.letters else str(number).zfill(self.digits)
        return f"{self.head}{theme}{self.gap}{run}" if self.by_theme else f"{self.head}{run}"

    def free(self, theme: int, taken: Container[str]) -> str:
        """The code after the last of this theme that is taken; gaps stay gaps."""
        used = (number for number in range(1, _MOST) if self.code(theme, number) in taken)
        return self.code(theme, max(used, default=0) + 1)


USUAL: Final = {
    PartKind.GOAL: CodePattern(letters=True),
    PartKind.MEASURE: CodePattern(gap="."),
}
"""How the product numbers where a concept has no numbers yet: goals 1a, measures 1.1."""


def pattern_of(kind: PartKind, codes: Iterable[str]) -> CodePattern:
    """The pattern most of these codes follow; the usual one where there is none to see."""
    patterns = [pattern for code in codes if (pattern := _pattern(code))]
    if not patterns:
        return USUAL[kind]
    [(common, _times)] = Counter(replace(each, digits=1) for each in patterns).most_common(1)
    # Of 01 … 40 only the first nine show how wide the numbers are.
    digits = max(each.digits for each in patterns if replace(each, digits=1) == common)
    return replace(common, digits=digits)


def _pattern(code: str) -> CodePattern | None:
    if match := _WITH_THEME.fullmatch(code):
        run = match["run"]
        pattern = CodePattern(match["head"], match["gap"], letters=run.isalpha())
        if match["gap"] or pattern.letters:
            return replace(pattern, digits=len(run)) if run.startswith("0") else pattern
    if match := _WITHOUT.fullmatch(code):
        run = match["run"]
        digits = len(run) if run.startswith("0") else 1
        return CodePattern(match["head"], digits=digits, by_theme=False)
    return None


def letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    found = ""
    while number:
        number, digit = divmod(number - 1, 26)
        found = chr(ord("a") + digit) + found
    return found
