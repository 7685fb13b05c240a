"""Making the report to the council from a year of news, milestones and money."""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.db import connection

from bench.figures import Comparison, Section, compared
from bench.installation import empty_database
from bench.timing import in_turn, say
from leitbild.delivery.enums import MoneySource, State
from leitbild.delivery.models import Milestone, Money, ProgressUpdate
from leitbild.plan.actions import import_concept
from leitbild.plan.document import ConceptDocument
from leitbild.plan.models import Concept, Measure
from leitbild.reports.council.assembly import council_report
from leitbild.reports.council.content import CouncilReport
from leitbild.reports.council.documents import TYPES, council_file

SIZES: Final = (32, 500)
THEMES: Final = 8
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
        sample, beside = in_turn(partial(_report, concept), _read_plainly, runs=RUNS)
        yield Comparison(f"{what}: all figures and texts", sample, beside)
        for suffix in TYPES:
            sample, beside = in_turn(partial(_file, concept, suffix), _read_plainly, runs=RUNS)
            yield Comparison(f"{what} as {suffix.upper()}", sample, beside)


def _file(concept: Concept, suffix: str) -> bytes:
    return council_file(_report(concept), suffix)


def _report(concept: Concept) -> CouncilReport:
    return council_report(concept=concept, since=SINCE, until=UNTIL, audience="council")


def _concept(size: int) -> Concept:
    """A concept of this many measures with a year of everything."""
    empty_database()
    import_concept(document=ConceptDocument.model_validate(_document(size)), by=None)
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


def _document(size: int) -> dict[str, Any]:
    numbers = range(1, THEMES + 1)
    return {
        "municipality": {"slug": "musterstadt", "name": {"de": "Musterstadt"}},
        "concept": {"slug": "2030", "title": {"de": "Konzept"}, "edition": 2030},
        "themes": [
            {
                "number": n,
                "slug": f"t{n}",
                "name": {"de": f"Thema {n}"},
                "vision": {"de": "Alle, die hier leben, gehören dazu."},
            }
            for n in numbers
        ],
        "goals": [{"code": f"{n}a", "theme": n, "title": {"de": f"Ziel {n}"}} for n in numbers],
        "measures": [
            {
                "code": f"{place % THEMES + 1}.{place // THEMES + 1}",
                "title": {"de": f"Den Kurs Nummer {place + 1} einrichten und begleiten"},
                "summary": {"de": TEXT},
                "goals": [f"{place % THEMES + 1}a"],
            }
            for place in range(size)
        ],
    }


def _read_plainly() -> str:
    connection.close()
    database = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    rows = {
        table: database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 # our own names
        for table in TABLES
    }
    database.close()
    return json.dumps(rows)
