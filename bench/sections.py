"""The sections and how one is run: in a process of its own, which leaves nothing behind."""

import importlib
import multiprocessing
import signal
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from typing import Final

from bench.figures import Section
from bench.installation import installation
from bench.timing import say

SECTIONS: Final = {
    "cached": "Cached pages",
    "uncached": "Uncached pages",
    "growth": "Growth",
    "startup": "Start, memory, packages",
    "importing": "Import and export",
    "reporting": "Report to the council",
}
"""In the order of the report; each is a module with a function `section`."""
ON_POSTGRES: Final = {"growth"}
TERMINATED: Final = 128 + signal.SIGTERM


def run(name: str) -> Section:
    """What a section found out; if it broke off, a section that says why."""
    say(f"{name}: begins")
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        try:
            found = pool.submit(_measured, name).result()
        # Whatever it was, the other sections can be measured all the same.
        except Exception as error:
            # The cause is what the other process said.
            print(error.__cause__ or traceback.format_exc(), file=sys.stderr)
            found = Section("", failure=f"{type(error).__name__}: {error}")
    found.title = SECTIONS[name]
    return found


def end_cleanly(*_signal: object) -> None:
    """What was started for the benchmark ends with it, also when it is told to end."""
    # Told twice, it must not break off what it does because of the first time.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for child in multiprocessing.active_children():
        child.terminate()
    sys.exit(TERMINATED)


def _measured(name: str) -> Section:
    """Import the section once Django is set up, which models need."""
    signal.signal(signal.SIGTERM, end_cleanly)
    with installation(on_postgres=name in ON_POSTGRES):
        section: Section = importlib.import_module(f"bench.{name}").section()
        return section
