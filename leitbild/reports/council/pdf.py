"""The implementation report as PDF: for paper and screen, tagged and accessible (PDF/UA-1)."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from leitbild.reports.council import paper
from leitbild.reports.council.content import CouncilReport
from leitbild.reports.council.phrasing import more_words, phrased
from leitbild.reports.council.words import labels, reading
from leitbild.reports.typesetting import Node, UnprintableSigns, typeset

_INSTEAD: Final = "�"
"""Stands for a sign that no font at hand has; news can't be reworded once it was reported."""
_ATTEMPTS: Final = 5
_CROWD: Final = 14
"""Measures of one theme from which on stones on the first page are smaller."""
_MANY: Final = 30


def council_pdf(report: CouncilReport) -> bytes:
    """The report as PDF/UA-1, in its own language; the same report gives the same bytes."""
    with translation.override(report.language):
        data = _data(report)
    for _attempt in range(_ATTEMPTS):
        try:
            return typeset("report.typ", data, day=report.made)
        except UnprintableSigns as error:
            data = _without(data, error.signs)
    return typeset("report.typ", data, day=report.made)


def _data(report: CouncilReport) -> Node:
    """Everything the template prints."""
    said = phrased(report)
    return {
        **asdict(said),
        "measures": None,
        "summary": {
            name: _points(getattr(said.summary, name), said.themes_word)
            for name in ("moved", "still", "decisions")
        },
        "date": [report.made.year, report.made.month, report.made.day],
        "labels": labels(),
        "reading": reading(said.until, said.before),
        "glance": _glance(said),
        "stone": _stone_size(said.themes),
        "comparison-note": _(
            "Rows are the states of {before}, columns those of {until}. Where both are the same, "
            "nothing has moved."
        ).format(before=said.before, until=said.until),
        "money-note": _(
            "Outlined bars are what was planned, filled ones what was spent; below each sum stands "
            "how many measures gave a figure."
        ),
    }


def _points(found: paper.Points, themes_word: str) -> Node:
    """A list, with what is to be said where only its first `n` fit: `more[n]`."""
    more = [more_words(found.all[shown:], themes_word) for shown in range(len(found.all) + 1)]
    return {"all": [asdict(each) for each in found.all], "more": more}


def _glance(said: paper.Paper) -> str:
    """The picture of all stones in words, for whoever can't see it."""
    rows = [
        "{name}: {counts}".format(
            name=theme.name,
            counts=", ".join(f"{each.now} {each.label}" for each in theme.counts if each.now),
        )
        for theme in said.themes
        if theme.measures
    ]
    return "; ".join([_("Each measure as a stone, one row a theme"), *rows])


def _stone_size(themes: Sequence[paper.Theme]) -> float:
    """Millimetres of a stone on the first page: the fuller a theme, the smaller."""
    most = max((len(theme.measures) for theme in themes), default=0)
    return 5.2 if most <= _CROWD else 3.2 if most <= _MANY else 1.9


def _without(value: Node, signs: Sequence[str]) -> Node:
    """The data with signs replaced that can't be printed."""
    table = {ord(sign): _INSTEAD for each in signs for sign in each}

    def cleaned(part: object) -> object:
        if isinstance(part, str):
            return part.translate(table)
        if isinstance(part, dict):
            return {key: cleaned(each) for key, each in part.items()}
        if isinstance(part, list):
            return [cleaned(each) for each in part]
        return part

    return {key: cleaned(part) for key, part in value.items()}
