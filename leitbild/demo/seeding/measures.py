"""The measures of a seeded municipality, and what the plan check finds in its concept."""

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from django.utils import timezone

from leitbild.core.queries import overlay
from leitbild.demo.files import Texts
from leitbild.demo.seeding.batch import Batch
from leitbild.demo.seeding.samples import ThemeSample, samples
from leitbild.demo.seeding.town import Town, add, keep_history, themes_of
from leitbild.plan.enums import MeasureKind, Precision
from leitbild.plan.models import FindingCount, Goal, Measure, MeasureGoal, Theme
from leitbild.plan.queries.connections import Connections
from leitbild.plan.queries.outline import GoalEntry, MeasureEntry, Outline, ThemeEntry
from leitbild.plan.queries.review import findings

SENTENCES: Final = 6
"""Sentences of a measure's text, in two paragraphs."""
RowT = TypeVar("RowT")


def make_measures(town: Town, batch: Batch) -> None:
    """All measures, theme by theme; themes have the same number of them, give or take one."""
    themes, number = themes_of(town.scale), town.scale.measures
    for place, (theme, sample) in enumerate(zip(town.themes, themes, strict=True)):
        first, end = (each * number // len(themes) for each in (place, place + 1))
        for turn in range(end - first):
            entry = _entry(town, batch, theme, turn)
            add(town, batch, entry.measure, **_wording(town.rng, sample, turn))
            _link(batch, entry)
            keep_history(batch, town.concept, entry.measure, _content(entry))
            town.measures.append(entry)


def _entry(town: Town, batch: Batch, theme: Theme, turn: int) -> MeasureEntry:
    """A measure without its texts, and all it is connected to."""
    rng = town.rng
    lead = rng.choice(town.organisations) if rng.random() < 0.95 else None
    is_permanent = rng.random() < 0.25
    partners = [each for each in _some(rng, town.organisations, 0, 3) if each != lead]
    measure = Measure(
        id=batch.new_id(Measure),
        concept_id=town.concept.pk,
        code=f"{theme.number}.{turn + 1}",
        kind=(MeasureKind.PERMANENT if is_permanent else MeasureKind.ONE_OFF).value,
        lead=lead,
        position=len(town.measures),
        sample=True,
        end_precision=Precision.YEAR.value,
        **_dates(rng, town.scale.edition, is_permanent=is_permanent),
    )
    return MeasureEntry(
        measure=measure,
        theme=theme,
        goals=_goals(rng, theme, town.goals),
        stages=tuple(_some(rng, town.stages, 1, 2)),
        target_groups=tuple(_some(rng, town.groups, 1, 3)),
        lead=lead,
        partners=tuple(partners),
    )


def _some(rng: random.Random, rows: Sequence[RowT], least: int, most: int) -> list[RowT]:
    """Some rows of a list in the order of the list, as an import keeps them."""
    return [rows[place] for place in sorted(rng.sample(range(len(rows)), rng.randint(least, most)))]


def _goals(rng: random.Random, theme: Theme, goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """The main goal, which is one of the theme, and sometimes another one."""
    main = rng.choice([goal for goal in goals if goal.theme == theme])
    other = rng.choice(goals)
    return (main, other) if other != main and rng.random() < 0.3 else (main,)


def _dates(rng: random.Random, edition: int, *, is_permanent: bool) -> dict[str, Any]:
    """When a measure begins, how exactly that is known, and when it ends."""
    begins = edition + rng.randrange(3)
    lasts, month, day = rng.randint(2, 7), rng.randint(1, 12), rng.randint(1, 28)
    luck = rng.random()
    if luck < 0.05:
        return {"start_precision": Precision.YEAR.value}
    begin = dt.date(begins, month, day) if luck < 0.25 else dt.date(begins, 1, 1)
    precision = Precision.DAY if luck < 0.25 else Precision.YEAR
    dates = {"start": begin, "start_precision": precision.value}
    return dates if is_permanent else {**dates, "end": dt.date(begins + lasts, 12, 31)}


def _wording(rng: random.Random, theme: ThemeSample, turn: int) -> dict[str, Texts]:
    """Title, summary and text of a theme's measure; from the fifth on each is of a district."""
    said = samples()
    again, place = divmod(turn, len(theme.measures))
    sample = theme.measures[place]
    title = sample.title
    if again:
        further, district = divmod(again - 1, len(said.districts))
        # No title comes twice.
        number = f" {further + 1}" if further else ""
        names = said.districts[district]
        title = {code: f"{text} ({names[code]}{number})" for code, text in title.items()}
    chosen = rng.sample(said.sentences, SENTENCES)
    text = {code: _paragraphs([each[code] for each in chosen]) for code in title}
    return {"title": title, "summary": sample.summary, "text": text}


def _paragraphs(sentences: Sequence[str]) -> str:
    half = len(sentences) // 2
    return "\n\n".join(" ".join(part) for part in (sentences[:half], sentences[half:]))


def _link(batch: Batch, entry: MeasureEntry) -> None:
    pk = entry.measure.pk
    for position, goal in enumerate(entry.goals):
        batch[MeasureGoal].add(pk, goal.pk, goal.concept_id, position)
    for stage in entry.stages:
        batch[Measure.stages.through].add(pk, stage.pk)
    for group in entry.target_groups:
        batch[Measure.target_groups.through].add(pk, group.pk)
    for partner in entry.partners:
        batch[Measure.partners.through].add(pk, partner.pk)


def _content(entry: MeasureEntry) -> dict[str, Any]:
    """What a measure says; the same as `plan.queries.contents` reads from its stored rows."""
    row = entry.measure
    start, end = row.planned_start, row.planned_end
    return {
        **{name: getattr(row, name) for name in row.translatable},
        "code": row.code,
        "goals": [goal.code for goal in entry.goals],
        "stages": [stage.slug for stage in entry.stages],
        "target_groups": [group.slug for group in entry.target_groups],
        "kind": row.kind,
        "start": start.isoformat() if isinstance(start, dt.date) else start,
        "end": end.isoformat() if isinstance(end, dt.date) else end,
        "lead": entry.lead.slug if entry.lead else None,
        "partners": [partner.slug for partner in entry.partners],
        "source_url": row.source_url,
        "sample": row.sample,
    }


def make_counts(town: Town, batch: Batch) -> None:
    """How many findings the plan check has today, as an import writes them down."""
    language = town.scale.source
    entries = tuple(town.measures)
    overlay(
        [town.concept, *town.themes, *town.goals, *(each.measure for each in entries)],
        language=language,
        source=language,
    )
    themes = tuple(ThemeEntry(theme, _goal_entries(theme, town)) for theme in town.themes)
    # Only of a measure without a goal the connections are asked for.
    unused = Connections({}, {}, {}, {}, {}, ())
    outline = Outline(town.concept, language, themes, entries, loose=(), connections=unused)
    review = findings(outline)
    today = timezone.localdate()
    for name, count in review.counts.items():
        batch[FindingCount].add(town.concept.pk, today.isoformat(), name, count)


def _goal_entries(theme: Theme, town: Town) -> tuple[GoalEntry, ...]:
    return tuple(
        GoalEntry(
            goal,
            tuple(each for each in town.measures if each.goals[0] == goal),
            tuple(each for each in town.measures if goal in each.goals[1:]),
        )
        for goal in town.goals
        if goal.theme == theme
    )
