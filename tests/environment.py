"""Loaded by pytest before Django's settings: a test run never touches an installation's data."""

import atexit
import gc
import os
import shutil
import sys
import tempfile
from typing import Final

DATA: Final = "LEITBILD_DATA"


def _compile_once() -> None:
    """Keep compiled code also where Python is told not to, as in many a container.

    Every worker and every command that a test starts would compile us anew, for seconds.
    """
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def _start_from_nothing() -> None:
    for name in [name for name in os.environ if name.startswith("LEITBILD_")]:
        del os.environ[name]
    os.environ[DATA] = tempfile.mkdtemp(prefix="leitbild-tests-")
    atexit.register(shutil.rmtree, os.environ[DATA], ignore_errors=True)


_compile_once()

# Tests make little garbage that outlives them; looking for it often costs a tenth of the time.
gc.set_threshold(200_000, 20, 100)

# A worker of pytest-xdist inherits the directory of the process that started it.
if "PYTEST_XDIST_WORKER" not in os.environ:
    _start_from_nothing()
