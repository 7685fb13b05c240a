"""Rooms stay small enough to be found and read (STYLE rules 8 and 12)."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.architecture.house import ROOT, modules, name

FORBIDDEN: Final = {"utils", "helpers", "common", "misc", "manager", "service"}
MODULE_LINES: Final = 400
FUNCTION_LINES: Final = 40
REASON: Final = "# long: "


def test_no_module_is_a_junk_drawer() -> None:
    named = [name(file) for file in modules() if FORBIDDEN & _names(file)]

    assert named == []


def test_modules_are_short() -> None:
    long = {name(file): lines for file in modules() if (lines := _lines(file)) >= MODULE_LINES}

    assert long == {}


def test_functions_are_short_or_say_why_not() -> None:
    long = [
        f"{name(file)}:{line} {function} ({length} lines)"
        for file in modules()
        for function, line, length in _long_functions(file.read_text("utf-8"))
    ]

    assert long == []


def test_reason_for_length_stands_above_the_function() -> None:
    body = "".join(f"    x{number} = 0\n" for number in range(FUNCTION_LINES))
    function = f"@decorated\ndef f():\n{body}"

    assert [found[0] for found in _long_functions(function)] == ["f"]
    assert list(_long_functions(f"{REASON}one row a field\n{function}")) == []


def _names(file: Path) -> set[str]:
    return {file.stem, *file.relative_to(ROOT).parts[:-1]}


def _lines(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


def _long_functions(source: str) -> Iterator[tuple[str, int, int]]:
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        start = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        above = lines[start - 2].strip() if start > 1 else ""
        if length > FUNCTION_LINES and not above.startswith(REASON):
            yield node.name, node.lineno, length
