"""Rounds of asking for news: what they ask, whom, and what came back."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from leitbild.accounts.models import Municipality
from leitbild.core.enums import MailState
from leitbild.core.models import PostedMail
from leitbild.delivery.conduct import Conduct, conduct_of
from leitbild.delivery.enums import AnswerKind, RequestState
from leitbild.delivery.ladder import ladder_of
from leitbild.delivery.models import Answer, Recipient, Round, UpdateRequest
from leitbild.delivery.queries.answers import Question, is_ruled, open_requests, with_answers
from leitbild.plan.models import Concept, Measure


def mail_key(recipient: Recipient, occasion: str) -> str:
    """The key of a mail to a recipient: posted once for each occasion."""
    return f"round:{recipient.round_id}:{recipient.pk}:{occasion}"


def state_of(question: Question) -> RequestState:
    """What became of a question, in one word."""
    answer = question.answer
    if answer is None:
        return RequestState.WAITING
    if not is_ruled(answer):
        return _UNRULED.get(AnswerKind(answer.kind), RequestState.ANSWERED)
    if not answer.ruling.accepted:
        return RequestState.DECLINED
    return _ACCEPTED.get(AnswerKind(answer.kind), RequestState.ACCEPTED)


HELD: Final = (RequestState.ANSWERED, RequestState.ACCEPTED)
"""States of questions that have an answer, so that nobody else is asked."""
_UNRULED: Final[Mapping[AnswerKind, RequestState]] = {
    AnswerKind.NOT_MINE: RequestState.NOT_MINE,
    AnswerKind.HELP: RequestState.HELP,
}
_ACCEPTED: Final[Mapping[AnswerKind, RequestState]] = {
    AnswerKind.NOT_MINE: RequestState.NOT_MINE,
    # Help has come; the question waits for its answer again.
    AnswerKind.HELP: RequestState.WAITING,
}


def round_digest(round_: Round) -> str:
    """What a prepared round says to whom about what: nobody sends what they haven't seen.

    One query.
    """
    asked = round_.requests.order_by("measure_id").values_list(
        "measure_id", "recipient__name", "recipient__email", "recipient__language"
    )
    said = [round_.subject, round_.message, round_.due.isoformat(), list(asked)]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the board."""

    question: Question
    state: RequestState
    conduct: Conduct

    @property
    def measure(self) -> Measure:
        """What is asked for."""
        return self.question.request.measure

    @property
    def answer(self) -> Answer | None:
        """What whoever is asked now answered last."""
        return self.question.answer

    @property
    def reported(self) -> tuple[str, str] | None:
        """Form and words of the state that was reported; None where none was."""
        name = self.answer.state if self.answer else ""
        return (self.conduct.shape(name), self.conduct.label(name)) if name else None

    @property
    def can_be_handed_on(self) -> bool:
        """Whether somebody else may be asked: as long as there is no answer with news."""
        return self.state not in HELD


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is asked, and what became of their questions."""

    recipient: Recipient
    asked: Sequence[Asked]
    next_reminder: dt.date | None = None
    is_undelivered: bool = False

    @property
    def open(self) -> list[Asked]:
        """What still waits for their answer."""
        return [each for each in self.asked if each.question.is_open]


@dataclass(frozen=True, slots=True)
class Board:
    """Who has answered in a round, what, and who hasn't."""

    round: Round
    people: Sequence[Person]
    today: dt.date = field(default_factory=timezone.localdate)

    @property
    def questions(self) -> list[Asked]:
        """All questions in the order of the people."""
        return [each for person in self.people for each in person.asked]

    @property
    def counts(self) -> list[tuple[RequestState, int]]:
        """How many questions are in which state; states without any are left out."""
        found = Counter(each.state for each in self.questions)
        return [(state, found[state]) for state in RequestState if found[state]]

    @property
    def silent(self) -> list[Person]:
        """People of whom an answer is still owed."""
        return [each for each in self.people if each.open]

    @property
    def is_overdue(self) -> bool:
        """Whether answers are missing that were due before today."""
        return self.round.is_open and self.round.due < self.today and bool(self.silent)


def round_board(round_: Round) -> Board:
    """The board of a round. Five queries, whatever its size; its concept comes with it."""
    conduct, today = conduct_of(round_.concept.municipality), timezone.localdate()
    people = list(round_.recipients.select_related("organisation"))
    asked: dict[int, list[Asked]] = {each.pk: [] for each in people}
    for request in with_answers(round_.requests.all()):
        question = Question(request)
        asked[request.recipient_id].append(Asked(question, state_of(question), conduct))
    lost = _undelivered(round_, people)
    for each in people:
        each.round = round_
    rows = [
        Person(
            recipient=each,
            asked=asked[each.pk],
            next_reminder=_next_reminder(each, asked[each.pk], conduct, today),
            is_undelivered=each.pk in lost,
        )
        for each in people
    ]
    return Board(round_, rows, today)


def _next_reminder(
    recipient: Recipient, asked: Sequence[Asked], conduct: Conduct, today: dt.date
) -> dt.date | None:
    """The day on which somebody is reminded next, while they owe an answer."""
    is_waiting = any(each.question.is_open for each in asked)
    if not (recipient.round.is_open and recipient.asked_at and is_waiting):
        return None
    return ladder_of(recipient, conduct).ahead(today)


def _undelivered(round_: Round, people: Iterable[Recipient]) -> set[int]:
    """Recipients whose last mail of this round came back; one query."""
    # Not every database finds the beginning of a key by an index; it finds the municipality's.
    mails = PostedMail.objects.filter(municipality_id=round_.concept.municipality_id)
    own = mails.filter(key__startswith=f"round:{round_.pk}:").order_by("pk")
    last: dict[str, str] = {}
    for key, state in own.values_list("key", "state"):
        last[key.split(":")[2]] = state
    return {each.pk for each in people if last.get(str(each.pk)) == MailState.FAILED}


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list: how many it asks for how much, and how much is open."""

    round: Round
    people: int
    measures: int
    open: int

    @property
    def answered(self) -> int:
        """Measures there was an answer for."""
        return self.measures - self.open

    @property
    def is_overdue(self) -> bool:
        """Whether answers are missing that were due before today."""
        return self.round.is_open and self.round.due < timezone.localdate() and self.open > 0


def rounds_of(concept: Concept) -> list[RoundLine]:
    """All rounds of a concept, the newest first. Two queries."""
    return _lines(Round.objects.filter(concept=concept))


def pending_rounds(municipality: Municipality) -> list[RoundLine]:
    """Rounds that aren't sent yet or wait for answers, the newest first. Two queries."""
    rounds = Round.objects.filter(concept__municipality=municipality, closed_at__isnull=True)
    return _lines(rounds.select_related("concept"))


def _lines(rounds: QuerySet[Round]) -> list[RoundLine]:
    found = list(
        rounds.annotate(
            people=Count("recipients", distinct=True), measures=Count("requests", distinct=True)
        )
    )
    if not found:
        return []
    waiting = open_requests(UpdateRequest.objects.filter(round__in=found))
    still = Counter(waiting.order_by().values_list("round_id", flat=True))
    return [RoundLine(each, each.people, each.measures, still[each.pk]) for each in found]


def open_rounds() -> QuerySet[Round]:
    """Rounds of all municipalities that wait for answers."""
    return Round.objects.filter(sent_at__isnull=False, closed_at__isnull=True)


def asked_already(concept: Concept) -> dict[int, Round]:
    """The open round that waits for an answer on a measure, by the measure's id. One query."""
    own = open_rounds().filter(concept=concept)
    requests = UpdateRequest.objects.filter(round__in=own)
    waiting = open_requests(requests).select_related("round").order_by("round__sent_at")
    return {each.measure_id: each.round for each in waiting}


def waiting_recipients(rounds: Iterable[Round]) -> QuerySet[Recipient]:
    """Recipients of these rounds who still owe an answer."""
    own = open_requests(UpdateRequest.objects.filter(recipient=OuterRef("pk")))
    return Recipient.objects.filter(Exists(own), round__in=list(rounds))
