"""The public news of a plan."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from leitbild.delivery.models import ProgressUpdate
from leitbild.delivery.queries.standings import seen
from leitbild.plan.models import Concept, Measure, MeasureGoal


def public_news(concept: Concept, *, theme: int | None = None) -> QuerySet[ProgressUpdate]:
    """All public updates of measures that have a page, the newest first; of one theme by number.

    A measure belongs to the theme of its main goal; one that serves no goal yet has no page.
    """
    measures = Measure.objects.filter(concept=concept)
    links = MeasureGoal.objects.filter(measure=OuterRef("pk")).order_by("position", "id")
    if theme is None:
        measures = measures.filter(Exists(links))
    else:
        main = Subquery(links.values("goal__theme__number")[:1])
        measures = measures.alias(theme=main).filter(theme=theme)
    rows = ProgressUpdate.objects.filter(seen(internal=False), measure__in=measures)
    return rows.order_by("-date", "-id")
