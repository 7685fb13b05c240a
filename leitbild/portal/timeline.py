"""A measure's timeline: what happened to it and what is to come, one after the other."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from leitbild.delivery.queries import Standing
from leitbild.delivery.queries.dossier import Dossier
from leitbild.plan.queries.amendments import Amendment


class Kind(StrEnum):
    """What can happen to a measure; on the same day what comes last here is told first."""

    ADOPTION = auto()
    RESOLUTION = auto()
    AMENDMENT = auto()
    PAPER = auto()
    MILESTONE = auto()
    UPDATE = auto()


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened on a day, and the row that says what.

    An update has the state it named; `number` is that of the publication which can be read
    or compared with.
    """

    kind: Kind
    day: dt.date | None
    row: Any
    standing: Standing | None = None
    number: int | None = None


def timeline(found: Dossier, amendments: Iterable[Amendment]) -> list[Happening]:
    """Updates, milestones, papers, resolutions, changes of the text; the newest first.

    A milestone stands at the day it was done, or is due. What has no day comes last.
    """
    happenings = [
        *_updates(found),
        *_milestones(found),
        *(Happening(Kind.PAPER, paper.date, paper) for paper in found.papers),
        *_resolutions(found),
        *_amendments(amendments),
    ]
    kinds = list(Kind)
    # Within a kind the newest rows came first; sorting keeps them so.
    return sorted(
        happenings,
        key=lambda each: (each.day or dt.date.min, kinds.index(each.kind)),
        reverse=True,
    )


def _updates(found: Dossier) -> Iterator[Happening]:
    for update in found.updates:
        yield Happening(Kind.UPDATE, update.date, update, Standing(update, found.conduct))


def _milestones(found: Dossier) -> Iterator[Happening]:
    for step in reversed(found.milestones):
        yield Happening(Kind.MILESTONE, step.done or step.milestone.due, step)


def _resolutions(found: Dossier) -> Iterator[Happening]:
    """The concept's resolutions; where one adopted a publication, its text can be read."""
    left = list(found.adoptions)
    for row in found.resolutions:
        adoption = next((each for each in left if each.date == row.date), None)
        if adoption:
            left.remove(adoption)
        yield Happening(Kind.RESOLUTION, row.date, row, number=getattr(adoption, "number", None))
    for each in left:
        yield Happening(Kind.ADOPTION, each.date, each, number=getattr(each, "number", None))


def _amendments(amendments: Iterable[Amendment]) -> Iterator[Happening]:
    for change in amendments:
        for step in change.steps:
            yield Happening(Kind.AMENDMENT, step.day, step, number=change.number)
