"""Answers as the officer meets them: what stood before beside what was answered."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitbild.accounts.models import Municipality, Organisation
from leitbild.core.templatetags.components import day
from leitbild.delivery.actions.ruling import NEWS
from leitbild.delivery.conduct import NO_NEWS, Conduct, conduct_of
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.models import Answer, Milestone, Ruling
from leitbild.delivery.queries.answers import LastWord, answers_of, is_ruled, last_words
from leitbild.plan.models import Measure

FIELDS: Sequence[tuple[str, str | Promise]] = (
    ("text", gettext_lazy("What has happened")),
    ("reason", gettext_lazy("Why it is delayed or stopped")),
    ("next_step", gettext_lazy("Next step")),
    ("obstacle", gettext_lazy("What stands in the way")),
    ("helps", gettext_lazy("What would help")),
)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with what was reported of its measure last, and what it says of milestones."""

    answer: Answer
    word: LastWord | None
    milestones: Sequence[str]
    conduct: Conduct

    @property
    def measure(self) -> Measure:
        """What it is about."""
        return self.answer.request.measure

    @property
    def organisation(self) -> Organisation | None:
        """For whom whoever answered speaks."""
        return self.answer.recipient.organisation

    @property
    def is_news(self) -> bool:
        """Whether it can be taken over; otherwise it asks something of the officer."""
        return self.answer.kind in NEWS

    @property
    def ruling(self) -> Ruling | None:
        """What became of it."""
        return self.answer.ruling if is_ruled(self.answer) else None

    @property
    def old_label(self) -> str:
        """The last state reported, in the reader's words."""
        return self.conduct.label(self.word.update.state if self.word else NO_NEWS)

    @property
    def old_shape(self) -> str:
        """The form of its stone."""
        return self.conduct.shape(self.word.update.state if self.word else NO_NEWS)

    @property
    def new_label(self) -> str:
        """The state that was answered; empty where none was."""
        return self.conduct.label(self.answer.state) if self.answer.state else ""

    @property
    def new_shape(self) -> str:
        """The form of its stone."""
        return self.conduct.shape(self.answer.state) if self.answer.state else ""

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What was said, each text below its label."""
        said = [(str(label), str(getattr(self.answer, name))) for name, label in FIELDS]
        return [(label, text) for label, text in said if text]

    @property
    def outcome(self) -> str:
        """What became of it, in a word."""
        if self.ruling is None:
            return _("waits for the office")
        if self.ruling.update_id:
            return _("taken over")
        return _("settled") if self.ruling.accepted else _("given back")

    @property
    def was_overtaken(self) -> bool:
        """Whether something else was reported since somebody said that nothing has changed."""
        if self.answer.kind != AnswerKind.UNCHANGED or self.word is None:
            return False
        return self.word.update.state != self.answer.state

    @property
    def is_unchanged(self) -> bool:
        """Whether it can be taken over together with others, unread."""
        return self.answer.kind == AnswerKind.UNCHANGED and not self.was_overtaken


def with_all(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """Answers with everything a page says of them."""
    return answers.select_related(
        "recipient__organisation",
        "request__measure__concept",
        "request__round",
        "request__recipient",
        "ruling__by",
    )


def given_answers(answers: Iterable[Answer], municipality: Municipality) -> list[Given]:
    """The answers for their page. Two queries more, however many there are."""
    answers = list(answers)
    words = last_words(each.request.measure for each in answers)
    ids = {int(pk) for each in answers for pk in each.milestones}
    milestones = Milestone.objects.in_bulk(ids) if ids else {}
    conduct = conduct_of(municipality)
    return [
        Given(
            answer=each,
            word=words.get(each.request.measure_id),
            milestones=_milestones(each, milestones),
            conduct=conduct,
        )
        for each in answers
    ]


def _milestones(answer: Answer, known: dict[int, Milestone]) -> list[str]:
    """What was said of milestones, in words; of those that were removed, that they were."""
    lines = []
    for pk, news in answer.milestones.items():
        milestone = known.get(int(pk))
        title = milestone.title if milestone else _("a milestone that was removed since")
        if "value" in news:
            unit = f" {milestone.unit}" if milestone and milestone.unit else ""
            lines.append(f"{title}: {news['value']}{unit}")
        if "done" in news:
            reached = day(dt.date.fromisoformat(news["done"]))
            lines.append(_("{title}: reached on {day}").format(title=title, day=reached))
    return lines


def answer_of(municipality: Municipality, pk: int) -> Answer | None:
    """One answer to this municipality."""
    return with_all(answers_of(municipality)).filter(pk=pk).first()
