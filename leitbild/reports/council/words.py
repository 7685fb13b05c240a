"""The words that stand in every report whatever it says: headings, columns, explanations."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

SIGNS: Final[Mapping[str, str]] = {
    "planned": "□",
    "under_way": "⬓",
    "done": "■",
    "permanent": "▣",
    "delayed": "▨",
    "stopped": "⊟",
    "no_news": "⬚",
}
"""Characters in the form of stones, for texts that can't hold drawings."""


def labels() -> dict[str, str]:
    """All of them in the active language."""
    return {**_headings(), **_columns(), **_facts(), **_silences()}


def _headings() -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "reading": _("How to read this report"),
        "moved": _("What moved"),
        "still": _("What stands still"),
        "decisions": _("What needs a decision"),
        "counts": _("All measures by state"),
        "comparison": _("State now and before"),
        "money": _("Money"),
        "gaps": _("What is missing"),
        "annex": _("All measures"),
        "milestones": _("Milestones"),
        "news": _("News of this period"),
        "last": _("Last news before this period"),
        "papers": _("Council papers"),
    }


def _columns() -> dict[str, str]:
    return {
        "state": _("State"),
        "now": _("Now"),
        "before": _("Before"),
        "total": _("Total"),
        "code": _("No."),
        "measure": _("Measure"),
        "milestone": _("Milestone"),
        "due": _("Due"),
        "reached": _("Reached"),
        "status": _("Status"),
        "value": _("Value"),
        "year": _("Year"),
        "source": pgettext("money", "Source"),
        "planned": pgettext("money", "Planned"),
        "spent": pgettext("money", "Spent"),
        "missing": _("Missing"),
        "number": pgettext("how many", "Number"),
        "measures": _("Measures"),
        "last_news": _("Last news"),
    }


def _facts() -> dict[str, str]:
    return {
        "lead": _("Lead"),
        "partners": _("Partners"),
        "for_whom": _("For whom"),
        "when": _("When"),
        "reason": _("Reason"),
        "next_step": _("Next step"),
        "obstacle": _("Obstacle"),
        "helps": _("What helps"),
        "confirmed": _("confirmed unchanged"),
        "internal": _("internal"),
        "sample": _("sample"),
        "digest": _("Digest of the report (SHA-256), by which it can be verified:"),
    }


def _silences() -> dict[str, str]:
    """What an empty part says."""
    return {
        "no_moves": _("No measure is in another state than before."),
        "no_standstill": _("No measure is delayed, stopped or silent."),
        "no_decisions": _("Nothing waits for a decision."),
        "no_measures": _("There are no measures here yet."),
        "no_money": _("Nobody has given figures for these years."),
        "no_gaps": _("Every measure has a lead, a date, money and news."),
        "no_gaps_short": _("Every measure has a lead, a date and news."),
    }


def reading(until: str, before: str) -> list[str]:
    """How to read a report on a period, a sentence or two each."""
    return [
        _("“Now” is the end of {until}, “before” the end of {before}.").format(
            until=until, before=before
        ),
        _("Each measure is a stone: its form says in which state it is, its colour its theme."),
        _("Nothing is averaged: figures say how many measures are in which state."),
        _(
            "“–” means that nobody gave a figure, not that it is nothing. Sums say how many "
            "measures gave one."
        ),
    ]
