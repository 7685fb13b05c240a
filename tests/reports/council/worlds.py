"""Towns at random, always the same for a seed: news, milestones and money as life writes them."""

import datetime as dt
import random
from typing import Final

from leitbild.accounts.models import Municipality
from leitbild.delivery.enums import MoneySource, State, UpdateKind
from leitbild.delivery.models import (
    CouncilPaper,
    Milestone,
    MilestoneValue,
    Money,
    ProgressUpdate,
    Rhythm,
)
from leitbild.plan.models import Concept, Measure, MeasureGoal
from tests.towns import measure, plan, settle

FIRST: Final = dt.date(2023, 6, 1)
LAST: Final = dt.date(2025, 12, 31)
SINCE: Final = dt.date(2025, 1, 1)
UNTIL: Final = dt.date(2025, 6, 30)
NAMES: Final = ("schulamt", "amt-fuer-bau", None)


def random_town(seed: int, *, measures: int = 14) -> Municipality:
    """A town whose measures fare as the seed has it; the last measure serves no goal."""
    luck = random.Random(seed)  # noqa: S311 # repeatable, not secret
    raw = [_measure(luck, number) for number in range(measures)]
    goals = [{"code": f"{n}a", "theme": n, "title": f"Ziel {n}"} for n in (1, 2, 3)]
    themes = [
        {"number": n, "slug": f"t{n}", "name": f"Feld {n}", "vision": f"Bild {n}."}
        for n in (1, 2, 3)
    ]
    english = {"slug": "musterstadt", "name": "Musterstadt", "languages": ["en"]}
    town = settle(plan(*raw, goals=goals, themes=themes, municipality=english, language="en"))
    concept = Concept.objects.get()
    rows = list(Measure.objects.order_by("position"))
    MeasureGoal.objects.filter(measure=rows[-1]).delete()
    if luck.random() < 0.5:
        Rhythm.objects.create(concept=concept, months=luck.choice((3, 9, 12)))
    for row in rows:
        if luck.random() < 0.3:
            Rhythm.objects.create(concept=concept, measure=row, months=luck.choice((1, 2, 12)))
    ProgressUpdate.objects.bulk_create(each for row in rows for each in _updates(luck, row))
    Money.objects.bulk_create(each for row in rows for each in _money(luck, row))
    steps = Milestone.objects.bulk_create(each for row in rows for each in _milestones(luck, row))
    MilestoneValue.objects.bulk_create(
        MilestoneValue(milestone=step, value=luck.randrange(50), date=_day(luck))
        for step in steps
        for _ in range(luck.randrange(4))
    )
    CouncilPaper.objects.bulk_create(
        CouncilPaper(measure=row, title=f"Vorlage {row.code}", date=luck.choice((_day(luck), None)))
        for row in luck.sample(rows, 5)
    )
    return town


def _measure(luck: random.Random, number: int) -> dict[str, object]:
    begins = luck.choice((None, "2024-02-01", "2026-03-01"))
    return measure(
        f"{number % 3 + 1}.{number}",
        f"Vorhaben {number}",
        goals=[f"{number % 3 + 1}a"],
        **{
            name: value
            for name, value in {
                "lead": luck.choice(NAMES),
                "start": begins,
                "end": luck.choice((None, "2027-12-31")),
            }.items()
            if value
        },
    )


def _day(luck: random.Random) -> dt.date:
    """Any day, and often one of those on which a period begins or ends."""
    edges = (SINCE, UNTIL, SINCE - dt.timedelta(days=1), UNTIL + dt.timedelta(days=1))
    if luck.random() < 0.3:
        return luck.choice(edges)
    return FIRST + dt.timedelta(days=luck.randrange((LAST - FIRST).days))


def _updates(luck: random.Random, row: Measure) -> list[ProgressUpdate]:
    """Up to nine, in any order of days, some on the same day, some for the office alone."""
    found = []
    for number in range(luck.choice((0, 0, 1, 3, 6, 9))):
        state = luck.choice(State.values)
        confirms = luck.random() < 0.25
        texts = {
            "text": f"Text {row.code}/{number}",
            "reason": f"Grund {row.code}/{number}" if state in {"delayed", "stopped"} else "",
            "next_step": luck.choice(("", f"Schritt {number}.")),
            "obstacle": luck.choice(("", "", f"Hindernis {number}")),
            "helps": luck.choice(("", f"Hilfe {number}!")),
        }
        found.append(
            ProgressUpdate(
                measure=row,
                date=_day(luck),
                state=state,
                kind=UpdateKind.CONFIRMED if confirms else UpdateKind.REPORTED,
                public=luck.random() < 0.7,
                author_name="Geheime Person",
                **({} if confirms else texts),
            )
        )
    return found


def _money(luck: random.Random, row: Measure) -> list[Money]:
    return [
        Money(
            measure=row,
            year=year,
            source=source,
            planned_cents=luck.choice((None, 0, luck.randrange(10**8))),
            spent_cents=luck.randrange(10**8),
        )
        if luck.random() < 0.7
        else Money(measure=row, year=year, source=source, planned_cents=luck.randrange(10**6))
        for year in (2024, 2025, 2026)
        for source in MoneySource.values
        if luck.random() < 0.3
    ]


def _milestones(luck: random.Random, row: Measure) -> list[Milestone]:
    return [
        Milestone(
            measure=row,
            title=f"Schritt {row.code}-{number}",
            due=_day(luck),
            done=luck.choice((None, _day(luck))),
            target=luck.choice((None, 20)),
            unit="Plätze",
        )
        for number in range(luck.choice((0, 1, 2, 4)))
    ]
