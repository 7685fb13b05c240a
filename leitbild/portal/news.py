"""News of the plan as readers meet it: what was reported, of which measure, in which state."""

from collections.abc import Iterable
from dataclasses import dataclass

from leitbild.delivery.conduct import Conduct
from leitbild.delivery.models import ProgressUpdate
from leitbild.delivery.queries import Standing
from leitbild.plan.queries.outline import MeasureEntry, Outline


@dataclass(frozen=True, slots=True)
class NewsItem:
    """An update, its measure, and the state it named."""

    update: ProgressUpdate
    entry: MeasureEntry
    standing: Standing


def news_items(
    updates: Iterable[ProgressUpdate], outline: Outline, conduct: Conduct
) -> list[NewsItem]:
    """The updates in their order, each with its measure."""
    entries = {entry.measure.pk: entry for entry in outline.measures}
    return [
        NewsItem(update, entries[update.measure_id], Standing(update, conduct))
        for update in updates
        if update.measure_id in entries
    ]
