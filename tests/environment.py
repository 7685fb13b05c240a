"""Loaded by pytest before Django's settings: a test run never touches an installation's data."""

import os
import shutil
import tempfile
from typing import Final

import pytest

DATA: Final = "LEITBILD_DATA"


def _start_from_nothing() -> str:
    for name in [name for name in os.environ if name.startswith("LEITBILD_")]:
        del os.environ[name]
    os.environ[DATA] = tempfile.mkdtemp(prefix="leitbild-tests-")
    return os.environ[DATA]


# A worker of pytest-xdist inherits the directory of the process that started it.
OWN: Final = None if "PYTEST_XDIST_WORKER" in os.environ else _start_from_nothing()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    if OWN:
        shutil.rmtree(OWN, ignore_errors=True)
