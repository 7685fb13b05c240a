"""Makes the municipalities that are missing, so that one sees what grows with their number."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import HostName, Municipality
from leitbild.core.actions import record_event
from leitbild.core.models import AuditEvent, ContentRevision
from leitbild.core.pagecache import bump
from leitbild.core.refusal import Refused
from leitbild.demo.days import BASE
from leitbild.demo.seeding.asking import make_round
from leitbild.demo.seeding.batch import COLUMNS, Batch, Scale
from leitbild.demo.seeding.measures import make_counts, make_measures
from leitbild.demo.seeding.news import make_milestones, make_money, make_news
from leitbild.demo.seeding.people import make_contacts, make_followers, make_staff
from leitbild.demo.seeding.samples import LANGUAGES
from leitbild.demo.seeding.tables import refresh_statistics
from leitbild.demo.seeding.town import Town, host_of, make_town, slug_of

SEEDED: Final = "seed.load"
MOST_TOWNS: Final = 9_999
MOST_MEASURES: Final = 1_000
MOST_UPDATES: Final = 200
ROWS: Final = 60_000
"""About so many rows are written at a time, and committed."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Seeded:
    """How much was made."""

    municipalities: int
    measures: int
    updates: int


def seed(
    *,
    municipalities: int,
    measures: int,
    updates: int,
    languages: Sequence[str],
    first: int = 1,
    today: dt.date = BASE,
    progress: Progress | None = None,
) -> Seeded:
    """Have the municipalities from number `first` to `municipalities`; those there already stay.

    Each has `measures` measures with `updates` updates each, the newest at most some weeks before
    `today`, and its texts in all `languages`, the first of them its own. Raises Refused with every
    reason at once, also where a municipality of these names is there that is another one. What is
    committed stays when it is interrupted: the next call makes the rest.
    """
    scale = Scale(measures, updates, tuple(languages), today)
    if reasons := list(_faults(first, municipalities, scale)):
        raise Refused(reasons)
    numbers = range(first, municipalities + 1)
    missing = _missing(numbers, scale)
    done, batch = 0, Batch(scale)
    for towns in _batches(missing, batch):
        done += len(towns)
        if progress:
            progress(done, len(missing))
    if missing:
        refresh_statistics([*COLUMNS, AuditEvent, ContentRevision])
    return Seeded(len(missing), len(missing) * measures, len(missing) * measures * updates)


def _faults(first: int, last: int, scale: Scale) -> Iterator[str]:
    """What is wrong with what was asked for."""
    if not 1 <= last <= MOST_TOWNS:
        yield _("Choose 1 to {most} municipalities; {number} can’t be made.").format(
            most=MOST_TOWNS, number=last
        )
    elif not 1 <= first <= last:
        yield _("Begin with a number from 1 to {last}, not with {first}.").format(
            first=first, last=last
        )
    if not 1 <= scale.measures <= MOST_MEASURES:
        yield _("Choose 1 to {most} measures for each municipality, not {number}.").format(
            most=MOST_MEASURES, number=scale.measures
        )
    if not 0 <= scale.updates <= MOST_UPDATES:
        yield _("Choose 0 to {most} updates for each measure, not {number}.").format(
            most=MOST_UPDATES, number=scale.updates
        )
    unknown = [each for each in scale.languages if each not in LANGUAGES]
    if unknown or not scale.languages or len(set(scale.languages)) < len(scale.languages):
        yield _(
            "Name each language once, the one they write in first; there are samples in {known}."
        ).format(known=", ".join(LANGUAGES))


def _missing(numbers: Iterable[int], scale: Scale) -> list[int]:
    """Which municipalities aren't there yet; raises Refused where others stand in their place."""
    wanted = {slug_of(number): number for number in numbers}
    there = dict(Municipality.objects.filter(slug__startswith="stadt-").values_list("slug", "pk"))
    there = {slug: pk for slug, pk in there.items() if slug in wanted}
    made = _made(there.values())
    asked = _facts(scale)
    reasons = [
        _("“{slug}” is there already and wasn’t made by “leitbild seed”.").format(slug=slug)
        if pk not in made
        else _(
            "“{slug}” was made with {measures} measures, {updates} updates and {languages}. Ask "
            "for the same, or use a database of its own."
        ).format(slug=slug, **_words(made[pk]))
        for slug, pk in sorted(there.items())
        if made.get(pk) != asked
    ]
    free = [slug for slug in wanted if slug not in there]
    names = {host_of(slug) for slug in free}
    hosts = HostName.objects.filter(name__startswith="stadt-").select_related("municipality")
    reasons += [
        _("The host name {host} already belongs to {name}.").format(
            host=each.name, name=each.municipality.name
        )
        for each in hosts.order_by("name")
        if each.name in names
    ]
    if reasons:
        raise Refused(reasons)
    return [wanted[slug] for slug in free]


def _made(towns: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What those municipalities were made with that seeding made."""
    wanted = set(towns)
    events = AuditEvent.objects.filter(action=SEEDED, municipality_id__in=wanted) if wanted else ()
    return {each.municipality_id: each.changes for each in events if each.municipality_id}


def _facts(scale: Scale) -> dict[str, Any]:
    """What the log keeps of how a municipality was made."""
    return {
        "measures": scale.measures,
        "updates": scale.updates,
        "languages": list(scale.languages),
    }


def _words(facts: dict[str, Any]) -> dict[str, Any]:
    return {**facts, "languages": ", ".join(facts["languages"])}


def _batches(numbers: Sequence[int], batch: Batch) -> Iterator[list[Town]]:
    """The municipalities made, some at a time, each some in a transaction of its own."""
    left = list(reversed(numbers))
    while left:
        with transaction.atomic():
            towns = []
            while left and len(batch) < ROWS:
                towns.append(_make(left.pop(), batch))
            batch.write()
            _log(towns, batch.scale)
        yield towns


def _make(number: int, batch: Batch) -> Town:
    """A municipality with everything it has; always in the same order, so that it is the same."""
    town = make_town(number, batch)
    make_measures(town, batch)
    make_counts(town, batch)
    for measure in town.measures:
        make_news(town, measure, batch)
        make_milestones(town, measure, batch)
        make_money(town, measure, batch)
    contacts = make_contacts(town, batch)
    officer = make_staff(town, batch)
    make_round(town, contacts, batch, officer=officer)
    make_followers(town, batch)
    return town


def _log(towns: Sequence[Town], scale: Scale) -> None:
    """One event for each."""
    rows = Municipality.objects.in_bulk([town.id for town in towns])
    for town in towns:
        record_event(
            action=SEEDED,
            by=None,
            municipality_id=town.id,
            record=rows[town.id],
            changes=_facts(scale),
        )
    # Until now another municipality may have answered under every name.
    bump(None)
