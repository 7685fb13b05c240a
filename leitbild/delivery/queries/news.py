"""The public news of a plan."""

from django.db.models import OuterRef, QuerySet, Subquery

from leitbild.delivery.models import ProgressUpdate
from leitbild.delivery.queries.standings import seen
from leitbild.plan.models import Concept, MeasureGoal


def public_news(concept: Concept, *, theme: int | None = None) -> QuerySet[ProgressUpdate]:
    """All public updates of measures that have a page, the newest first; of one theme by number.

    A measure belongs to the theme of its main goal; one that serves no goal yet has no page.
    """
    links = MeasureGoal.objects.filter(measure=OuterRef("measure")).order_by("position", "id")
    rows = ProgressUpdate.objects.filter(seen(internal=False), measure__concept=concept)
    rows = rows.alias(theme=Subquery(links.values("goal__theme__number")[:1]))
    rows = rows.filter(theme__isnull=False) if theme is None else rows.filter(theme=theme)
    return rows.order_by("-date", "-id")
