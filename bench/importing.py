"""Taking a very large concept into the database."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bench.installation import empty_database
from bench.timing import Result, fastest
from leitbild.plan.actions import import_concept
from leitbild.plan.document import ConceptDocument

MEASURES: Final = 5_000
THEMES: Final = 10
BESIDE: Final = "the same measures as JSON, inserted into one table by `sqlite3`"


def results() -> Iterator[Result]:
    """The first import, and the same file once more."""
    document = ConceptDocument.model_validate(_document())
    beside = fastest(lambda: _insert_plainly(document), runs=3)
    empty_database()
    first = fastest(lambda: import_concept(document=document, by=None), runs=1)
    again = fastest(lambda: import_concept(document=document, by=None), runs=3)
    yield Result(f"import of {MEASURES:,} measures into an empty database", first, BESIDE, beside)
    yield Result("the same import again, nothing having changed", again, BESIDE, beside)


def _document() -> dict[str, Any]:
    text = "Wir beraten, begleiten und vermitteln; wer fragt, bekommt eine Antwort. " * 8
    goals = [{"code": f"{n}.1", "theme": n, "title": {"de": f"Ziel {n}"}} for n in _numbers()]
    return {
        "municipality": {"slug": "musterstadt", "name": {"de": "Musterstadt"}},
        "concept": {"slug": "2030", "title": {"de": "Konzept"}, "edition": 2030},
        "themes": [
            {"number": n, "slug": f"t{n}", "name": {"de": f"Thema {n}"}} for n in _numbers()
        ],
        "goals": goals,
        "measures": [
            {
                "code": f"M{number}",
                "title": {"de": f"Maßnahme {number}"},
                "text": {"de": text},
                "goals": [goals[number % THEMES]["code"]],
            }
            for number in range(MEASURES)
        ],
    }


def _numbers() -> range:
    return range(1, THEMES + 1)


def _insert_plainly(document: ConceptDocument) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "plain.sqlite3")
        database.execute("CREATE TABLE measure (code TEXT PRIMARY KEY, content TEXT)")
        rows = ((each.code, json.dumps(each.model_dump(mode="json"))) for each in document.measures)
        database.executemany("INSERT INTO measure VALUES (?, ?)", rows)
        database.commit()
        database.close()
