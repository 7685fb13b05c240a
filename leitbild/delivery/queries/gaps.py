"""What measures lack: a lead, a date, money, news. Said openly, so that it can be mended."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from leitbild.accounts.models import Organisation
from leitbild.delivery.enums import Freshness, Gap
from leitbild.delivery.models import Money
from leitbild.delivery.queries.standings import Standing, Standings
from leitbild.plan.models import Concept, Measure
from leitbild.plan.queries.outline import MeasureEntry, Outline


@dataclass(frozen=True, slots=True)
class Lack:
    """A measure that lacks something."""

    entry: MeasureEntry
    standing: Standing
    gaps: frozenset[Gap]


@dataclass(frozen=True, slots=True)
class Holder:
    """An organisation and those of the measures it leads that lack something; None: nobody."""

    organisation: Organisation | None
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the measures of a concept lack, by who leads them; nobody's first.

    `asked` are the kinds that were looked for.
    """

    asked: tuple[Gap, ...]
    holders: tuple[Holder, ...]
    total: int

    @property
    def lacks(self) -> list[Lack]:
        """Every measure that lacks something."""
        return [lack for holder in self.holders for lack in holder.lacks]

    @property
    def counts(self) -> list[tuple[Gap, int]]:
        """How many measures lack what, of what was looked for."""
        found = Counter(gap for lack in self.lacks for gap in lack.gaps)
        return [(gap, found[gap]) for gap in self.asked]


def gaps(outline: Outline, standings: Standings, money: Collection[int] | None) -> Gaps:
    """What the concept's measures lack.

    `money` are the ids of the measures of which any money is known (`measures_with_money`); None
    where the reader isn't told of money, who isn't told of its absence either.
    """
    asked = tuple(gap for gap in Gap if gap != Gap.MONEY or money is not None)
    lacks = [
        Lack(entry, standing, found)
        for entry in outline.measures
        for standing in (standings.of(entry),)
        if (found := frozenset(gaps_of(entry.measure, standing, money)))
    ]
    return Gaps(asked, tuple(_holders(lacks)), len(outline.measures))


def gaps_of(measure: Measure, standing: Standing, money: Collection[int] | None) -> Iterator[Gap]:
    """What one measure lacks; `money` is as for all of them."""
    if measure.lead_id is None:
        yield Gap.OWNER
    if measure.start is None and measure.end is None:
        yield Gap.DATE
    if money is not None and measure.pk not in money:
        yield Gap.MONEY
    # Whatever is done, stopped or yet to begin owes none.
    if standing.freshness == Freshness.SILENT:
        yield Gap.NEWS


def _holders(lacks: list[Lack]) -> Iterator[Holder]:
    """In the order of the organisations, whatever nobody leads first."""
    leads = {lack.entry.lead.pk: lack.entry.lead for lack in lacks if lack.entry.lead}
    for organisation in (None, *sorted(leads.values(), key=lambda row: (row.position, row.pk))):
        own = tuple(lack for lack in lacks if lack.entry.lead == organisation)
        if own:
            yield Holder(organisation, own)


def measures_with_money(concept: Concept) -> set[int]:
    """The ids of the concept's measures of which any money is known. One query."""
    rows = Money.objects.filter(measure__concept=concept)
    return set(rows.values_list("measure_id", flat=True))
