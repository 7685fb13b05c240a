"""Migrations stand alone: code that changes later can't change what they did."""

import ast
from pathlib import Path

from tests.architecture.house import PACKAGE
from tests.migrated import MADE_FROM

CONSTRAINTS = "leitbild.core.constraints"


def ours(file: Path) -> set[str]:
    """The modules of ours that a file imports."""
    nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    named = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    return {each for each in plain | named if each.startswith("leitbild")}


def test_migrations_take_constraints_from_the_product_and_nothing_else() -> None:
    files = list(PACKAGE.glob("*/migrations/0*.py"))

    assert len(files) > 10
    assert set().union(*map(ours, files)) == {CONSTRAINTS}
    assert ours(PACKAGE / "core" / "constraints.py") == set()


def test_kept_database_is_made_anew_when_constraints_change() -> None:
    assert f"{CONSTRAINTS.replace('.', '/')}.py" in MADE_FROM
