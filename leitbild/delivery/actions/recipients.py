"""Single people of a round that runs: a new link, and somebody else to ask."""

import datetime as dt

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from leitbild.accounts.actions import add_contact
from leitbild.accounts.models import Contact, User
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.responsibility import set_responsible
from leitbild.delivery.actions.round_mail import (
    LinkTo,
    locked_round,
    log_round,
    obstacles_to_asking,
    open_measures,
    post_letter,
)
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.ladder import end_of_links
from leitbild.delivery.letters import handing_on, renewing
from leitbild.delivery.models import Answer, Recipient, Round, Ruling, UpdateRequest
from leitbild.delivery.queries.answers import Question, is_ruled, with_answers
from leitbild.delivery.queries.rounds import HELD, mail_key, state_of


@transaction.atomic
def renew_link(*, recipient: Recipient, by: User, link_to: LinkTo) -> Recipient:
    """Mail somebody a new link; every older one is worthless from now on."""
    now = timezone.now()
    round_ = locked_round(recipient.round)
    recipient = round_.recipients.get(pk=recipient.pk)
    recipient.round = round_
    measures = open_measures(recipient)
    reasons = _obstacles(round_, now)
    if not measures:
        reasons.append(
            _("{name} has nothing left to answer, so there is nothing to open.").format(
                name=recipient
            )
        )
    if reasons:
        raise Refused(reasons)
    recipient.generation += 1
    # Whoever gets this mail today needs no reminder on the same day.
    recipient.reminded_at = now
    recipient.save(update_fields=["generation", "reminded_at"])
    letter = renewing(recipient, measures, link=link_to(recipient), today=timezone.localdate(now))
    post_letter(letter, key=mail_key(recipient, f"link:{recipient.generation}"), round_=round_)
    log_round("round.renew", round_, by=by, measures=measures)
    return recipient


# long: half of it is its arguments and what they mean
# long: half of it is its arguments and what they mean
@transaction.atomic
def hand_on(
    *,
    request: UpdateRequest,
    by: User,
    link_to: LinkTo,
    contact: Contact | None = None,
    name: str = "",
    email: str = "",
    language: str = "",
    from_now_on: bool = False,
) -> Recipient:
    """Ask somebody else about a measure, and mail them; whose it was is asked no more.

    It is a contact, or somebody new by name and address, who becomes a contact of the
    organisation that leads the measure. With `from_now_on` later rounds ask them, too.
    """
    now = timezone.now()
    round_ = locked_round(request.round)
    # Held, because an answer may come at this moment: whoever gave it isn't asked elsewhere.
    mine = round_.requests.select_for_update(of=("self",)).filter(pk=request.pk)
    request = with_answers(mine).get()
    if reasons := obstacles_to_handing_on(request, round_):
        raise Refused(reasons)
    contact = contact or _contact(request, name=name, email=email, language=language, by=by)
    if reasons := _obstacles_to_asking(request, contact):
        raise Refused(reasons)
    recipient = _recipient(round_, contact, now)
    _settle(request, recipient, by=by)
    request.recipient = recipient
    request.save(update_fields=["recipient"])
    if from_now_on:
        set_responsible(measure=request.measure, contact=contact, by=by)
    letter = handing_on(
        recipient,
        open_measures(recipient),
        link=link_to(recipient),
        today=timezone.localdate(now),
    )
    key = mail_key(recipient, f"handed:{request.pk}:{now.isoformat()}")
    post_letter(letter, key=key, round_=round_)
    log_round("round.hand_on", round_, by=by, measure=request.measure.code)
    return recipient


def _obstacles(round_: Round, now: dt.datetime) -> list[str]:
    reasons = obstacles_to_asking(round_)
    if not reasons and end_of_links(round_.due) <= now:
        reasons.append(_("The time of this round is over. Begin a new one to ask again."))
    return reasons


def obstacles_to_handing_on(request: UpdateRequest, round_: Round) -> list[str]:
    """Why nobody else can be asked, whoever it were; the question comes with its answers."""
    if reasons := _obstacles(round_, timezone.now()):
        return reasons
    if state_of(Question(request)) not in HELD:
        return []
    return [
        _(
            "Measure {code} has an answer already. Give it back before you ask somebody else."
        ).format(code=request.measure.code)
    ]


def _contact(request: UpdateRequest, *, name: str, email: str, language: str, by: User) -> Contact:
    """Whoever has this address already, or a new contact of the measure's organisation."""
    organisation = request.measure.lead or request.recipient.organisation
    if organisation is None:
        raise Refused(
            [
                _("Measure {code} has no lead. Say first which organisation leads it.").format(
                    code=request.measure.code
                )
            ]
        )
    known = Contact.objects.filter(
        organisation__municipality=request.measure.concept.municipality_id,
        email__iexact=email.strip(),
    )
    own = [each for each in known if each.organisation_id == organisation.pk]
    found = next(iter([*own, *known]), None)
    return found or add_contact(
        organisation=organisation, name=name, email=email, language=language, by=by
    )


def _obstacles_to_asking(request: UpdateRequest, contact: Contact) -> list[str]:
    """Why this person can't be asked about the measure now."""
    if contact.organisation.municipality_id != request.measure.concept.municipality_id:
        return [_("This person is no contact here.")]
    same = request.recipient.email.lower() == contact.email.lower()
    if same:
        return [_("{name} is asked about this measure already.").format(name=contact.name)]
    refused = any(
        each.recipient.email.lower() == contact.email.lower() and each.kind == AnswerKind.NOT_MINE
        for each in request.answers.all()
    )
    if refused:
        return [
            _("{name} has said in this round that the measure isn’t theirs.").format(
                name=contact.name
            )
        ]
    return []


def _recipient(round_: Round, contact: Contact, now: dt.datetime) -> Recipient:
    """This person in the round: new, or as they are in it already.

    Who had answered everything is asked anew, and has the time that everybody has; who hasn't
    has just been reminded.
    """
    recipient = round_.recipients.filter(email__iexact=contact.email).first()
    if recipient is None:
        recipient = Recipient(
            round=round_,
            contact=contact,
            organisation=contact.organisation,
            name=contact.name,
            email=contact.email,
            language=contact.language or round_.concept.municipality.source_language,
            asked_at=now,
            expires_at=end_of_links(round_.due),
        )
    elif open_measures(recipient):
        recipient.reminded_at = now
    else:
        recipient.asked_at, recipient.escalated_at = now, None
    recipient.round = round_
    recipient.save()
    return recipient


def _settle(request: UpdateRequest, recipient: Recipient, *, by: User) -> None:
    """What waited for the officer, “not mine” or “I need help”, is dealt with by handing on."""
    answer = Question(request).answer
    # Read once more under its lock: another officer may be settling it at this moment.
    if answer is None or is_ruled(Answer.objects.select_for_update().get(pk=answer.pk)):
        return
    with translation.override(request.measure.concept.municipality.source_language):
        note = _("Handed on to {name}.").format(name=recipient)
    Ruling.objects.create(answer=answer, accepted=True, note=note, by=by)
