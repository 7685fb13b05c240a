"""What waits for a person of the plan's delivery: answers, rounds, news that is owed."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitbild.core.templatetags.components import day
from leitbild.delivery.actions.ruling import NEWS
from leitbild.delivery.models import Answer
from leitbild.delivery.queries.answers import waiting_answers
from leitbild.delivery.queries.rounds import RoundLine, pending_rounds
from leitbild.delivery.rules import may_conduct, may_report
from leitbild.office.delivery.own_measures import OwnMeasures
from leitbild.office.desk import Desk
from leitbild.office.today.waiting import Group, Line, group


def answers_to_approve(desk: Desk) -> Group:
    """What people answered by link; who needs the officer stands first."""
    waiting: list[Answer] = []
    if may_conduct(desk.access):
        found = waiting_answers(desk.municipality)
        waiting = list(found.select_related("request__measure"))
    lines = [
        Line(
            reverse("office:answer", args=[each.pk]),
            code=each.request.measure.code,
            title=each.request.measure.title,
            note=f"{each.author_name}: {each.get_kind_display()}",
            quote=each.text,
        )
        for each in sorted(waiting, key=lambda answer: answer.kind in NEWS)
    ]
    return group("answers", _("Answers to approve"), lines, more=reverse("office:answers"))


def rounds_to_look_at(desk: Desk) -> Group:
    """Rounds that lie ready to be sent, and those whose answers are late."""
    found = pending_rounds(desk.municipality) if may_conduct(desk.access) else []
    lines = [
        Line(
            reverse("office:round", args=[each.round.concept.slug, each.round.pk]),
            _overdue(each) if each.round.is_open else _("Not sent yet."),
            title=each.round.subject,
            note=_("answer by {day}").format(day=day(each.round.due)),
        )
        for each in found
        if each.is_overdue or not each.round.is_open
    ]
    return group("rounds", _("Rounds"), lines)


def news_owed(desk: Desk) -> Group:
    """An editor's measures of which news is due; the officer has the board for that."""
    lines: list[Line] = []
    own = OwnMeasures(desk)
    if may_report(desk.access) and not may_conduct(desk.access) and own.concept:
        lines = [
            Line(
                reverse("office:sheet", args=[own.concept.slug, each.measure.pk]),
                code=each.measure.code,
                title=each.measure.title,
                note=each.standing.news,
            )
            for each in own.owed
        ]
    more = reverse("office:my-measures")
    return group("news-owed", _("News owed"), lines, more=more)


def _overdue(line: RoundLine) -> str:
    return ngettext(
        "{number} answer is overdue.", "{number} answers are overdue.", line.open
    ).format(number=line.open)
