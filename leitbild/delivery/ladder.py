"""When somebody who doesn't answer is reminded, when their head is told, when a round ends.

Pure computation with days; nothing here asks the clock or the database.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from leitbild.delivery.conduct import Conduct
from leitbild.delivery.models import Recipient

MORNING: Final = dt.time(7)
"""No reminder leaves before; nobody's phone shall wake them."""
LIFETIME: Final = dt.timedelta(days=30)
"""How long after the due date a link still takes an answer."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The days of reminders in their order, and the day on which the head is told, if any."""

    reminders: tuple[dt.date, ...]
    escalation: dt.date | None

    def missed(self, *, since: dt.date, today: dt.date) -> dt.date | None:
        """The latest step after a day that has come: of several missed ones only that is made up.

        A step on the day itself counts as done, so nobody gets two mails on one day.
        """
        return max((each for each in self.reminders if since < each <= today), default=None)

    def ahead(self, today: dt.date) -> dt.date | None:
        """The day of the next reminder after today."""
        return min((each for each in self.reminders if each > today), default=None)


def ladder(due: dt.date, asked: dt.date, conduct: Conduct) -> Ladder:
    """The steps for somebody who was asked on a day for an answer by a day.

    Who was asked only after the due date, because a question was handed on to them, has as many
    days before they are reminded and their head is told as everybody else.
    """
    clock = max(due, asked)
    days = [-each for each in conduct.reminders_before] + list(conduct.reminders_after)
    after = conduct.escalation_after
    return Ladder(
        reminders=tuple(sorted({clock + dt.timedelta(days=each) for each in days})),
        escalation=None if after is None else clock + dt.timedelta(days=after),
    )


def ladder_of(recipient: Recipient, conduct: Conduct) -> Ladder:
    """The steps for a recipient of a round that was sent."""
    return ladder(recipient.round.due, timezone.localdate(recipient.asked_at), conduct)


def last_day(due: dt.date) -> dt.date:
    """The last day on which a link takes an answer."""
    return due + LIFETIME


def end_of_links(due: dt.date) -> dt.datetime:
    """The moment from which no link of a round takes an answer: the end of its last day."""
    return timezone.make_aware(dt.datetime.combine(last_day(due) + dt.timedelta(1), dt.time()))
