"""Where the time goes: the functions that take most of it, and the slowest queries."""

import cProfile
import gc
import pstats
import re
import sysconfig
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.db import connection

from bench.figures import Profile, duration

TOP: Final = 12
SLOWEST: Final = 3
STATEMENT: Final = 110
ADDRESS: Final = re.compile(r" at 0x[0-9a-f]+")
ROOT: Final = Path(__file__).resolve().parent.parent


def _nothing() -> None:
    """Nothing needs to be done first."""


def profile(
    what: str, call: Callable[[], object], *, runs: int, first: Callable[[], object] = _nothing
) -> Profile:
    """The functions that take most time in themselves, as parts of the whole.

    What must be done before each run isn't looked at.
    """
    profiler = cProfile.Profile()
    with _collecting() as collected:
        for _ in range(runs):
            first()
            profiler.enable()
            call()
            profiler.disable()
    # The class says too little about its own results to the type checker.
    stats: Any = pstats.Stats(profiler)
    whole = stats.total_tt or 1.0
    own = sorted(stats.stats.items(), key=lambda each: each[1][2], reverse=True)[:TOP]
    lines = [f"{'of all':>6}  {'calls':>8}  function (of {runs} runs, by time in itself)"]
    lines += [
        f"{tottime / whole:6.1%}  {calls / runs:8.1f}  {_name(function)}"
        for function, (_primitive, calls, tottime, _cumulative, _callers) in own
    ]
    garbage = sum(collected) / whole
    lines.append(f"{garbage:6.1%}  {'':8}  garbage collection, which is told above as its victims’")
    return Profile(what, tuple(lines))


@contextmanager
def _collecting() -> Iterator[list[float]]:
    """Seconds of each garbage collection; a profiler takes them for work of whoever ran."""
    spent: list[float] = []
    start = 0.0

    def watch(phase: str, _info: Mapping[str, int]) -> None:
        nonlocal start
        if phase == "start":
            start = time.perf_counter()
        else:
            spent.append(time.perf_counter() - start)

    gc.callbacks.append(watch)
    try:
        yield spent
    finally:
        gc.callbacks.remove(watch)


def _name(function: tuple[str, int, str]) -> str:
    file, line, name = function
    # Where an object lies is different every time.
    return ADDRESS.sub("", name) if file == "~" else f"{_place(file)}:{line} {name}"


def _place(file: str) -> str:
    """A file as everybody has it: below the project, its packages or Python's own library."""
    for folder in (sysconfig.get_path("purelib"), sysconfig.get_path("stdlib"), str(ROOT)):
        if file.startswith(f"{folder}/"):
            return file.removeprefix(f"{folder}/")
    return Path(file).name


class Queries:
    """The database's part of something."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self.count = 0
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Let a query through and remember it."""
        self.count += 1
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds[sql] += time.perf_counter() - start

    def slowest(self, *, runs: int) -> tuple[str, ...]:
        """The statements that took longest, in the time of one run."""
        return tuple(
            f"{duration(spent / runs):>8}  {_shortened(sql)}"
            for sql, spent in _most(self.seconds)[:SLOWEST]
        )


@contextmanager
def counted_queries() -> Iterator[Queries]:
    """Watch what the database is asked."""
    queries = Queries()
    with connection.execute_wrapper(queries):
        yield queries


def _most(spent: Mapping[str, float]) -> list[tuple[str, float]]:
    """What took longest first."""
    return sorted(spent.items(), key=lambda each: each[1], reverse=True)


def _shortened(sql: str) -> str:
    """A statement without the columns it reads."""
    whole = " ".join(sql.split())
    _select, found, rest = whole.partition(" FROM ")
    text = " ".join(("SELECT … FROM", rest)) if found and whole.startswith("SELECT ") else whole
    return text if len(text) <= STATEMENT else f"{text[:STATEMENT]}…"


def slow_statements(
    what: str, call: Callable[[], object], *, runs: int, first: Callable[[], object] = _nothing
) -> Profile:
    """The queries that take longest."""
    queries = Queries()
    for _ in range(runs):
        first()
        with connection.execute_wrapper(queries):
            call()
    return Profile(what, queries.slowest(runs=runs))


def import_times(what: str, output: str) -> Profile:
    """Which packages take longest to load, of what `python -X importtime` says."""
    spent: defaultdict[str, float] = defaultdict(float)
    for line in output.splitlines():
        numbers, _bar, name = line.removeprefix("import time:").rpartition("|")
        own = numbers.partition("|")[0].strip()
        if own.isdigit():
            spent[name.strip().partition(".")[0]] += int(own) / 1_000_000
    whole = sum(spent.values())
    lines = [f"{duration(whole):>8}  all, told by Python, which takes longer than not telling"]
    lines += [f"{duration(own):>8}  {name}" for name, own in _most(spent)[:TOP]]
    return Profile(what, tuple(lines))
