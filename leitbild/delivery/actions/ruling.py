"""What becomes of an answer: taken over as news, settled, or given back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypedDict

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import record_event
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.milestones import change_milestone, record_value
from leitbild.delivery.actions.progress import NewUpdate, confirm_unchanged, record_update
from leitbild.delivery.actions.reporting import differences, held
from leitbild.delivery.actions.round_mail import LinkTo, post_letter
from leitbild.delivery.conduct import conduct_of
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.letters import giving_back, lay_titles_over
from leitbild.delivery.models import Answer, Milestone, ProgressUpdate, Ruling
from leitbild.delivery.queries.answers import is_ruled
from leitbild.delivery.queries.rounds import mail_key

NEWS: Final = (AnswerKind.UNCHANGED, AnswerKind.NEWS)
"""Answers that can become news; the others ask something of the officer."""


class MilestoneSaid(TypedDict, total=False):
    """What somebody says of a milestone: its number today, the day it was reached."""

    value: int
    done: str


class News(TypedDict, total=False):
    """What makes a progress update; milestones by their id as text."""

    state: str
    text: str
    reason: str
    next_step: str
    obstacle: str
    helps: str
    public: bool
    milestones: Mapping[str, MilestoneSaid]


@transaction.atomic
def accept_answer(*, answer: Answer, by: User, changes: News | None = None) -> Ruling:
    """Take an answer over as news, as it was given or with changes; both stay on record."""
    answer = _unruled(answer)
    if answer.kind not in NEWS:
        raise Refused([_("This answer is no news. Hand the question on, or settle it.")])
    given = {name: getattr(answer, name) for name in changes or {}}
    corrected = differences(given, dict(changes or {}))
    ruling = take_over(answer, by=by, changes={name: new for name, (_o, new) in corrected.items()})
    # Numbers of milestones have events of their own.
    corrected.pop("milestones", None)
    _log("answer.accept", answer, by, fields=corrected)
    return ruling


def accept_answers(*, answers: Iterable[Answer], by: User) -> tuple[int, list[str]]:
    """Take over many answers; how many could be, and why the others couldn't."""
    accepted, reasons = 0, []
    for answer in answers:
        try:
            accept_answer(answer=answer, by=by)
        except Refused as refused:
            reasons += refused.reasons
        else:
            accepted += 1
    return accepted, reasons


@transaction.atomic
def settle_answer(*, answer: Answer, note: str, by: User, link_to: LinkTo) -> Ruling:
    """Note what was done about somebody's call for help, or about a measure that is nobody's.

    Who asked for help gets the note by mail, and the question is theirs again.
    """
    answer = _unruled(answer)
    if answer.kind in NEWS:
        raise Refused([_("This answer is news. Take it over, or give it back.")])
    ruling = Ruling.objects.create(answer=answer, accepted=True, note=_said(note), by=by)
    _log("answer.settle", answer, by, note=ruling.note)
    if answer.kind == AnswerKind.HELP:
        _post(ruling, link_to)
    return ruling


@transaction.atomic
def decline_answer(*, answer: Answer, note: str, by: User, link_to: LinkTo) -> Ruling:
    """Give an answer back with a word why, by mail; the question is open again."""
    answer = _unruled(answer)
    if answer.kind == AnswerKind.HELP:
        raise Refused([_("A call for help can’t be given back. Settle it with a word.")])
    ruling = Ruling.objects.create(answer=answer, accepted=False, note=_said(note), by=by)
    _log("answer.decline", answer, by, note=ruling.note)
    _post(ruling, link_to)
    return ruling


def take_over(answer: Answer, *, by: User | None, changes: dict[str, Any]) -> Ruling:
    """Make an answer news, under the name of whoever gave it; part of other actions."""
    said = {name: getattr(answer, name) for name in News.__annotations__} | changes
    milestones: Mapping[str, MilestoneSaid] = said.pop("milestones")
    date, measure = timezone.localdate(answer.at), held(answer.request.measure)
    if answer.kind == AnswerKind.UNCHANGED and not changes:
        _check_nothing_changed(answer, date)
        update = confirm_unchanged(
            measure=measure, date=date, by=by, author_name=answer.author_name, public=answer.public
        )
    else:
        news = NewUpdate(measure=measure, date=date, author_name=answer.author_name, **said)
        update = record_update(update=news, by=by)
    _report_milestones(answer, milestones, date, by)
    return Ruling.objects.create(answer=answer, accepted=True, update=update, by=by)


def _check_nothing_changed(answer: Answer, date: dt.date) -> None:
    measure = answer.request.measure
    last: ProgressUpdate | None = measure.updates.filter(date__lte=date).first()
    if last is None or last.state == answer.state:
        return
    label = conduct_of(measure.concept.municipality).label(last.state)
    raise Refused(
        [
            _(
                "Measure {code}: “{state}” was reported meanwhile, on {day}. "
                "Correct the answer, or give it back."
            ).format(code=measure.code, state=label, day=date_format(last.date, _("j F Y")))
        ]
    )


def _report_milestones(
    answer: Answer, said: Mapping[str, MilestoneSaid], date: dt.date, by: User | None
) -> None:
    """Report numbers and days; a milestone that was removed meanwhile is left out."""
    for milestone in Milestone.objects.filter(measure=answer.request.measure, pk__in=said):
        news, name = said[str(milestone.pk)], answer.author_name
        if "value" in news:
            value = news["value"]
            record_value(milestone=milestone, value=value, date=date, by=by, author_name=name)
        if "done" in news:
            day = dt.date.fromisoformat(news["done"])
            change_milestone(milestone=milestone, done=day, by=by, author_name=name)


def _unruled(answer: Answer) -> Answer:
    """The answer, locked, with what it belongs to; refused where somebody was quicker."""
    answer = (
        Answer.objects.select_for_update(of=("self",))
        .select_related("request__measure__concept__municipality", "request__round", "recipient")
        .get(pk=answer.pk)
    )
    if is_ruled(answer):
        raise Refused([_("This answer was dealt with meanwhile.")])
    return answer


def _said(note: str) -> str:
    if not note.strip():
        raise Refused([_("Write a word: whoever answered wants to know.")])
    return note.strip()


def _post(ruling: Ruling, link_to: LinkTo) -> None:
    """Mail the officer's word to whoever answered; the link only while it takes an answer."""
    answer = ruling.answer
    recipient, measure = answer.recipient, answer.request.measure
    recipient.round = answer.request.round
    recipient.round.concept = measure.concept
    takes_answers = recipient.round.is_open and not recipient.has_expired()
    lay_titles_over([measure], recipient.round, recipient.language)
    letter = giving_back(
        recipient,
        measure,
        note=ruling.note,
        is_help=answer.kind == AnswerKind.HELP,
        link=link_to(recipient) if takes_answers else "",
    )
    key = mail_key(recipient, f"answer:{answer.pk}")
    post_letter(letter, key=key, round_=recipient.round)


def _log(action: str, answer: Answer, by: User, **changes: Any) -> None:
    measure = answer.request.measure
    record_event(
        action=action,
        by=by,
        public=False,
        municipality_id=measure.concept.municipality_id,
        record=measure,
        changes={"kind": answer.kind, **changes},
    )
