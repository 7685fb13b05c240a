"""Keeping a process that serves small, and the pauses short in which it looks for garbage."""

import ctypes
import gc
from typing import Any, Final

ARENA_MAX: Final = -8
"""The number of `M_ARENA_MAX` in glibc's malloc.h."""
ARENAS: Final = 1
ALL: Final = 2
"""The generation of garbage collection that looks at everything."""


def keep_small() -> None:
    """Share memory among threads, and give back what is free whenever all garbage was collected.

    Left to itself, glibc keeps an arena for nearly every thread, and in each of them what its
    largest page once needed. Call it before threads begin; other libraries need no telling.
    """
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "malloc_trim"):
        return
    libc.mallopt(ARENA_MAX, ARENAS)

    def give_back(phase: str, about: dict[str, Any]) -> None:
        if phase == "stop" and about["generation"] == ALL:
            libc.malloc_trim(0)

    gc.callbacks.append(give_back)


def call_it_lasting() -> None:
    """Take what is loaded by now for good: no collection looks at it again, no copy is made of it.

    So looking for the garbage of pages takes half as long, and processes made from this one
    share its memory.
    """
    gc.collect()
    gc.freeze()
