"""Who is to be reminded or told about now, by the clock alone."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from leitbild.accounts.models import Contact
from leitbild.delivery.conduct import conduct_of
from leitbild.delivery.ladder import ladder, ladder_of
from leitbild.delivery.models import Recipient, Round
from leitbild.delivery.queries.rounds import waiting_recipients


@dataclass(slots=True)
class Steps:
    """What is due in a round: people with the day of their reminder, and whom heads hear of."""

    reminders: list[tuple[Recipient, dt.date]] = field(default_factory=list)
    escalations: dict[Contact, list[Recipient]] = field(default_factory=dict)


def due_steps(rounds: Iterable[Round], now: dt.datetime) -> dict[int, Steps]:
    """What is due in these rounds, by their ids; rounds in which nothing is are left out.

    The rounds come with concept and municipality. Two queries, one where it is too early for any.
    """
    today = timezone.localdate(now)
    awake = {each.pk: each for each in rounds if _has_begun(each, today)}
    if not awake:
        return {}
    found: dict[int, Steps] = {}
    told: list[Recipient] = []
    people = waiting_recipients(awake.values()).filter(asked_at__isnull=False, expires_at__gt=now)
    for person in people.order_by("pk"):
        person.round = awake[person.round_id]
        steps = ladder_of(person, conduct_of(person.round.concept.municipality))
        step = steps.missed(since=_last_mail(person), today=today)
        if step is not None:
            found.setdefault(person.round_id, Steps()).reminders.append((person, step))
        if steps.escalation and steps.escalation <= today and person.escalated_at is None:
            told.append(person)
    for person, head in _with_heads(told):
        escalations = found.setdefault(person.round_id, Steps()).escalations
        escalations.setdefault(head, []).append(person)
    return found


def _has_begun(round_: Round, today: dt.date) -> bool:
    """Whether the first step of anybody in this round can have come."""
    earliest = ladder(round_.due, dt.date.min, conduct_of(round_.concept.municipality))
    days = [*earliest.reminders, *([earliest.escalation] if earliest.escalation else [])]
    return any(day <= today for day in days)


def _last_mail(recipient: Recipient) -> dt.date:
    """The day of the last mail somebody got in a round."""
    moments = [each for each in (recipient.asked_at, recipient.reminded_at) if each]
    return max(timezone.localdate(each) for each in moments)


def _with_heads(people: Sequence[Recipient]) -> list[tuple[Recipient, Contact]]:
    """Those whose organisation named a head, unless that is themselves."""
    organisations = {each.organisation_id for each in people if each.organisation_id}
    if not organisations:
        return []
    heads: Mapping[int, Contact] = {
        each.organisation_id: each
        for each in Contact.objects.filter(
            organisation__in=organisations, is_head=True
        ).select_related("organisation")
    }
    found = [(each, heads.get(each.organisation_id or 0)) for each in people]
    return [
        (person, head)
        for person, head in found
        if head and head.email.lower() != person.email.lower()
    ]
