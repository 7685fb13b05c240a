"""The first page of a report: what moved, what stands still, what needs a decision.

The rules are told in docs/handbuch.md; nothing here is a matter of taste.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitbild.core.templatetags.components import day
from leitbild.delivery.enums import Freshness, State
from leitbild.delivery.queries import NO_NEWS
from leitbild.delivery.queries.standings import AT_REST
from leitbild.reports.council.content import Because, Point, ReportedMeasure, Summary

HALTED: Final = (State.DELAYED, State.STOPPED)
"""States in which a measure stands still."""
ENDS: Final = (".", "!", "?", "…", "؟", ":", "”", "“", "»")


def summary(measures: Iterable[ReportedMeasure]) -> Summary:
    """What of the measures belongs on the first page; who stands still isn't said to have moved."""
    measures = list(measures)
    still = [point for each in measures if (point := _standstill(each))]
    halted = {point.code for point in still}
    moved = [_move(each) for each in measures if each.has_moved and each.code not in halted]
    decisions = [point for each in measures if (point := _decision(each))]
    return Summary(moved=moved, still=still, decisions=decisions)


def _point(measure: ReportedMeasure, because: Sequence[Because], texts: Iterable[str]) -> Point:
    return Point(
        code=measure.code,
        title=measure.title,
        text=" ".join(sentence for text in texts if (sentence := _sentence(text))),
        before=measure.before.label,
        now=measure.now.label,
        shape=measure.now.shape,
        because=list(because),
    )


def _move(measure: ReportedMeasure) -> Point:
    """A measure in another state, with what was said of it."""
    said = (each.text for each in measure.news if each.state == measure.now.state and each.text)
    return _point(measure, ["moved"], [next(said, "")])


def _standstill(measure: ReportedMeasure) -> Point | None:
    """A measure that is delayed, stopped or silent, with the reason or the days of silence."""
    because: list[Because] = []
    texts: list[str] = []
    if measure.now.state == State.DELAYED:
        because.append("delayed")
    elif measure.now.state == State.STOPPED:
        because.append("stopped")
    if because and measure.last and measure.last.state == measure.now.state:
        texts.append(measure.last.reason)
    if measure.freshness == Freshness.SILENT:
        because.append("silent")
        texts.append(silence(measure.silent_days))
    return _point(measure, because, texts) if because else None


def silence(days: int | None) -> str:
    """For how long nothing was heard of a measure."""
    if days is None:
        return _("No news yet")
    return ngettext("No news for {number} day", "No news for {number} days", days).format(
        number=days
    )


def _decision(measure: ReportedMeasure) -> Point | None:
    """A measure somebody has to decide something about, with what that is."""
    state = measure.now.state
    because: list[Because] = []
    texts: list[str] = []
    if state == State.STOPPED:
        because.append("stopped")
        texts.append(_("It was stopped: is it to be resumed, changed or dropped?"))
    if state not in (State.DONE, NO_NEWS) and measure.last and measure.last.obstacle:
        because.append("obstacle")
        texts.append(measure.last.obstacle)
        if measure.last.helps:
            texts.append(_("What helps: {text}").format(text=measure.last.helps))
    late = [step for step in measure.milestones if step.status == "overdue"]
    if late and state not in AT_REST:
        because.append("overdue")
        texts.extend(
            _("Milestone overdue since {day}: {title}").format(day=day(step.due), title=step.title)
            for step in late
        )
    if "owner" in measure.gaps and state not in AT_REST:
        because.append("owner")
        texts.append(_("Nobody leads it yet"))
    return _point(measure, because, texts) if because else None


def _sentence(text: str) -> str:
    """The text on one line, with a full stop where it has no end."""
    line = " ".join(text.split())
    return line if not line or line.endswith(ENDS) else f"{line}."
