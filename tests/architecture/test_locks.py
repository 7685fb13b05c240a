"""Locks pin every file by its hash and leave the choice of registry to the machine."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.house import ROOT

LOCKS: Final = sorted((ROOT / "requirements").glob("*.lock"))
ADDRESS: Final = re.compile(r"\w+://|--(?:extra-)?index-url|--find-links|\s/\w+")
PIN: Final = re.compile(r"(?m)^([\w.-]+)(?:\[[\w,]+\])?==(\S+)")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_lock_names_no_address(lock: Path) -> None:
    assert ADDRESS.findall(lock.read_text("utf-8")) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_pin_has_a_hash(lock: Path) -> None:
    text = lock.read_text("utf-8")
    blocks = re.split(r"(?m)^(?=[\w.-]+==)", text)[1:]

    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("smaller", ["run", "server", "bootstrap"])
def test_development_uses_the_versions_that_run(smaller: str) -> None:
    assert _pins(smaller).items() <= _pins("dev").items()


def _pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "requirements" / f"{lock}.lock").read_text("utf-8")))
