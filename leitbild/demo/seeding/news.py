"""How the measures of a municipality fare: years of news, milestones, money."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Final

from leitbild.delivery.enums import MoneySource, State, UpdateKind
from leitbild.delivery.models import Milestone, MilestoneValue, Money, ProgressUpdate
from leitbild.delivery.models.progress import REASONED
from leitbild.demo.files import Texts
from leitbild.demo.seeding.batch import YEARS, Batch
from leitbild.demo.seeding.people import contact_name
from leitbild.demo.seeding.samples import filled, samples
from leitbild.demo.seeding.tables import moment
from leitbild.demo.seeding.town import Town
from leitbild.plan.enums import MeasureKind
from leitbild.plan.queries.outline import MeasureEntry

FIELDS: Final = ProgressUpdate.translatable
CONFIRMED: Final = UpdateKind.CONFIRMED.value
REPORTED: Final = UpdateKind.REPORTED.value
QUARTER: Final = 91
TRANSLATED: Final = 4
"""So many of the newest news are in all languages; older ones nobody translates any more."""
ENDS: Final = {
    State.UNDER_WAY: 45,
    State.DONE: 20,
    State.DELAYED: 12,
    State.PLANNED: 8,
    State.STOPPED: 3,
}
"""How a measure stands today, and how often; a permanent task that is done stays."""
SILENCES: Final = ((0, 80, 75), (200, 300, 15), (400, 700, 10))
"""How many days ago the last news came, from, to and how often."""


def make_news(town: Town, entry: MeasureEntry, batch: Batch) -> None:
    """All news of a measure, the oldest first."""
    rng, scale = town.rng, town.scale
    states = _course(rng, scale.updates, is_permanent=entry.measure.kind == MeasureKind.PERMANENT)
    author = contact_name(town, entry.lead)
    before = None
    for place, (day, state) in enumerate(
        zip(_days(rng, scale.day, scale.updates), states, strict=True)
    ):
        pk = batch.new_id(ProgressUpdate)
        is_confirmation = state == before and rng.random() < 0.15
        texts = {} if is_confirmation else _said(rng, state)
        own = [texts[name][scale.source] if name in texts else "" for name in FIELDS]
        written = day.isoformat()
        batch[ProgressUpdate].add(
            pk,
            entry.measure.pk,
            written,
            author,
            CONFIRMED if is_confirmation else REPORTED,
            state.value,
            *own,
            rng.random() < 0.92,
            True,
            moment(day),
        )
        if place >= scale.updates - TRANSLATED:
            batch.translate(ProgressUpdate, pk, **texts)
        before = state


def _course(rng: random.Random, number: int, *, is_permanent: bool) -> list[State]:
    """The states of a measure one after the other: prepared, carried out, as it stands today."""
    [end] = rng.choices(list(ENDS), list(ENDS.values()))
    if end == State.DONE and is_permanent:
        end = State.PERMANENT
    if end == State.PLANNED:
        return [State.PLANNED] * number
    last = rng.randint(1, max(1, number // 4))
    first = rng.randint(0, max(0, (number - last) // 3))
    middle = max(0, number - first - last)
    stumbles = rng.randrange(middle + 1) if rng.random() < 0.3 else middle
    between = [
        State.DELAYED if stumbles <= each < stumbles + 2 else State.UNDER_WAY
        for each in range(middle)
    ]
    return [*[State.PLANNED] * first, *between, *[end] * last][:number]


def _days(rng: random.Random, today: dt.date, number: int) -> Iterator[dt.date]:
    """The days of so many news, about a quarter apart, all of them within the years of the plan."""
    [(least, most, _often)] = rng.choices(SILENCES, [often for *_days, often in SILENCES])
    newest = today - dt.timedelta(days=rng.randint(least, most))
    step = max(1, min(QUARTER, YEARS * 365 // max(1, number)))
    for left in reversed(range(number)):
        yield newest - dt.timedelta(days=left * step + (rng.randrange(step) // 3 if left else 0))


def _said(rng: random.Random, state: State) -> dict[str, Texts]:
    """What is reported along with a state."""
    said = samples()
    texts = {"text": filled(rng.choice(said.news[state]), count=rng.randrange(12, 400))}
    if state in REASONED:
        texts["reason"] = rng.choice(said.reasons)
    if state not in {State.DONE, State.STOPPED} and rng.random() < 0.4:
        texts["next_step"] = rng.choice(said.next_steps)
    if state == State.DELAYED or rng.random() < 0.08:
        texts["obstacle"] = rng.choice(said.obstacles)
        if rng.random() < 0.5:
            texts["helps"] = rng.choice(said.helps)
    return texts


def make_milestones(town: Town, entry: MeasureEntry, batch: Batch) -> None:
    """The steps of a measure, some with a number and how far it is."""
    rng, scale = town.rng, town.scale
    author = contact_name(town, entry.lead)
    for sample in rng.sample(samples().milestones, rng.randrange(4)):
        pk = batch.new_id(Milestone)
        due = scale.day + dt.timedelta(days=rng.randint(-1_000, 900))
        is_done = due < scale.day and rng.random() < 0.7
        target = rng.randint(2, 40) * 5 if sample.unit else None
        batch[Milestone].add(
            pk,
            entry.measure.pk,
            sample.title[scale.source],
            due.isoformat(),
            (due - dt.timedelta(days=rng.randrange(30))).isoformat() if is_done else None,
            target,
            sample.unit[scale.source] if sample.unit else "",
            True,
        )
        texts = {"unit": sample.unit} if sample.unit else {}
        batch.translate(Milestone, pk, title=sample.title, **texts)
        if target:
            _make_values(batch, pk, target, author, _readings(rng, min(due, scale.day)))


def _readings(rng: random.Random, until: dt.date) -> list[dt.date]:
    """The days on which a number was read, the oldest first."""
    number = rng.randrange(4)
    return [until - dt.timedelta(days=30 + 120 * left) for left in reversed(range(number))]


def _make_values(
    batch: Batch, milestone: int, target: int, author: str, days: list[dt.date]
) -> None:
    """A number that grows from reading to reading and ends a little under its target."""
    for place, day in enumerate(days, start=1):
        value = target * place // (len(days) + 1)
        batch[MilestoneValue].add(milestone, value, day.isoformat(), author, True, moment(day))


def make_money(town: Town, entry: MeasureEntry, batch: Batch) -> None:
    """What is planned and spent; of three measures in ten nobody knows."""
    rng, this_year = town.rng, town.scale.day.year
    if rng.random() < 0.3:
        return
    source = rng.choice(list(MoneySource))
    amount = rng.randint(2, 120) * 500_00
    for year in range(this_year - rng.randint(0, 2), this_year + rng.randint(1, 2)):
        spent = amount * rng.randint(60, 105) // 100 if year < this_year else None
        batch[Money].add(entry.measure.pk, year, source.value, amount, spent, True)
