"""Posting the mails of a round; part of its other actions."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import post_mail, record_event
from leitbild.core.refusal import Refused
from leitbild.delivery.letters import Letter, lay_titles_over, sender_of
from leitbild.delivery.models import Recipient, Round
from leitbild.delivery.queries.answers import open_requests
from leitbild.plan.models import Measure

LinkTo: TypeAlias = Callable[[Recipient], str]
"""Makes the address under which a recipient answers; surfaces know it, delivery doesn't."""


def post_letter(letter: Letter, *, key: str, round_: Round) -> bool:
    """Post a mail of a round once; whoever answers it reaches the person who asks."""
    sender = sender_of(round_)
    return post_mail(
        key=key,
        to=letter.to,
        language=letter.language,
        sender=sender.municipality.name,
        subject=letter.subject,
        text=letter.text,
        municipality_id=sender.municipality.pk,
        headers={"Reply-To": sender.email} if sender.email else {},
    )


def open_measures(recipient: Recipient) -> list[Measure]:
    """What somebody still has to answer for, with titles in their language."""
    waiting = open_requests(recipient.requests.all()).select_related("measure")
    measures = [each.measure for each in waiting]
    lay_titles_over(measures, recipient.round, recipient.language)
    return measures


def locked_round(round_: Round) -> Round:
    """The round as it is now; nobody else changes it until this is done."""
    found = Round.objects.select_for_update().filter(pk=round_.pk).first()
    if found is None:
        raise Refused([_("Somebody else has discarded this round.")])
    return found


def obstacles_to_asking(round_: Round) -> list[str]:
    """Why a round can't go on: it must have been sent, and not be over."""
    if round_.sent_at is None:
        return [_("This round hasn’t been sent yet.")]
    if round_.closed_at is not None:
        return [_("This round is closed. Begin a new one to ask again.")]
    return []


def log_round(
    action: str,
    round_: Round,
    *,
    by: User | None,
    measures: Sequence[Measure] = (),
    **more: Any,
) -> None:
    """What was done with a round, by subject, codes and numbers: no person's name or address."""
    changes: dict[str, Any] = {"round": round_.pk, "title": round_.subject, **more}
    if measures:
        changes["measures"] = [each.code for each in measures]
    record_event(
        action=action,
        by=by,
        public=False,
        municipality_id=round_.concept.municipality_id,
        record=round_.concept,
        changes=changes,
    )
