"""Imports of a large concept while people read.

`python -m bench.endurance.importing DATABASE FILE` is one of them.

Each is a process of its own, as `leitbild import` is one.
"""

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import django
from django.conf import settings
from django.core.management import call_command

from bench.concept import LONG, concept_of

SLUG: Final = "andrang"
EDITION: Final = 2035
LEAST: Final = 2
"""Imports there are at least: the first, and one that changes everything."""


@dataclass
class Importer:
    """Imports the same concept again and again, each time with other titles."""

    database: str
    folder: Path
    municipality: dict[str, Any]
    """Who the concept belongs to, as a file says it."""
    measures: int
    number: int = 0
    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def go(self, until: float) -> None:
        """Import until the time is over, and rest between two imports as long as one took."""
        while not self.failures and (self.number < LEAST or time.monotonic() < until):
            file = self.folder / "concept.json"
            file.write_text(json.dumps(self._document()), encoding="utf-8")
            began = time.monotonic()
            command = [sys.executable, "-m", "bench.endurance.importing", self.database, str(file)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            self.times.append(time.monotonic() - began)
            if done.returncode:
                self.failures.append(done.stderr.strip()[-1_000:])
            else:
                self.number += 1
            if time.monotonic() < until:
                time.sleep(self.times[-1])

    def title(self, measure: object, *, imports: int | None = None) -> str:
        """What a measure is called after so many imports; by default after the next one."""
        return f"Maßnahme {measure}, Fassung {self.number + 1 if imports is None else imports}"

    def _document(self) -> dict[str, Any]:
        return {
            **concept_of(self.measures, title=self.title("{number}"), text=LONG),
            "municipality": self.municipality,
            "concept": {"slug": SLUG, "title": "Andrang", "edition": EDITION},
        }


def main(database: str, file: str) -> None:
    """Import a file as a draft, so that the plan readers see stays the same."""
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    call_command("import_concept", file, "--draft")


if __name__ == "__main__":
    main(*sys.argv[1:])
