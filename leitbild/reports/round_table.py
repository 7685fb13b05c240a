"""The board of a round as a table for spreadsheets: one row a question."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.delivery.models import Answer
from leitbild.delivery.queries.rounds import Asked, Board, Person
from leitbild.reports.board_tables import BoardTable


def round_table(board: Board) -> BoardTable:
    """Who is asked for what, when they were asked, reminded, told on; what they answered."""
    columns = [
        (_("Code"), 8),
        (_("Title"), 50),
        (_("Organisation"), 30),
        (_("Name"), 26),
        (_("E-mail"), 30),
        (_("Asked"), 12),
        (_("Opened"), 12),
        (_("Reminded"), 12),
        (_("Head told"), 12),
        (_("What became of it"), 26),
        (_("Answered"), 12),
        (_("Answer"), 16),
        (_("State"), 20),
        (_("Text"), 60),
    ]
    return BoardTable(board.round.subject, columns, list(_rows(board)))


def _rows(board: Board) -> Iterator[list[str]]:
    for person in board.people:
        for asked in person.asked:
            yield [asked.measure.code, asked.measure.title, *_who(person), *_what(asked)]


def _who(person: Person) -> list[str]:
    each = person.recipient
    moments = (each.asked_at, each.opened_at, each.reminded_at, each.escalated_at)
    organisation = each.organisation.name if each.organisation else ""
    return [organisation, each.name, each.email, *map(_day, moments)]


def _what(asked: Asked) -> list[str]:
    answer = asked.answer
    if answer is None:
        return [str(asked.state.label), "", "", "", ""]
    return [
        str(asked.state.label),
        _day(answer.at),
        str(answer.get_kind_display()),
        asked.reported[1] if asked.reported else "",
        _said(answer),
    ]


def _said(answer: Answer) -> str:
    """All that was written, one thing a line."""
    successor = " ".join(filter(None, [answer.successor_name, answer.successor_email]))
    texts = (answer.text, answer.reason, answer.next_step, answer.obstacle, answer.helps, successor)
    return "\n".join(filter(None, texts))


def _day(moment: dt.datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""
