"""`python -m bench` (or `make bench`) measures and writes docs/benchmarks.md.

With names of sections (`make bench ARGS="cached growth"`) only these are measured and printed.
"""

import argparse
import os
import platform
import signal
import sqlite3
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bench.page import page
from bench.sections import SECTIONS, end_cleanly, run
from bench.timing import say

REPORT: Final = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def main() -> int:
    """Measure, print and write the report; the exit code says whether all could be measured."""
    chosen = _chosen()
    signal.signal(signal.SIGTERM, end_cleanly)
    start = time.monotonic()
    sections = [run(name) for name in chosen]
    took = time.monotonic() - start
    report = page(sections, _machine(took))
    print(report)
    if any(section.has_broken_off for section in sections):
        say("printed only: a report with a whole section missing helps nobody")
    elif chosen == list(SECTIONS):
        REPORT.write_text(report, "utf-8")
        say("written to docs/benchmarks.md")
    else:
        say("printed only: the file is written when all sections are measured")
    failed = [section for section in sections if section.failure]
    for section in failed:
        say(f"not measured: {section.title}: {section.failure}")
    missed = sum(goal.is_reached is False for section in sections for goal in section.goals)
    say(f"done in {took:.0f} s; goals missed: {missed}")
    return 1 if failed else 0


def _chosen() -> list[str]:
    parser = argparse.ArgumentParser(prog="python -m bench", description="How fast is it?")
    parser.add_argument(
        "sections", nargs="*", metavar="SECTION", help=f"of {', '.join(SECTIONS)}; all by default"
    )
    named = parser.parse_args().sections
    if unknown := [name for name in named if name not in SECTIONS]:
        parser.error(f"There is no section “{unknown[0]}”; there are {', '.join(SECTIONS)}.")
    return [name for name in SECTIONS if name in named] or list(SECTIONS)


def _machine(took: float) -> dict[str, str]:
    # Django isn't set up in this process and needn't be.
    return {
        "cores": f"{os.cpu_count()} ({platform.machine()})",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "Python": platform.python_version(),
        "Django": version("django"),
        "granian": version("granian"),
        "SQLite": sqlite3.sqlite_version,
        "the whole run": f"{took:.0f} s",
    }


if __name__ == "__main__":
    sys.exit(main())
