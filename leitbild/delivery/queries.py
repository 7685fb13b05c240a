"""Reads about how measures fare."""

from dataclasses import dataclass
from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext

from leitbild.delivery.enums import State
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.models import Concept, Measure

NO_NEWS: Final = "no_news"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a measure stands by its last progress update; silence is a standing, too."""

    update: ProgressUpdate | None

    @property
    def name(self) -> str:
        """The state's name, or `no_news`."""
        return self.update.state if self.update else NO_NEWS

    @property
    def label(self) -> str:
        """The state in the reader's words."""
        return state_label(self.name)


def state_label(name: str) -> str:
    """A state or `no_news` in the reader's words."""
    return gettext("no news yet") if name == NO_NEWS else str(State(name).label)


def state_names() -> list[str]:
    """All states in the order in which they are shown, silence last."""
    return [*State.values, NO_NEWS]


def current_updates(concept: Concept) -> dict[int, ProgressUpdate]:
    """The last progress update of each measure that has one, by the measure's id. One query."""
    latest = (
        ProgressUpdate.objects.filter(measure=OuterRef("pk")).order_by("-date", "-id").values("pk")
    )
    wanted = Measure.objects.filter(concept=concept).values(latest=Subquery(latest[:1]))
    return {update.measure_id: update for update in ProgressUpdate.objects.filter(pk__in=wanted)}


def updates_of(concept: Concept, code: str) -> QuerySet[ProgressUpdate]:
    """All progress updates of the concept's measure with this code, the newest first."""
    updates = ProgressUpdate.objects.filter(measure__concept=concept, measure__code=code)
    return updates.order_by("-date", "-id")
