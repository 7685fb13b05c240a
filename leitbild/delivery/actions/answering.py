"""Answering by a personal link."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.actions.addresses import email_obstacles
from leitbild.core.actions import record_event
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.milestones import LARGEST
from leitbild.delivery.actions.progress import (
    LONGEST,
    NewUpdate,
    nothing_reported,
    update_obstacles,
)
from leitbild.delivery.actions.reporting import long_text, obstacles_to_reporting, strange_year
from leitbild.delivery.actions.ruling import NEWS, MilestoneSaid, News, take_over
from leitbild.delivery.conduct import conduct_of
from leitbild.delivery.enums import AnswerKind, Release
from leitbild.delivery.models import Answer, Milestone, ProgressUpdate, Recipient, UpdateRequest
from leitbild.delivery.queries.answers import Question
from leitbild.plan.models import Measure

LONGEST_NAME: Final = 200


class Said(News, total=False):
    """What can be said in an answer; who now answers for a measure that isn’t theirs any more."""

    successor_name: str
    successor_email: str


_KEPT: Final[Mapping[str, frozenset[str]]] = {
    AnswerKind.UNCHANGED: frozenset(),
    AnswerKind.NEWS: frozenset(News.__annotations__),
    AnswerKind.NOT_MINE: frozenset({"text", "successor_name", "successor_email"}),
    AnswerKind.HELP: frozenset({"text"}),
}
"""What each kind of answer holds; whatever else is said with it is left out."""


def mark_opened(*, recipient: Recipient) -> None:
    """Note that a link was opened for the first time.

    No event: programs that look through mails open links too, so it proves nothing.
    """
    Recipient.objects.filter(pk=recipient.pk, opened_at=None).update(opened_at=timezone.now())


@transaction.atomic
def give_answer(*, request: UpdateRequest, kind: str, **said: Unpack[Said]) -> Answer:
    """Answer a question as whoever is asked; raises Refused with every reason at once.

    A question takes one answer: a second tap or a replay finds it answered. News waits for the
    officer, or is news at once, as the municipality conducts its plan.
    """
    asked = _locked(request)
    if reasons := _closed(asked, by=request.recipient_id):
        raise Refused(reasons)
    values = _cleaned(asked, kind, said)
    if reasons := _obstacles(asked, kind, values):
        raise Refused(reasons)
    answer = Answer.objects.create(
        request=asked,
        recipient=asked.recipient,
        kind=kind,
        author_name=str(asked.recipient),
        **values,
    )
    measure = asked.measure
    record_event(
        action="answer.give",
        by=None,
        public=False,
        municipality_id=measure.concept.municipality_id,
        record=measure,
        changes={name: value for name in ("kind", "state") if (value := getattr(answer, name))},
        by_link_of=answer.author_name,
    )
    if _is_news_at_once(answer):
        take_over(answer, by=None, changes={})
    return answer


def _locked(request: UpdateRequest) -> UpdateRequest:
    # Locked first, read afterwards: a question that is handed on at this moment belongs to
    # somebody else once the lock is ours, and PostgreSQL would not join it to them in one query.
    UpdateRequest.objects.select_for_update().get(pk=request.pk)
    related = ("round", "recipient", "measure__concept__municipality")
    return UpdateRequest.objects.select_related(*related).get(pk=request.pk)


def _closed(asked: UpdateRequest, *, by: int) -> list[str]:
    """Why this question takes no answer from this recipient."""
    if asked.recipient_id != by:
        return [_("This question was handed on to somebody else meanwhile.")]
    if not asked.round.is_open or asked.recipient.has_expired():
        return [_("The round is over; it takes no answers any more.")]
    if not Question(asked).is_open:
        return [_("This question is answered already. Your first answer counts.")]
    return obstacles_to_reporting(asked.measure.concept)


def _cleaned(asked: UpdateRequest, kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of what was said; “unchanged” keeps what it is that hasn’t changed."""
    kept = _KEPT.get(kind, frozenset())
    values = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in said.items()
        if name in kept
    }
    last = _last(asked.measure) if kind == AnswerKind.UNCHANGED else None
    return {"state": last.state, "public": last.public} if last else values


def _last(measure: Measure) -> ProgressUpdate | None:
    return measure.updates.first()


def _obstacles(asked: UpdateRequest, kind: str, values: Mapping[str, Any]) -> list[str]:
    measure = asked.measure
    if kind == AnswerKind.UNCHANGED:
        return [] if values else [nothing_reported(measure)]
    if kind == AnswerKind.NEWS:
        return _news_obstacles(measure, values)
    reasons = long_text(_("Text"), values.get("text", ""), LONGEST)
    if kind == AnswerKind.HELP and not values.get("text"):
        reasons.append(_("Say in a sentence what you need."))
    if kind == AnswerKind.NOT_MINE:
        reasons += long_text(_("Name"), values.get("successor_name", ""), LONGEST_NAME)
        reasons += email_obstacles(values.get("successor_email", ""))
    return reasons if kind in AnswerKind.values else [_("This is no kind of answer.")]


def _news_obstacles(measure: Measure, values: Mapping[str, Any]) -> list[str]:
    said = {name: value for name, value in values.items() if name != "milestones"}
    milestones = values.get("milestones", {})
    news = NewUpdate(measure=measure, date=timezone.localdate(), **{"state": "", **said})
    reasons = update_obstacles(news) + _milestone_obstacles(measure, milestones)
    last = _last(measure)
    if not news.text and not milestones and last is not None and last.state == news.state:
        reasons.append(_("Say in a sentence what is new, or choose “unchanged”."))
    return reasons


def _milestone_obstacles(measure: Measure, said: Mapping[str, MilestoneSaid]) -> list[str]:
    known = {str(each.pk): each for each in Milestone.objects.filter(measure=measure)}
    reasons = []
    for pk, news in said.items():
        milestone = known.get(pk)
        if milestone is None:
            reasons.append(_("This milestone isn’t one of the measure’s."))
            continue
        value, done = news.get("value"), news.get("done")
        if value is not None and (milestone.target is None or not 0 <= value < LARGEST):
            reasons.append(
                _("“{title}”: {number} can’t be right.").format(title=milestone.title, number=value)
            )
        day = dt.date.fromisoformat(done) if done else None
        reasons += strange_year(day)
        if day and day > timezone.localdate():
            reasons.append(
                _("“{title}”: this day lies in the future.").format(title=milestone.title)
            )
    return reasons


def _is_news_at_once(answer: Answer) -> bool:
    """Whether it needs nobody’s approval.

    Texts of a plan stand in its source language: what somebody wrote who speaks another one
    waits, so that the officer can put it into words all readers have.
    """
    municipality = answer.request.measure.concept.municipality
    if answer.kind not in NEWS or conduct_of(municipality).release != Release.AT_ONCE:
        return False
    has_text = any(getattr(answer, name) for name in ProgressUpdate.translatable)
    return not has_text or answer.recipient.language == municipality.source_language
