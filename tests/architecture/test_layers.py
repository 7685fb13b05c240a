"""Imports run downwards, and the documentation says the same as the contract."""

import re

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.house import DOCS, PACKAGE, ROOT, may_import

APP_ROW = re.compile(r"^\|\s*`(\w+)`\s*\|")


def test_contracts_are_kept() -> None:
    assert lint_imports(str(ROOT / "pyproject.toml"), no_logo=True) == EXIT_STATUS_SUCCESS


def test_every_app_has_its_layer() -> None:
    apps = {file.parent.name for file in PACKAGE.glob("*/__init__.py")}

    assert set(may_import()) == apps


def test_documented_imports_equal_the_contract() -> None:
    assert _documented() == may_import()


def _documented() -> dict[str, set[str]]:
    """The table of docs/architecture.md whose header has a column “may import”."""
    lines = (DOCS / "architecture.md").read_text("utf-8").splitlines()
    header = next(line for line in lines if line.startswith("|") and "may import" in line.lower())
    column = [cell.strip().lower() for cell in header.split("|")].index("may import")
    rows = [line.split("|") for line in lines if APP_ROW.match(line)]
    return {cells[1].strip(" `"): set(re.findall(r"`(\w+)`", cells[column])) for cells in rows}
