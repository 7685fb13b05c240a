"""Template tags only the portal needs."""

from collections.abc import Mapping
from pathlib import PurePath

from django import template

from leitbild.core.models import Translatable
from leitbild.delivery.queries import Standing, Standings
from leitbild.plan.models import Measure
from leitbild.plan.queries.amendments import Amendment
from leitbild.plan.queries.contents import PartKey, kind_of
from leitbild.plan.queries.lineage import Lineage, Way
from leitbild.plan.queries.outline import MeasureEntry

register = template.Library()


@register.filter
def file_type(name: str) -> str:
    """What kind of file a name says it is: “PDF”, “DOCX”."""
    return PurePath(name).suffix.removeprefix(".").upper()


@register.simple_tag
def standing(standings: Standings, entry: MeasureEntry) -> Standing:
    """Where a measure stands."""
    return standings.of(entry)


@register.simple_tag
def amended(amendments: Mapping[PartKey, Amendment], row: Translatable) -> Amendment | None:
    """How a part differs from what the council adopted; None where it doesn't."""
    return amendments.get((kind_of(row), row.pk))


@register.simple_tag
def way(lineage: Lineage, measure: Measure) -> Way | None:
    """What the edition that followed did with a measure; None where nobody said."""
    return lineage.way(measure.pk)
