"""Taking times, always with something beside that tells how busy the machine was meanwhile."""

import os
import sys
import time
from collections.abc import Callable
from typing import Final

from bench.figures import Sample

TURNS: Final = 150_000
STARTED: Final = "BENCH_STARTED"
# The processes of the sections inherit it.
os.environ.setdefault(STARTED, str(time.time()))


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def in_turn(
    call: Callable[[], object], beside: Callable[[], object], *, runs: int
) -> tuple[Sample, Sample]:
    """The times of two calls, now the one, now the other."""
    times = [(seconds(call), seconds(beside)) for _ in range(runs)]
    first, second = zip(*times, strict=True)
    return Sample.of(first), Sample.of(second)


def loop() -> int:
    """A fixed piece of plain Python: if it takes longer, so does everything else."""
    total = 0
    for number in range(TURNS):
        total += number % 7
    return total


def say(line: str) -> None:
    """Tell whoever waits how far it is; standard output is for the report."""
    minutes, rest = divmod(int(time.time() - float(os.environ[STARTED])), 60)
    print(f"[{minutes:2}:{rest:02}] {line}", file=sys.stderr, flush=True)
