"""Calling the command line, and files for it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from leitbild.config.cli import main
from tests.towns import plan

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words on every developer's machine."""
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("LANGUAGE", "")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command line; exit code, standard output and standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Write a plan to a YAML file."""

    def write(*measures: dict[str, Any], **parts: object) -> Path:
        path = tmp_path / "concept.yaml"
        path.write_text(yaml.safe_dump(plan(*measures, **parts), allow_unicode=True), "utf-8")
        return path

    return write
