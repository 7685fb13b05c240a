"""The matrix of arrival: stages by themes, with the gaps shown as gaps."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leitbild.delivery.queries import Standings
from leitbild.plan.models import ArrivalStage, Theme
from leitbild.plan.queries.outline import Outline
from leitbild.portal.glance import Stone
from leitbild.portal.reading import reading


@dataclass(frozen=True, slots=True)
class Cell:
    """The measures of one theme for one stage."""

    theme: Theme
    stones: tuple[Stone, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A stage with one cell per theme."""

    stage: ArrivalStage
    cells: tuple[Cell, ...]


def matrix(stages: list[ArrivalStage], outline: Outline, standings: Standings) -> list[Line]:
    """Every stage with every theme; a cell without measures is a gap."""
    return [
        Line(
            stage,
            tuple(
                Cell(
                    theme.theme,
                    tuple(
                        Stone(entry, standings.of(entry))
                        for entry in theme.measures
                        if stage in entry.stages
                    ),
                )
                for theme in outline.themes
            ),
        )
        for stage in stages
    ]


@require_safe
def arrival(request: HttpRequest) -> HttpResponse:
    """What the concept does for people at each stage of their arrival."""
    page = reading(request)
    stages = list(page.municipality.stages.all())
    outline = page.outline(beside=stages)
    lines = matrix(stages, outline, page.standings)
    gaps = [(line.stage, cell.theme) for line in lines for cell in line.cells if not cell.stones]
    return render(
        request,
        "portal/arrival.html",
        {
            "concept": page.concept,
            "themes": [entry.theme for entry in outline.themes],
            "lines": lines,
            "gaps": gaps,
            "unassigned": [entry for entry in outline.measures if not entry.stages],
        },
    )
