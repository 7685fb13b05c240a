"""Timing, told as a ratio: seconds mean little on a machine nobody else has."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the report; `beside` is the plainest way to do a comparable thing."""

    what: str
    seconds: float
    beside: str
    beside_seconds: float

    @property
    def ratio(self) -> float:
        """How many times as long as the plain way."""
        return self.seconds / self.beside_seconds


def fastest(call: Callable[[], object], *, runs: int) -> float:
    """Seconds of the fastest of several runs, the one the rest of the machine disturbed least."""
    return min(_seconds(call) for _ in range(runs))


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
