"""Neustadt as a file and as a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import yaml
from django.core.cache import cache

from leitbild.config.cli import main
from tests.database import copied_database, using_database

FILE: Final = Path(__file__).with_name("neustadt.yaml")
MEASURES: Final = 90


def neustadt() -> dict[str, Any]:
    """The whole concept: what is written down, and measures of the same kind up to ninety."""
    concept: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    goals = ("L-1", "L-2", "Ä.1")
    more = range(len(concept["measures"]), MEASURES)
    concept["measures"] += [
        {
            "code": f"B-{number:03}.x",
            "title": {"de": f"Vorhabenbeschreibungsnummer {number}", "uk": f"Захід {number}"},
            "summary": {"de": "Wir tun es. " * (number % 40)},
            "goals": [goals[number % 3]],
            "lead": "verein" if number % 2 else "amt",
            "start": 2031 + number % 5,
        }
        for number in more
    ]
    return concept


@contextmanager
def neustadt_city(folder: Path, *, suffix: str) -> Iterator[str]:
    """Name of a database into which the command line has imported Neustadt from a file."""
    file = folder / "neustadt.yaml"
    file.write_text(yaml.safe_dump(neustadt(), allow_unicode=True), "utf-8")
    with copied_database(suffix) as name:
        with using_database(name):
            assert main(["import", str(file)]) == 0
        cache.clear()
        yield name
