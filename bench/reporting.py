"""Making the report to the council from a year of news, milestones and money."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Final

from bench.concept import concept_of
from bench.figures import Comparison, Section, compared
from bench.installation import empty_database, read_plainly
from bench.timing import in_turn, say
from leitbild.delivery.enums import MoneySource, State
from leitbild.delivery.models import Milestone, Money, ProgressUpdate
from leitbild.plan.actions import import_concept
from leitbild.plan.document import parse_document
from leitbild.plan.models import Concept, Measure
from leitbild.reports.council.assembly import council_report
from leitbild.reports.council.content import CouncilReport
from leitbild.reports.council.documents import TYPES, council_file

SIZES: Final = (32, 500)
YEAR: Final = 2025
SINCE: Final = dt.date(YEAR, 1, 1)
UNTIL: Final = dt.date(YEAR, 12, 31)
UPDATES: Final = 4
RUNS: Final = 5
TEXT: Final = "Der zweite Kurs hat begonnen. 47 Eltern haben die Stufe B1 erreicht."
METHOD: Final = f"""\
A concept on SQLite with {UPDATES} updates, a milestone and two sums of money for each measure; the
report on the year {YEAR}, {RUNS} times each, in turn with the rows it tells of read by `sqlite3`
and written as JSON. Each file is made from the database on, its figures included."""
TABLES: Final = ("plan_measure", "delivery_progressupdate", "delivery_milestone", "delivery_money")


def section() -> Section:
    """The figures alone, and each document with them."""
    found = Section(METHOD)
    found.tables.append(compared(_comparisons()))
    return found


def _comparisons() -> Iterator[Comparison]:
    for size in SIZES:
        say(f"reporting: {size} measures")
        concept = _concept(size)
        what = f"the report on {size} measures"
        plainly = partial(read_plainly, *TABLES)
        sample, beside = in_turn(partial(_report, concept), plainly, runs=RUNS)
        yield Comparison(f"{what}: all figures and texts", sample, beside)
        for suffix in TYPES:
            sample, beside = in_turn(partial(_file, concept, suffix), plainly, runs=RUNS)
            yield Comparison(f"{what} as {suffix.upper()}", sample, beside)


def _file(concept: Concept, suffix: str) -> bytes:
    return council_file(_report(concept), suffix)


def _report(concept: Concept) -> CouncilReport:
    return council_report(concept=concept, since=SINCE, until=UNTIL, audience="council")


def _concept(size: int) -> Concept:
    """A concept of this many measures with a year of everything."""
    empty_database()
    import_concept(document=parse_document(concept_of(size, summary=TEXT)), by=None)
    rows = list(Measure.objects.all())
    states = [State.PLANNED, State.UNDER_WAY, State.DONE, State.PERMANENT]
    ProgressUpdate.objects.bulk_create(
        ProgressUpdate(
            measure=row,
            date=dt.date(YEAR - 1 + number // 2, 3 + 6 * (number % 2), 1),
            state=states[(place + number) % len(states)],
            text=TEXT,
        )
        for place, row in enumerate(rows)
        for number in range(UPDATES)
    )
    Milestone.objects.bulk_create(
        Milestone(measure=row, title="Der nächste Kurs ist voll", due=UNTIL) for row in rows
    )
    Money.objects.bulk_create(
        Money(measure=row, year=YEAR, source=source, planned_cents=1_250_000, spent_cents=999_950)
        for row in rows
        for source in MoneySource.values[:2]
    )
    return Concept.objects.select_related("municipality").get()
