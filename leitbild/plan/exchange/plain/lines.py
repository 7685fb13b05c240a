"""The line of each value in a text file."""

from collections.abc import Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from leitbild.plan.document import Place
from leitbild.plan.exchange.problems import Spot


class Lines:
    """Where in a text file each part of the data stands; the top has no line."""

    def __init__(self) -> None:
        """Begin without any."""
        self._lines: dict[Place, int] = {}

    def note(self, place: Place, line: int) -> None:
        """Remember the line of a place, counted from 1."""
        self._lines[place] = line

    def name(self, place: Place) -> Spot:
        """The place as keys and positions, with its line or that of what holds it."""
        path = _path(place)
        for end in range(len(place), 0, -1):
            if line := self._lines.get(place[:end]):
                return Spot(_("{path} (line {line})").format(path=path, line=line), (line,))
        return Spot(path)

    def words(self, choices: type[TextChoices]) -> list[str]:
        """The values themselves."""
        return list(choices.values)


def _path(place: Sequence[str | int]) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return path.removeprefix(".")
