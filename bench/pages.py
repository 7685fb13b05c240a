"""Rendering the pages of the demo city, without a server and without a network."""

from collections.abc import Iterator
from typing import Final

from django.test import Client

from bench.installation import empty_database
from bench.timing import Result, fastest
from leitbild.demo.load import load_demo

PAGES: Final = {
    "/de/": "home page",
    "/de/massnahmen/": "list of measures",
    "/ar/": "home in Arabic",
}
PLAIN: Final = "/healthz"
BESIDE: Final = "`/healthz`, an answer with one trivial query and without a template"
RUNS: Final = 30


def results() -> Iterator[Result]:
    """Each page of the demo city beside an answer that Django only passes on."""
    empty_database()
    load_demo()
    beside = _seconds(PLAIN)
    for path, name in PAGES.items():
        yield Result(f"{name} (`{path}`)", _seconds(path), BESIDE, beside)


def _seconds(path: str) -> float:
    client = Client()
    status = client.get(path).status_code
    if status != 200:
        raise RuntimeError(f"{path} answers {status}, there is nothing to measure.")
    return fastest(lambda: client.get(path), runs=RUNS)
