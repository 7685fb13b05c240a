"""A round that asks, and what came of it."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import pytest

from leitbild.core.models import AuditEvent, PostedMail
from leitbild.core.refusal import Refused
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.models import (
    Answer,
    MilestoneValue,
    ProgressUpdate,
    Round,
    Ruling,
    UpdateRequest,
)
from leitbild.delivery.queries.answers import Question, open_requests, with_answers
from tests.delivery.asking import asking_town, sent
from tests.towns import report_on

NOW: Final = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
DUE: Final = dt.date(2026, 3, 23)
UNCHANGED, NEWS, NOT_MINE, HELP = AnswerKind


def asked_round() -> Round:
    """A town that asks for three measures; of the first two it is known how they stand."""
    town = asking_town()
    report_on(town, "1.1", "under_way", "2025-06-01")
    report_on(town, "1.2", "planned", "2025-06-01")
    return sent(DUE, "1.1", "1.2", "1.3")


def asked(code: str = "1.1") -> UpdateRequest:
    """The question about a measure."""
    return UpdateRequest.objects.select_related("recipient", "round", "measure").get(
        measure__code=code
    )


def refusal(call: Callable[[], object]) -> list[str]:
    """Why something is refused; it must leave nothing behind."""
    before = rows()
    with pytest.raises(Refused) as caught:
        call()
    assert rows() == before
    return caught.value.reasons


def rows() -> list[int]:
    """How much there is of what an answer may write."""
    tables = (Answer, Ruling, ProgressUpdate, MilestoneValue, AuditEvent, PostedMail)
    return [model.objects.count() for model in tables]


def is_open(code: str = "1.1") -> bool:
    """Whether the question waits; both ways to ask that say the same."""
    requests = UpdateRequest.objects.filter(measure__code=code)
    waits = open_requests(requests).exists()
    assert Question(with_answers(requests).get()).is_open == waits
    return waits


def events() -> list[tuple[str, str, dict[str, Any]]]:
    """What was logged since the round was sent, in order."""
    logged = AuditEvent.objects.order_by("pk").values_list("action", "actor_name", "changes")
    everything = list(logged)
    last = max(place for place, each in enumerate(everything) if each[0] == "round.send")
    return everything[last + 1 :]
