"""News of the plan as readers meet it: what was reported, of which measure, in which state."""

from collections.abc import Iterable
from dataclasses import dataclass

from leitbild.delivery.conduct import Conduct
from leitbild.delivery.models import ProgressUpdate
from leitbild.delivery.queries import Standing
from leitbild.plan.queries.outline import MeasureEntry


@dataclass(frozen=True, slots=True)
class NewsItem:
    """An update, its measure, and the state it named."""

    update: ProgressUpdate
    entry: MeasureEntry
    standing: Standing


def news_items(
    updates: Iterable[ProgressUpdate], entries: Iterable[MeasureEntry], conduct: Conduct
) -> list[NewsItem]:
    """The updates in their order, each with its measure, which is one of the entries."""
    by_measure = {entry.measure.pk: entry for entry in entries}
    return [
        NewsItem(update, by_measure[update.measure_id], Standing(update, conduct))
        for update in updates
        if update.measure_id in by_measure
    ]


def measures_of(updates: Iterable[ProgressUpdate]) -> set[int]:
    """The ids of the measures they are about."""
    return {each.measure_id for each in updates}
