"""A frozen concept as PDF: what the council gets, tagged and accessible (PDF/UA-1)."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, Final

from django.template.defaultfilters import date as format_date
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from leitbild.accounts.terminology import Terms, terms
from leitbild.core.languages import language
from leitbild.core.refusal import Refused
from leitbild.plan.enums import MeasureKind
from leitbild.plan.queries.freezing import FrozenConcept
from leitbild.plan.queries.frozen_text import (
    FrozenGoal,
    FrozenMeasure,
    FrozenTheme,
    frozen_text,
)
from leitbild.reports.typesetting import Node, UnprintableSigns, blocks, typeset

_WITHOUT_MEASURES: Final = 2


def concept_pdf(frozen: FrozenConcept) -> bytes:
    """The concept as PDF/UA-1, in its source language; the same concept gives the same bytes.

    Raises Refused where a text holds signs that no font at hand can print.
    """
    with translation.override(frozen.language):
        data = _paper(frozen)
    try:
        return typeset("concept.typ", data, day=frozen.day)
    except UnprintableSigns as error:
        raise Refused(
            [
                _(
                    "These signs can’t be printed: {signs}. Write them another way, then submit "
                    "the concept."
                ).format(signs=" ".join(error.signs))
            ]
        ) from error


def _paper(frozen: FrozenConcept) -> Node:
    """Everything the template prints."""
    town = frozen.concept.municipality
    text = frozen_text(frozen)
    names = terms(town, frozen.language)
    span = f"{text.edition}–{text.horizon}" if text.horizon else str(text.edition)
    version = _("Version {number}, as of {day}").format(
        number=frozen.number, day=format_date(frozen.day, _("j F Y"))
    )
    title = text.texts["title"].plain
    return {
        "language": frozen.language.partition("-")[0],
        "direction": language(frozen.language).direction,
        "city": town.official_name or town.name,
        "title": title,
        "span": span,
        "version": version,
        "running": f"{title}, {version}",
        "date": [frozen.day.year, frozen.day.month, frozen.day.day],
        "digest": " ".join(re.findall(".{8}", frozen.digest)),
        "sample": text.sample,
        "sample-note": _sample_note(frozen),
        "purpose": blocks(text.texts["purpose"].plain),
        "introduction": blocks(text.texts["introduction"].plain),
        "themes": [_theme(theme, names) for theme in text.themes],
        "depth": _WITHOUT_MEASURES,
        "labels": _labels(),
    }


def _labels() -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "introduction": _("Introduction"),
        "digest": _("Digest of the text (SHA-256), by which it can be verified:"),
        "sample": _("sample"),
    }


def _sample_note(frozen: FrozenConcept) -> str:
    if not any(record.content.get("sample") for record in frozen.records):
        return ""
    return _(
        "What is marked as a sample was written for a demonstration. It is not the text of the "
        "city’s concept."
    )


def _theme(theme: FrozenTheme, names: Terms) -> Node:
    return {
        "code": str(theme.number),
        "title": theme.texts["name"].plain,
        "vision": " ".join(theme.texts["vision"].plain.split()),
        "text": blocks(theme.texts["introduction"].plain),
        "sample": theme.sample,
        "goals": [_goal(goal, names) for goal in theme.goals],
    }


def _goal(goal: FrozenGoal, names: Terms) -> Node:
    also = "; ".join(f"{each.code} {each.texts['title'].plain}" for each in goal.also)
    facts = [
        (_("Until"), str(goal.horizon or "")),
        (_("Also serve this goal"), also),
    ]
    return {
        "code": goal.code,
        "title": goal.texts["title"].plain,
        "text": blocks(goal.texts["text"].plain),
        "sample": goal.sample,
        "facts": [*_facts(facts), *_source(goal.source_url)],
        "measures": [_measure(measure, names) for measure in goal.measures],
    }


def _measure(measure: FrozenMeasure, names: Terms) -> Node:
    facts = [
        (_("Lead"), measure.lead.plain if measure.lead else ""),
        (_("Partners"), _joined(measure.partners)),
        (_("For whom"), _joined(measure.target_groups)),
        (_("When"), _period(measure)),
        (_("Kind"), str(MeasureKind(measure.kind).label)),
        (_("Stage of arrival"), _joined(measure.stages)),
        (capfirst(names.goal.many), ", ".join(measure.goals) if measure.goals[1:] else ""),
    ]
    return {
        "code": measure.code,
        "title": measure.texts["title"].plain,
        "summary": " ".join(measure.texts["summary"].plain.split()),
        "text": blocks(measure.texts["text"].plain),
        "sample": measure.sample,
        "facts": [*_facts(facts), *_source(measure.source_url)],
    }


def _facts(facts: Sequence[tuple[str, str]]) -> list[Node]:
    return [{"label": label, "text": text} for label, text in facts if text]


def _source(url: str) -> list[Node]:
    return [{"label": _("Source"), "text": url, "href": url}] if url else []


def _joined(names: Sequence[Any]) -> str:
    return ", ".join(name.plain for name in names)


def _period(measure: FrozenMeasure) -> str:
    start, end = _moment(measure.start), _moment(measure.end)
    if start and end:
        return f"{start} – {end}" if " " in start + end else f"{start}–{end}"
    if start:
        return _("from %(start)s") % {"start": start}
    return _("until %(end)s") % {"end": end} if end else ""


def _moment(moment: int | dt.date | None) -> str:
    if isinstance(moment, dt.date):
        return str(format_date(moment, _("j F Y")))
    return str(moment or "")
