"""Asking for news: prepare a round, send it, close it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.models import Contact, User
from leitbild.core.refusal import Refused
from leitbild.core.templatetags.components import day
from leitbild.delivery.actions.reporting import obstacles_to_reporting
from leitbild.delivery.actions.round_mail import (
    LinkTo,
    locked_round,
    log_round,
    obstacles_to_asking,
    open_measures,
    post_letter,
)
from leitbild.delivery.ladder import end_of_links
from leitbild.delivery.letters import asking
from leitbild.delivery.models import Recipient, Round, UpdateRequest
from leitbild.delivery.queries.responsible import responsible_contacts
from leitbild.delivery.queries.rounds import asked_already, mail_key, round_digest
from leitbild.plan.models import Concept, Measure

LONGEST_WAIT: Final = dt.timedelta(days=365)
"""A due date further away is a slip of the keyboard."""
LONGEST_MESSAGE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A round that can be sent, and the chosen measures nobody can be asked for."""

    round: Round
    left_out: Sequence[Measure]


@transaction.atomic
def prepare_round(
    *,
    concept: Concept,
    measures: Sequence[Measure],
    subject: str,
    message: str,
    due: dt.date,
    by: User,
) -> Prepared:
    """Put a round together, one recipient for each address; nothing is sent yet.

    Raises Refused with every reason at once. Measures nobody can be asked for are left out
    and reported.
    """
    round_ = Round(concept=concept, created_by=by, subject=subject, message=message, due=due)
    return _compose("round.create", round_, measures, by=by)


@transaction.atomic
def change_round(
    *,
    round_: Round,
    measures: Sequence[Measure],
    subject: str,
    message: str,
    due: dt.date,
    by: User,
    seen: str = "",
) -> Prepared:
    """Put a round together anew that wasn't sent yet; whom it asks is looked up again.

    `seen` is the digest of what `by` had before them, where they had something before them.
    """
    round_ = locked_round(round_)
    if reasons := _obstacles_to_changing(round_, seen):
        raise Refused(reasons)
    round_.subject, round_.message, round_.due = subject, message, due
    return _compose("round.change", round_, measures, by=by)


@transaction.atomic
def discard_round(*, round_: Round, by: User) -> None:
    """Throw a round away that was never sent."""
    round_ = locked_round(round_)
    if reasons := _obstacles_to_changing(round_):
        raise Refused(reasons)
    log_round("round.discard", round_, by=by)
    round_.delete()


@transaction.atomic
def send_round(*, round_: Round, by: User, link_to: LinkTo, site: str, seen: str = "") -> int:
    """Mail everybody their one link; how many mails that were.

    `site` is the origin of the links, which reminders will need; `seen` is as in `change_round`.
    """
    round_ = locked_round(round_)
    if reasons := _obstacles_to_changing(round_, seen) or obstacles_to_sending(round_):
        raise Refused(reasons)
    now = timezone.now()
    round_.sent_at, round_.site = now, site
    round_.save(update_fields=["sent_at", "site"])
    people = list(round_.recipients.all())
    for each in people:
        each.round = round_
        each.asked_at, each.expires_at = now, end_of_links(round_.due)
        letter = asking(
            each, open_measures(each), link=link_to(each), today=timezone.localdate(now)
        )
        post_letter(letter, key=mail_key(each, "asked"), round_=round_)
    Recipient.objects.bulk_update(people, ["asked_at", "expires_at"])
    measures = [each.measure for each in round_.requests.select_related("measure")]
    log_round("round.send", round_, by=by, measures=measures, people=len(people))
    return len(people)


@transaction.atomic
def close_round(*, round_: Round, by: User | None) -> None:
    """End a round: its links take no more answers, nobody is reminded any more."""
    round_ = locked_round(round_)
    if reasons := obstacles_to_asking(round_):
        raise Refused(reasons)
    round_.closed_at = timezone.now()
    round_.save(update_fields=["closed_at"])
    log_round("round.close", round_, by=by)


def obstacles_to_sending(round_: Round) -> list[str]:
    """Why a prepared round can't leave as it is: all reasons at once. Four queries."""
    requests = list(round_.requests.select_related("measure", "recipient"))
    measures = [each.measure for each in requests]
    reasons = obstacles_to_reporting(round_.concept) + _faults_of_due(round_.due)
    if not requests:
        reasons.append(_("This round asks for nothing any more. Choose measures."))
    pending = asked_already(round_.concept)
    reasons += [
        _(
            "Measure {code}: the round “{subject}” waits for an answer already. Close it, or "
            "take the measure out."
        ).format(code=each.code, subject=pending[each.pk].subject)
        for each in measures
        if each.pk in pending
    ]
    contacts = responsible_contacts(measures)
    reasons += [
        _(
            "Measure {code}: since this round was prepared, somebody else answers for it. Open "
            "“Change” and save it once more."
        ).format(code=each.measure.code)
        for each in requests
        if not _is_still_asked(each.recipient, contacts.get(each.measure_id))
    ]
    return reasons


def _is_still_asked(recipient: Recipient, contact: Contact | None) -> bool:
    return contact is not None and contact.email.lower() == recipient.email.lower()


def _obstacles_to_changing(round_: Round, seen: str = "") -> list[str]:
    if round_.sent_at is not None:
        return [
            _("This round was sent on {day}; what was asked can’t change any more.").format(
                day=day(timezone.localdate(round_.sent_at))
            )
        ]
    if seen and seen != round_digest(round_):
        return [
            _(
                "Somebody has changed this round since you opened this page. Read it as it is "
                "now, then decide again."
            )
        ]
    return []


def _compose(action: str, round_: Round, measures: Sequence[Measure], *, by: User) -> Prepared:
    contacts = responsible_contacts(measures)
    reasons = obstacles_to_reporting(round_.concept)
    reasons += _faults_of_words(round_) + _faults_of_due(round_.due)
    reasons += _faults_of_choice(round_.concept, measures, contacts)
    if reasons:
        raise Refused(reasons)
    round_.subject, round_.message = " ".join(round_.subject.split()), round_.message.strip()
    round_.save()
    round_.recipients.all().delete()
    asked = [each for each in measures if each.pk in contacts]
    people = _recipients(round_, [contacts[each.pk] for each in asked])
    UpdateRequest.objects.bulk_create(
        UpdateRequest(round=round_, measure=each, recipient=people[contacts[each.pk].email.lower()])
        for each in asked
    )
    left_out = [each for each in measures if each.pk not in contacts]
    log_round(
        action,
        round_,
        by=by,
        measures=asked,
        people=len(people),
        answer_by=round_.due.isoformat(),
        left_out=[each.code for each in left_out],
    )
    return Prepared(round_, left_out)


def _recipients(round_: Round, contacts: Sequence[Contact]) -> dict[str, Recipient]:
    """One recipient for each address, whoever it stands for in several organisations."""
    source = round_.concept.municipality.source_language
    by_address: dict[str, Recipient] = {}
    for each in contacts:
        by_address.setdefault(
            each.email.lower(),
            Recipient(
                round=round_,
                contact=each,
                organisation=each.organisation,
                name=each.name,
                email=each.email,
                language=each.language or source,
            ),
        )
    Recipient.objects.bulk_create(by_address.values())
    return by_address


def _faults_of_words(round_: Round) -> list[str]:
    reasons = []
    if not round_.subject.strip():
        reasons.append(_("Say in the subject what the mail is about."))
    if not round_.message.strip():
        reasons.append(
            _("Write a sentence or two: why you ask, and what happens with the answers.")
        )
    if len(round_.message) > LONGEST_MESSAGE:
        reasons.append(
            _("The text has more than {limit} characters; nobody reads that much.").format(
                limit=LONGEST_MESSAGE
            )
        )
    return reasons


def _faults_of_due(due: dt.date) -> list[str]:
    today = timezone.localdate()
    if due <= today:
        return [_("Answers can’t be due on {day}; choose a day after today.").format(day=day(due))]
    if due > today + LONGEST_WAIT:
        return [_("{day} is more than a year away. Please check the date.").format(day=day(due))]
    return []


def _faults_of_choice(
    concept: Concept, measures: Sequence[Measure], contacts: dict[int, Contact]
) -> list[str]:
    if not measures:
        return [_("Choose at least one measure to ask for.")]
    if any(each.concept_id != concept.pk for each in measures):
        return [_("A round asks for measures of one concept only.")]
    if not contacts:
        return [
            _(
                "There is nobody who could be asked for these measures. Name a contact of the "
                "organisations that lead them."
            )
        ]
    return []
