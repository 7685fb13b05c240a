"""Which questions of a round still wait for an answer, and which answers for the officer."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from leitbild.accounts.models import Municipality
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.models import Answer, ProgressUpdate, UpdateRequest
from leitbild.plan.models import Measure


def open_requests(requests: QuerySet[UpdateRequest]) -> QuerySet[UpdateRequest]:
    """Of these questions, those whose recipient has still to answer.

    Nothing was answered by whoever is asked now; or the officer gave the last answer back; or it
    asked for help, which has come.
    """
    last = Answer.objects.filter(request=OuterRef("pk"), recipient=OuterRef("recipient"))
    last = last.order_by("-at", "-pk")
    return requests.alias(
        last_kind=Subquery(last.values("kind")[:1]),
        last_accepted=Subquery(last.values("ruling__accepted")[:1]),
    ).filter(
        Q(last_kind=None)
        | Q(last_accepted=False)
        | Q(last_accepted=True, last_kind=AnswerKind.HELP)
    )


def with_answers(requests: QuerySet[UpdateRequest]) -> QuerySet[UpdateRequest]:
    """These questions with what a `Question` looks at. Two queries for any number of them."""
    answers = Answer.objects.select_related("ruling").order_by("-at", "-pk")
    return requests.select_related("measure").prefetch_related(Prefetch("answers", answers))


@dataclass(frozen=True)
class Question:
    """A measure somebody is asked about, and what they answered so far."""

    request: UpdateRequest

    @cached_property
    def answer(self) -> Answer | None:
        """What whoever is asked now answered last."""
        own = (
            each
            for each in self.request.answers.all()
            if each.recipient_id == self.request.recipient_id
        )
        return max(own, key=lambda each: (each.at, each.pk), default=None)

    @property
    def is_open(self) -> bool:
        """Whether it waits for whoever is asked; says the same as `open_requests`."""
        answer = self.answer
        if answer is None:
            return True
        if not is_ruled(answer):
            return False
        return not answer.ruling.accepted or answer.kind == AnswerKind.HELP

    @property
    def is_waiting(self) -> bool:
        """Whether its answer waits for the officer."""
        return self.answer is not None and not is_ruled(self.answer)


def is_ruled(answer: Answer) -> bool:
    """Whether the officer, or the rule, has dealt with it."""
    return hasattr(answer, "ruling")


def answers_of(municipality: Municipality) -> QuerySet[Answer]:
    """All answers ever given to this municipality."""
    return Answer.objects.filter(request__round__concept__municipality=municipality)


def waiting_answers(municipality: Municipality) -> QuerySet[Answer]:
    """Answers the officer has still to deal with, the oldest first."""
    return answers_of(municipality).filter(ruling=None).order_by("at", "pk")


@dataclass(frozen=True, slots=True)
class LastWord:
    """What was last reported of a measure, and since when its state has been what it is."""

    update: ProgressUpdate
    since: dt.date


def last_words(measures: Iterable[Measure]) -> dict[int, LastWord]:
    """The last word on each measure that has one, internal ones included. One query."""
    updates = ProgressUpdate.objects.filter(measure__in={each.pk for each in measures})
    found: dict[int, LastWord] = {}
    gone_on: set[int] = set()
    for update in updates.order_by("-date", "-pk"):
        last = found.setdefault(update.measure_id, LastWord(update, update.date))
        if update.state != last.update.state:
            gone_on.add(update.measure_id)
        elif update.measure_id not in gone_on:
            found[update.measure_id] = LastWord(last.update, update.date)
    return found
