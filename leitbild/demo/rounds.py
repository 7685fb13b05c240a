"""Puts a round of asking for news on the desk of the demo's officer.

It can't be part of `load_demo`: its mails carry links, and those need the address under which
the demo is served.
"""

import datetime as dt
from typing import Any, Literal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from leitbild.accounts.models import Municipality, User
from leitbild.delivery.actions.answering import Said, give_answer, mark_opened
from leitbild.delivery.actions.round_mail import LinkTo
from leitbild.delivery.actions.rounds import prepare_round, send_round
from leitbild.delivery.actions.ruling import decline_answer, take_over
from leitbild.delivery.enums import AnswerKind, State
from leitbild.delivery.models import Answer, Recipient, Round, UpdateRequest
from leitbild.delivery.tokens import reply_token
from leitbild.demo.days import Calendar
from leitbild.demo.files import Part, Sample, Texts, read
from leitbild.plan.models import Measure


class AnswerPart(Sample):
    """An answer, and what the officer did with it, if anything; milestones by their title."""

    measure: str
    kind: AnswerKind
    state: State | None = None
    text: Texts = {}
    milestones: dict[str, int] = {}
    successor_name: str = ""
    successor_email: str = ""
    then: Literal["", "taken_over", "declined"] = ""
    note: str = ""


class RoundFile(Part):
    """The demo's round: what it asks, who opened their link, who answered what."""

    format: Literal["leitbild-round/1"]
    language: str
    concept: str
    sent: dt.date
    due: dt.date
    subject: str
    message: str
    measures: list[str]
    opened: list[str]
    answers: list[AnswerPart]


@transaction.atomic
def demo_round(municipality: Municipality, *, officer: User, site: str) -> Round | None:
    """Send the round and answer it, once; `site` is the origin of its links."""
    if Round.objects.filter(concept__municipality=municipality).exists():
        return None
    file = read("round.yaml", RoundFile)
    calendar = Calendar(timezone.localdate())
    concept = municipality.concepts.get(slug=file.concept)

    def link_to(recipient: Recipient) -> str:
        return site + reverse("office:reply", args=[reply_token(recipient)])

    prepared = prepare_round(
        concept=concept,
        measures=list(Measure.objects.filter(concept=concept, code__in=file.measures)),
        subject=file.subject,
        message=file.message,
        due=calendar.day(file.due),
        by=officer,
    )
    send_round(
        round_=prepared.round,
        by=officer,
        site=site,
        link_to=link_to,
    )
    _send_back_in_time(prepared.round, calendar.day(file.sent))
    for answer, part in _answers(prepared.round, file):
        _rule(answer, part, file.language, officer, link_to)
    return prepared.round


def _send_back_in_time(round_: Round, day: dt.date) -> None:
    """Let the round have been sent on a day; an action can only send it now."""
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(9, 30)))
    Round.objects.filter(pk=round_.pk).update(created_at=moment, sent_at=moment)
    Recipient.objects.filter(round=round_).update(asked_at=moment)


def _answers(round_: Round, file: RoundFile) -> list[tuple[Answer, AnswerPart]]:
    requests = {
        each.measure.code: each
        for each in UpdateRequest.objects.filter(round=round_).select_related(
            "recipient", "measure"
        )
    }
    for recipient in Recipient.objects.filter(round=round_, email__in=file.opened):
        mark_opened(recipient=recipient)
    given = []
    for each in file.answers:
        request = requests[each.measure]
        mark_opened(recipient=request.recipient)
        said = _said(each, request, file.language)
        given.append((give_answer(request=request, kind=each.kind, **said), each))
    return given


def _said(part: AnswerPart, request: UpdateRequest, language: str) -> Said:
    steps = {each.title: each.pk for each in request.measure.milestones.all()}
    return Said(
        state=part.state or "",
        text=part.text.get(language, ""),
        milestones={
            str(steps[title]): {"value": value} for title, value in part.milestones.items()
        },
        successor_name=part.successor_name,
        successor_email=part.successor_email,
    )


def _rule(answer: Answer, part: AnswerPart, language: str, officer: User, link_to: LinkTo) -> None:
    if part.then == "declined":
        decline_answer(answer=answer, note=part.note, by=officer, link_to=link_to)
    elif part.then == "taken_over":
        translations = {
            other: {"text": text} for other, text in part.text.items() if other != language
        }
        changes: dict[str, Any] = {"sample": part.sample, "translations": translations}
        take_over(answer, by=officer, changes=changes)
