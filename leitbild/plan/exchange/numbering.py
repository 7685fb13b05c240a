"""Fills in the numbers, codes and short names that authors may leave out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from leitbild.plan.exchange.slugs import free_slug

Data = dict[str, Any]
_WORDS = {
    "themes": "thema",
    "organisations": "organisation",
    "stages": "stufe",
    "target_groups": "gruppe",
}


def add_slugs(part: str, rows: Sequence[Data], source: str) -> None:
    """Short names made from names, for rows without one."""
    taken = {str(row["slug"]) for row in rows if "slug" in row}
    for row in rows:
        if "slug" not in row and "name" in row:
            row["slug"] = free_slug(_text(row["name"], source), taken=taken, word=_WORDS[part])


def add_theme_numbers(themes: Sequence[Data]) -> None:
    """Numbers by position, for themes without one."""
    taken = {str(theme["number"]) for theme in themes if "number" in theme}
    for position, theme in enumerate(themes, start=1):
        if "number" not in theme:
            number = position
            while str(number) in taken:
                number += 1
            taken.add(str(number))
            theme["number"] = number


def add_goal_codes(goals: Sequence[Data]) -> None:
    """Codes such as 2a, 2b by theme, for goals without one."""
    taken = {str(goal["code"]) for goal in goals if "code" in goal}
    counted: Counter[str] = Counter()
    for goal in goals:
        theme = _prefix(goal.get("theme"))
        if "code" not in goal:
            goal["code"] = _free(f"{theme}{{}}", counted, theme, taken, _letters)


def add_measure_codes(measures: Sequence[Data], goals: Sequence[Data]) -> None:
    """Codes such as 2.1, 2.2 by the main goal's theme, for measures without one."""
    themes = {str(goal.get("code")): goal.get("theme") for goal in goals}
    taken = {str(measure["code"]) for measure in measures if "code" in measure}
    counted: Counter[str] = Counter()
    for measure in measures:
        theme = _prefix(themes.get(next(iter(measure.get("goals", ())), "")))
        if "code" not in measure:
            measure["code"] = _free(f"{theme}.{{}}", counted, theme, taken, str)


def _prefix(theme: object) -> str:
    """The theme's number; a theme that doesn't exist is a problem of its own, reported there."""
    number = str(theme)
    return number if number.isdecimal() else "0"


def _free(pattern: str, counted: Counter[str], theme: str, taken: set[str], shown: Any) -> str:
    while True:
        counted[theme] += 1
        code = pattern.format(shown(counted[theme]))
        if code not in taken:
            taken.add(code)
            return code


def _letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters


def _text(texts: Any, source: str) -> str:
    """The text in the document's language, or any."""
    if not isinstance(texts, Mapping):
        return str(texts)
    return str(texts.get(source) or next(iter(texts.values()), ""))
