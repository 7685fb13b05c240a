"""Every write of delivery."""

from leitbild.delivery.actions.answering import give_answer, mark_opened
from leitbild.delivery.actions.progress import (
    NewUpdate,
    confirm_unchanged,
    record_update,
    record_updates,
)
from leitbild.delivery.actions.ruling import (
    accept_answer,
    accept_answers,
    decline_answer,
    settle_answer,
)

__all__ = [
    "NewUpdate",
    "accept_answer",
    "accept_answers",
    "confirm_unchanged",
    "decline_answer",
    "give_answer",
    "mark_opened",
    "record_update",
    "record_updates",
    "settle_answer",
]
