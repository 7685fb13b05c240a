"""Where things are, for the tests of this folder."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "leitbild"
DOCS: Final = ROOT / "docs"


def modules() -> Iterator[Path]:
    """Every module written by hand."""
    for folder in (PACKAGE, ROOT / "tests", ROOT / "bench"):
        yield from (file for file in folder.rglob("*.py") if "migrations" not in file.parts)
    yield from (file for file in (ROOT / "bin").iterdir() if file.is_file())


def product_files(folder: str, *suffixes: str) -> Iterator[Path]:
    """Files below any directory of the product called `folder`, such as templates or static."""
    for directory in PACKAGE.rglob(folder):
        yield from (file for file in directory.rglob("*") if file.suffix in suffixes)


def name(file: Path) -> str:
    """The path as a person would write it."""
    return file.relative_to(ROOT).as_posix()


def layers() -> list[set[str]]:
    """The apps of each layer, highest first, as the contract `house` states them."""
    settings: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    house = next(contract for contract in contracts if contract["id"] == "house")
    return [{app.strip() for app in layer.split("|")} for layer in house["layers"]]


def may_import() -> dict[str, set[str]]:
    """What each app may import: all of the layers below its own, nothing beside it."""
    order = layers()
    return {
        app: set().union(*order[depth + 1 :]) for depth, apps in enumerate(order) for app in apps
    }
