"""Template tags only the portal needs."""

from django import template

from leitbild.delivery.queries import Standing
from leitbild.plan.queries.outline import MeasureEntry
from leitbild.portal.reading import Standings

register = template.Library()


@register.simple_tag
def standing(standings: Standings, entry: MeasureEntry) -> Standing:
    """Where a measure stands."""
    return standings.of(entry)
