"""Taking a very large concept into the database, and writing it out again."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Final

from django.core.management import call_command

from bench.concept import LONG, concept_of
from bench.figures import Comparison, Sample, Section, compared
from bench.installation import empty_database, read_plainly
from bench.timing import in_turn, say, seconds
from leitbild.demo.load import load_demo
from leitbild.plan.actions import import_concept
from leitbild.plan.document import ConceptDocument, parse_document

MEASURES: Final = 5_000
RUNS: Final = 3
FORMATS: Final = ("yaml", "json", "xlsx")
METHOD: Final = f"""\
On SQLite, {RUNS} times each, in turn with the plainest way to do something comparable: an import,
its file having been read, beside the same measures as JSON, inserted into one table by `sqlite3`;
an export, which is `leitbild export -o FILE` without the start of a process, beside all rows of the
concept’s tables read by `sqlite3` and written as JSON."""


def section() -> Section:
    """The first import, the same file once more, and exports."""
    found = Section(METHOD)
    found.tables.append(compared(_comparisons()))
    return found


def _comparisons() -> Iterator[Comparison]:
    say(f"importing: {MEASURES:,} measures")
    yield from _imports(parse_document(concept_of(MEASURES, text=LONG)))
    yield from _exports(f"{MEASURES:,} measures")
    empty_database()
    load_demo()
    yield from _exports("the demo city’s concept")


def _imports(document: ConceptDocument) -> Iterator[Comparison]:
    times: list[tuple[float, float, float]] = []
    for _ in range(RUNS):
        empty_database()
        first = seconds(lambda: import_concept(document=document, by=None))
        plain = seconds(lambda: _insert_plainly(document))
        again = seconds(lambda: import_concept(document=document, by=None))
        times.append((first, again, plain))
    firsts, agains, beside = (Sample.of(each) for each in zip(*times, strict=True))
    yield Comparison(f"import of {MEASURES:,} measures into an empty database", firsts, beside)
    yield Comparison("the same import again, nothing having changed", agains, beside)


def _exports(what: str) -> Iterator[Comparison]:
    """The concept in force, in each format."""
    with tempfile.TemporaryDirectory() as folder:
        for suffix in FORMATS:
            say(f"importing: export of {what} as {suffix.upper()}")
            file = Path(folder) / f"concept.{suffix}"
            sample, beside = in_turn(
                partial(_export, file), partial(read_plainly, "plan_*"), runs=RUNS
            )
            yield Comparison(f"export of {what} as {suffix.upper()}", sample, beside)


def _export(file: Path) -> None:
    call_command("export_concept", output=file, force=True, stdout=StringIO())


def _insert_plainly(document: ConceptDocument) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "plain.sqlite3")
        database.execute("CREATE TABLE measure (code TEXT PRIMARY KEY, content TEXT)")
        rows = ((each.code, json.dumps(each.model_dump(mode="json"))) for each in document.measures)
        database.executemany("INSERT INTO measure VALUES (?, ?)", rows)
        database.commit()
        database.close()
