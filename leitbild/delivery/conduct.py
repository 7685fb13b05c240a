"""How a municipality conducts its plan: rhythm, approval, reminders, words and shapes of states.

It lies with the municipality as plain data (`Municipality.reporting`) and costs no query.
"""

from collections.abc import Mapping
from typing import Annotated, Final

from django.utils.translation import get_language, gettext
from pydantic import BaseModel, ConfigDict, Field

from leitbild.accounts.models import Municipality
from leitbild.delivery.enums import Release, Shape, State, Visibility

NO_NEWS: Final = "no_news"
MONTHS: Final = (1, 60)
"""Fewest and most months between two news."""
DAYS: Final = (1, 60)
"""Fewest and most days of a reminder before or after the due date."""

Months = Annotated[int, Field(ge=MONTHS[0], le=MONTHS[1])]
Days = Annotated[int, Field(ge=DAYS[0], le=DAYS[1])]
Word = Annotated[str, Field(min_length=1, max_length=60)]


class StateLook(BaseModel):
    """What a city calls a state, by language, and the form it gives its stone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: dict[str, Word] = {}
    shape: Shape | None = None


class Conduct(BaseModel):
    """All settings of delivery; what a city leaves out is as most cities want it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rhythm: Months = 6
    release: Release = Release.APPROVAL
    reminders_before: tuple[Days, ...] = (7,)
    reminders_after: tuple[Days, ...] = (3, 10)
    escalation_after: Days | None = None
    gaps: Visibility = Visibility.EVERYBODY
    money_is_public: bool = False
    states: dict[State, StateLook] = {}

    def label(self, name: str) -> str:
        """A state or `no_news` in the reader's words: the city's own where it has any."""
        if name == NO_NEWS:
            return gettext("no news yet")
        state = State(name)
        own: Mapping[str, str] = self.states[state].words if state in self.states else {}
        return own.get(get_language() or "") or str(state.label)

    def shape(self, name: str) -> str:
        """The form of a state's stone, as the stones of the sprite are called."""
        if name == NO_NEWS:
            return name
        state = State(name)
        look = self.states.get(state)
        return (look.shape if look and look.shape else Shape(state.value)).value


def conduct_of(municipality: Municipality) -> Conduct:
    """How this municipality conducts its plan."""
    return Conduct.model_validate(municipality.reporting)
