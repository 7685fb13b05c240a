"""`python -m bench` (or `make bench`) measures and writes docs/benchmarks.md."""

import os
import platform
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import django

from bench.installation import installation
from bench.timing import Result

REPORT: Final = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEAD: Final = """\
# Benchmarks

Written by `make bench`. Each line stands beside the plainest way to do a comparable thing, timed in
the same run on the same machine; the ratio is what may be compared, seconds differ everywhere.
Each time is the fastest of several runs, except the first import, which can be run only once.

"""


def main() -> None:
    """Measure, print and write the report."""
    with installation():
        # All load models, which must wait for Django's set-up.
        from bench import importing, pages, reporting  # noqa: PLC0415

        results = [*importing.results(), *pages.results(), *reporting.results()]
    report = HEAD + _table(results) + _machine()
    REPORT.write_text(report, "utf-8")
    print(report)


def _table(results: Iterable[Result]) -> str:
    rows = [
        f"| {each.what} | {_time(each.seconds)} | {each.beside} | {_time(each.beside_seconds)} "
        f"| {each.ratio:.1f} |"
        for each in results
    ]
    return "\n".join(
        ["| What | Time | Beside | Time | Ratio |", "|---|--:|---|--:|--:|", *rows, ""]
    )


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def _machine() -> str:
    return (
        f"\nMeasured on {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}, Django {django.get_version()}, "
        f"SQLite {sqlite3.sqlite_version}.\n"
    )


if __name__ == "__main__":
    main()
