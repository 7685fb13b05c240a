"""Looking after rounds by the clock: remind who hasn't answered, tell heads, end what is over."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.db import transaction
from django.utils import timezone

from leitbild.accounts.models import Contact
from leitbild.delivery.actions.round_mail import LinkTo, log_round, open_measures, post_letter
from leitbild.delivery.ladder import MORNING, end_of_links
from leitbild.delivery.letters import escalating, reminding
from leitbild.delivery.models import Recipient, Round
from leitbild.delivery.queries.reminding import Steps, due_steps
from leitbild.delivery.queries.rounds import mail_key, open_rounds

SLICE: Final = 200
"""Rounds looked after at a time."""


def attend_rounds(*, link_to: LinkTo, now: dt.datetime | None = None) -> int:
    """Do what is due in all rounds now; how many mails that were. Safe to call at any time.

    Every minute, after a week of standstill, or twice at once: each step is done once and on no
    day more than one for a person. Rounds are read some at a time; at most three queries for
    those while nothing is due.
    """
    now = now or timezone.now()
    is_day = timezone.localtime(now).time() >= MORNING
    mails = 0
    for rounds in _some_at_a_time():
        running = [each for each in rounds if end_of_links(each.due) > now]
        for each in rounds:
            if each not in running:
                _end(each, now)
        if is_day:
            mails += sum(_attend(pk, link_to, now) for pk in due_steps(running, now))
    return mails


def _some_at_a_time() -> Iterator[list[Round]]:
    """All open rounds of all municipalities, which may be many."""
    waiting = open_rounds().select_related("concept__municipality").order_by("pk")
    last = 0
    while rounds := list(waiting.filter(pk__gt=last)[:SLICE]):
        yield rounds
        if len(rounds) < SLICE:
            return
        last = rounds[-1].pk


@transaction.atomic
def _end(round_: Round, now: dt.datetime) -> None:
    """Close a round whose links take no more answers."""
    closed = open_rounds().filter(pk=round_.pk).update(closed_at=now)
    if closed:
        log_round("round.close", round_, by=None)


@transaction.atomic
def _attend(pk: int, link_to: LinkTo, now: dt.datetime) -> int:
    """What is due in a round, found once more under its lock: an answer may just have come."""
    locked = open_rounds().select_for_update(of=("self",)).select_related("concept__municipality")
    steps = due_steps(locked.filter(pk=pk), now).get(pk)
    if steps is None:
        return 0
    for recipient, step in steps.reminders:
        _remind(recipient, step, link_to, now)
    for head, people in steps.escalations.items():
        _tell(head, people, now)
    reminded, told = len(steps.reminders), len(steps.escalations)
    log_round("round.remind", _round_of(steps), by=None, reminded=reminded, heads_told=told)
    return reminded + told


def _round_of(steps: Steps) -> Round:
    people = [each for each, _step in steps.reminders]
    return next(
        iter([*people, *(each for own in steps.escalations.values() for each in own)])
    ).round


def _remind(recipient: Recipient, step: dt.date, link_to: LinkTo, now: dt.datetime) -> None:
    recipient.reminded += 1
    recipient.reminded_at = now
    recipient.save(update_fields=["reminded", "reminded_at"])
    letter = reminding(
        recipient,
        open_measures(recipient),
        link=link_to(recipient),
        today=timezone.localdate(now),
    )
    post_letter(letter, key=mail_key(recipient, f"reminder:{step}"), round_=recipient.round)


def _tell(head: Contact, people: list[Recipient], now: dt.datetime) -> None:
    """One mail to a head, about all who haven't answered."""
    round_ = people[0].round
    Recipient.objects.filter(pk__in=[each.pk for each in people]).update(escalated_at=now)
    letter = escalating(head, round_, {each: open_measures(each) for each in people})
    day = timezone.localdate(now)
    post_letter(letter, key=f"round:{round_.pk}:head:{head.pk}:{day}", round_=round_)
