"""Every shared read of delivery."""

from leitbild.delivery.conduct import NO_NEWS
from leitbild.delivery.queries.standings import (
    Standing,
    Standings,
    current_updates,
    standings,
    state_names,
    updates_of,
)

__all__ = [
    "NO_NEWS",
    "Standing",
    "Standings",
    "current_updates",
    "standings",
    "state_names",
    "updates_of",
]
