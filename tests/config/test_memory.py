"""A process that serves gives back memory it doesn't need any more."""

import ctypes
import subprocess
import sys
from typing import Final

import pytest

MEGABYTE: Final = 1_000_000
FILLED: Final = 200 * MEGABYTE
HOLDS: Final = f"""
import gc, sys
from pathlib import Path
from leitbild.config.memory import call_it_lasting, keep_small
if sys.argv[1] == "small":
    keep_small()
    call_it_lasting()
blocks = [bytes(4_000) for _ in range({FILLED} // 4_000)]
# What lies above them keeps the heap from shrinking.
last = bytes(4_000)
del blocks
gc.collect()
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmRSS:")[2].split()[0]) * 1024)
"""


def resident(how: str) -> int:
    """Bytes a process holds that has freed nearly all it had."""
    command = [sys.executable, "-c", HOLDS, how]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="needs no telling")
def test_what_was_freed_is_given_back_when_garbage_is_collected() -> None:
    assert resident("as ever") > FILLED
    assert resident("small") < FILLED / 4
