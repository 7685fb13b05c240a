"""Documentation that is wrong or missing fails the build (STYLE rule 20)."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

from leitbild.config.cli import COMMANDS
from tests.architecture.house import DOCS, PACKAGE, ROOT, name

ADR_HEADINGS: Final = ["Status", "Context", "Decision", "Consequences", "Options rejected"]
VARIABLE: Final = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
ADRS: Final = sorted((DOCS / "adr").glob("[0-9]*.md"))
LINK: Final = re.compile(r"\]\((?!\w+:)([^)#\s]+)")


@pytest.mark.parametrize("adr", ADRS, ids=lambda adr: adr.stem)
def test_adr_has_its_headings_in_order(adr: Path) -> None:
    assert re.findall(r"^## (.+)$", adr.read_text("utf-8"), re.MULTILINE) == ADR_HEADINGS


def test_every_setting_is_documented_and_no_other() -> None:
    documented = re.findall(r"`([A-Z][A-Z0-9_]+)`", (DOCS / "settings.md").read_text("utf-8"))

    assert set(documented) == _variables_read()


def test_places_in_the_architecture_exist() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    named = re.findall(r"`([^`\s]+)`", text.partition("## Where do I put")[2])
    places = [each for each in named if "/" in each.strip("/")]

    assert len(places) > 20
    assert [
        each for each in places if not any((root / each).exists() for root in (PACKAGE, ROOT))
    ] == []


def test_every_command_is_documented() -> None:
    text = "".join(file.read_text("utf-8") for file in (ROOT / "README.md", DOCS / "cli.md"))

    assert [command for command in COMMANDS if f"leitbild {command}" not in text] == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{name(file)}: {target}"
        for file in (ROOT / "README.md", *DOCS.rglob("*.md"))
        for target in LINK.findall(file.read_text("utf-8"))
        if not (file.parent / target).exists()
    ]

    assert broken == []


def _variables_read() -> set[str]:
    tree = ast.parse((PACKAGE / "config" / "environment.py").read_text("utf-8"))
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in constants if isinstance(text, str) and VARIABLE.fullmatch(text)}
