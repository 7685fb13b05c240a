"""The arranging page: every part with its neighbours, and what a move has done in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leitbild.office.concept.forms.concepts import Move
from leitbild.plan.enums import PartKind
from leitbild.plan.queries.outline import Outline


@dataclass(frozen=True, slots=True)
class Line:
    """A part that can be moved: `up` and `down` are what its buttons send, '' at the edge."""

    kind: PartKind
    row: Any
    name: str
    code: str
    up: str
    down: str
    under: str
    lines: tuple["Line", ...] = ()

    @property
    def anchor(self) -> str:
        """What the address calls the line."""
        return f"{self.kind}-{self.row.pk}"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A concept's parts in their order."""

    outline: Outline

    @property
    def themes(self) -> list[Line]:
        """Themes with their goals with their measures."""
        rows = [each.theme for each in self.outline.themes]
        return [
            _line(PartKind.THEME, rows, place, None, self._goals(place))
            for place in range(len(rows))
        ]

    def _goals(self, theme: int) -> tuple[Line, ...]:
        entry = self.outline.themes[theme]
        rows = [each.goal for each in entry.goals]
        measures = [[each.measure for each in goal.measures] for goal in entry.goals]
        return tuple(
            _line(
                PartKind.GOAL,
                rows,
                place,
                entry.theme.pk,
                tuple(
                    _line(PartKind.MEASURE, measures[place], each, rows[place].pk)
                    for each in range(len(measures[place]))
                ),
            )
            for place in range(len(rows))
        )


def _line(
    kind: PartKind,
    rows: Sequence[Any],
    place: int,
    under: int | None,
    lines: tuple[Line, ...] = (),
) -> Line:
    row = rows[place]
    above = rows[place - 1].pk if place else None
    below = rows[place + 2].pk if place + 2 < len(rows) else ""
    stem, parent = f"{kind}.{row.pk}", under or ""
    return Line(
        kind=kind,
        row=row,
        name=row.t.name if kind == PartKind.THEME else row.t.title,
        code=_code(row),
        up=f"{stem}.{above}.{parent}" if above else "",
        down=f"{stem}.{below}.{parent}" if place + 1 < len(rows) else "",
        under=str(parent),
        lines=lines,
    )


def _code(row: Any) -> str:
    return str(row.number if hasattr(row, "number") else row.code)


def moved_sentence(outline: Outline, move: Move) -> str:
    """Where the part stands now, for those who don't see it."""
    lists: dict[PartKind, list[list[Any]]] = {
        PartKind.THEME: [[each.theme for each in outline.themes]],
        PartKind.GOAL: [[goal.goal for goal in each.goals] for each in outline.themes],
        PartKind.MEASURE: [
            [entry.measure for entry in goal.measures]
            for each in outline.themes
            for goal in each.goals
        ],
    }
    for rows in lists[move.kind]:
        ids = [row.pk for row in rows]
        if move.part_id in ids:
            return _place(rows, ids.index(move.part_id))
    return _("It has been moved.")


def _place(rows: Sequence[Any], place: int) -> str:
    code = _code(rows[place])
    if place + 1 < len(rows):
        return _("{code} now stands before {other}.").format(
            code=code, other=_code(rows[place + 1])
        )
    if place:
        return _("{code} now stands after {other}.").format(code=code, other=_code(rows[place - 1]))
    return _("{code} now stands alone here.").format(code=code)
