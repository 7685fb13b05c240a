"""A part of a concept as readers would see it, made from its content; nothing is stored."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from leitbild.accounts.models import Organisation
from leitbild.core.models import Translatable
from leitbild.core.queries import overlay
from leitbild.office.writing.forms.choices import Choices
from leitbild.plan.document import first_day, last_day
from leitbild.plan.enums import MeasureKind, PartKind, Precision
from leitbild.plan.models import ArrivalStage, Concept, Goal, Measure, TargetGroup, Theme
from leitbild.plan.queries.contents import MODELS, Content

Named = TypeVar("Named", ArrivalStage, TargetGroup, Organisation)


@dataclass(frozen=True, slots=True)
class PreviewEntry:
    """What a measure is connected to, as far as that is settled yet."""

    theme: Theme | None
    goals: Sequence[Goal]
    stages: Sequence[ArrivalStage]
    target_groups: Sequence[TargetGroup]
    lead: Organisation | None
    partners: Sequence[Organisation]


def preview(
    kind: PartKind, content: Content, choices: Choices, *, concept: Concept, language: str
) -> dict[str, Any]:
    """What the page of this part shows: the row as it would be, and what it is connected to."""
    row = _row(kind, content, concept)
    beside: list[Translatable] = [row]
    found: dict[str, Any] = {"kind": kind.value, "row": row}
    if isinstance(row, Measure):
        entry = _entry(content, choices)
        beside += _connected(entry)
        found |= {"measure": row, "entry": entry, "theme": entry.theme}
    elif isinstance(row, Goal):
        number = content.get("theme")
        found["theme"] = next((each for each in choices.themes if each.number == number), None)
    elif isinstance(row, Theme):
        found["theme"] = row
    overlay(beside, language=language, source=language)
    return found


def _row(kind: PartKind, content: Content, concept: Concept) -> Translatable:
    """A row that is never saved; facts that aren't facts yet stay empty."""
    model = MODELS[kind]
    values = {name: str(content.get(name) or "") for name in model.translatable}
    row = model(**values)
    for name in ("code", "sign"):
        if hasattr(row, name):
            setattr(row, name, content.get(name) or "")
    for name in ("number", "edition", "horizon"):
        if hasattr(row, name):
            value = content.get(name)
            setattr(row, name, value if isinstance(value, int) else None)
    row.source_url = _web_address(content.get("source_url"))  # type: ignore[attr-defined] # all parts have it
    row.sample = bool(content.get("sample"))  # type: ignore[attr-defined] # likewise
    if isinstance(row, Measure):
        row.kind = content.get("kind") or MeasureKind.ONE_OFF
        row.start, row.start_precision = _day(content.get("start"), first_day)
        row.end, row.end_precision = _day(content.get("end"), last_day)
    if isinstance(row, Concept):
        row.status = concept.status
    return row


def _web_address(typed: Any) -> str:
    """An address people may follow; what only looks like one (javascript:) leads nowhere."""
    text = str(typed or "")
    return text if text.startswith(("https://", "http://")) else ""


def _day(
    planned: Any, of_year: Callable[[int | dt.date], dt.date]
) -> tuple[dt.date | None, Precision]:
    try:
        if isinstance(planned, int):
            return of_year(planned), Precision.YEAR
        return dt.date.fromisoformat(planned), Precision.DAY
    except (TypeError, ValueError):
        return None, Precision.YEAR


def _entry(content: Content, choices: Choices) -> PreviewEntry:
    by_code = {goal.code: goal for goal in choices.goals}
    goals = [by_code[code] for code in content.get("goals") or [] if code in by_code]
    themes = {each.pk: each for each in choices.themes}
    lead = _named(choices.organisations, [content.get("lead")])
    return PreviewEntry(
        theme=themes.get(goals[0].theme_id) if goals else None,
        goals=goals,
        stages=_named(choices.stages, content.get("stages") or []),
        target_groups=_named(choices.target_groups, content.get("target_groups") or []),
        lead=next(iter(lead), None),
        partners=_named(choices.organisations, content.get("partners") or []),
    )


def _named(rows: Sequence[Named], slugs: Sequence[Any]) -> list[Named]:
    return [row for row in rows if row.slug in slugs]


def _connected(entry: PreviewEntry) -> list[Translatable]:
    rows = [*entry.goals, *entry.stages, *entry.target_groups, *entry.partners]
    return [*rows, *(each for each in (entry.lead, entry.theme) if each)]
