"""What the pages behind a personal link show: somebody's questions and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from leitbild.core.queries import overlay
from leitbild.delivery.conduct import NO_NEWS, Conduct, conduct_of
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.models import Answer, Recipient, Ruling
from leitbild.delivery.queries.answers import (
    LastWord,
    Question,
    is_ruled,
    last_words,
    with_answers,
)
from leitbild.plan.models import Measure


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as whoever is asked meets it: what was reported last, what they answered."""

    question: Question
    word: LastWord | None
    conduct: Conduct

    @property
    def pk(self) -> int:
        """The question's id."""
        return self.question.request.pk

    @property
    def measure(self) -> Measure:
        """What it is about."""
        return self.question.request.measure

    @property
    def label(self) -> str:
        """The last state in the reader's words."""
        return self.conduct.label(self.word.update.state if self.word else NO_NEWS)

    @property
    def shape(self) -> str:
        """The form of its stone."""
        return self.conduct.shape(self.word.update.state if self.word else NO_NEWS)

    @property
    def answer(self) -> Answer | None:
        """What they answered last."""
        return self.question.answer

    @property
    def answered_state(self) -> str:
        """The state they reported, in the reader's words; empty where they reported none."""
        return self.conduct.label(self.answer.state) if self.answer and self.answer.state else ""

    @property
    def answered_shape(self) -> str:
        """The form of that state's stone."""
        return self.conduct.shape(self.answer.state) if self.answer and self.answer.state else ""

    @property
    def word_back(self) -> Ruling | None:
        """What the officer wrote to an answer after which the question is open again."""
        answer = self.answer
        return answer.ruling if answer and self.question.is_open and is_ruled(answer) else None

    @property
    def became_news(self) -> bool:
        """Whether the answer is taken over."""
        answer = self.answer
        return answer is not None and is_ruled(answer) and answer.ruling.update_id is not None

    @property
    def help_came(self) -> bool:
        """Whether the officer's word answers a call for help."""
        return self.answer is not None and self.answer.kind == AnswerKind.HELP


@dataclass(frozen=True, slots=True)
class Reply:
    """All that somebody is asked by one link."""

    recipient: Recipient
    asked: Sequence[Asked]
    thanked: str = ""

    @property
    def open(self) -> list[Asked]:
        """What still waits for their answer."""
        return [each for each in self.asked if each.question.is_open]

    @property
    def answered(self) -> list[Asked]:
        """What they have answered."""
        return [each for each in self.asked if not each.question.is_open]

    @property
    def can_confirm(self) -> bool:
        """Whether there is something of which one can say that it hasn't changed."""
        return any(each.word for each in self.open)

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed by which an answer was asked for."""
        return self.recipient.round.due < timezone.localdate()

    @property
    def waits(self) -> bool:
        """Whether something they answered still waits for the officer."""
        return any(each.question.is_waiting for each in self.asked)

    @property
    def last(self) -> Asked | None:
        """What they have just answered."""
        return next((each for each in self.answered if str(each.pk) == self.thanked), None)

    def find(self, pk: int) -> Asked | None:
        """The question with this id, if it is theirs."""
        return next((each for each in self.asked if each.pk == pk), None)


def reply_of(recipient: Recipient, *, thanked: str = "") -> Reply:
    """Somebody's questions, texts in their language. Four queries, however many there are.

    `thanked` is what the address says they have just answered: anything.
    """
    municipality = recipient.round.concept.municipality
    requests = list(with_answers(recipient.requests.all()))
    words = last_words(each.measure for each in requests)
    overlay(
        [
            municipality,
            *(each.measure for each in requests),
            *(each.update for each in words.values()),
        ],
        language=recipient.language,
        source=municipality.source_language,
    )
    conduct = conduct_of(municipality)
    asked = [Asked(Question(each), words.get(each.measure_id), conduct) for each in requests]
    return Reply(recipient, asked, thanked)
