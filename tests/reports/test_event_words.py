"""Every action the code logs has its sentence, and every sentence its action."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Final

import pytest
from django.utils.translation import override

from leitbild.plan.enums import PartKind
from leitbild.reports.event_words import ACTIONS, action_name, sentence
from tests.architecture.house import PACKAGE

WRITERS: Final = {"record_event", "new_event", "changing"}
"""What writes an event, by a keyword `action`; whatever hands one on takes it under that name."""

IMPOSSIBLE: Final = {"concept.delete", "concept.move", "concept.restore"}
"""What the pattern of a name allows and the actions refuse: a concept isn't a part of itself."""


def modules() -> Iterator[ast.Module]:
    for file in PACKAGE.rglob("*.py"):
        if "migrations" not in file.parts and "management" not in file.parts:
            yield ast.parse(file.read_text("utf-8"))


def constants(trees: list[ast.Module]) -> dict[str, str]:
    """Every constant text of the code by its name."""
    found = {}
    for tree in trees:
        for node in tree.body:
            match node:
                case (
                    ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=str(text)))
                    | ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text)))
                ):
                    found[name] = text
    return found


def handing_on(tree: ast.Module) -> dict[str, int]:
    """Functions that take an action and log it: the name and the place of that argument."""
    found = dict.fromkeys(WRITERS, -1)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            places = [each.arg for each in node.args.args]
            if "action" in places:
                found[node.name] = places.index("action")
            elif "action" in [each.arg for each in node.args.kwonlyargs]:
                found[node.name] = -1
    return found


@cache
def logged() -> set[str]:
    """Every action that can be written into the log."""
    trees = list(modules())
    known = constants(trees)
    takers = {name: place for tree in trees for name, place in handing_on(tree).items()}
    found: set[str] = set()
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                found |= defaults(node, known)
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name not in takers:
                continue
            place = takers[name]
            given = [each.value for each in node.keywords if each.arg == "action"]
            given += node.args[place : place + 1] if place >= 0 else []
            found |= {text for value in given for text in texts(value, known)}
    return found - IMPOSSIBLE - {""}


def defaults(function: ast.FunctionDef, known: Mapping[str, str]) -> set[str]:
    pairs = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    return {
        text
        for argument, value in pairs
        if argument.arg == "action" and value is not None
        for text in texts(value, known)
    }


def texts(value: ast.expr, known: Mapping[str, str]) -> list[str]:
    """What an expression can come to; nothing where it hands an argument on."""
    match value:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.Name(id=name):
            return [known[name]] if name in known else []
        case ast.IfExp(body=one, orelse=other):
            return [*texts(one, known), *texts(other, known)]
        case ast.JoinedStr(values=parts):
            return ["".join(each) for each in product(*(pieces(part, known) for part in parts))]
        case ast.FormattedValue(value=inner):
            return texts(inner, known)
    return []


def pieces(part: ast.expr, known: Mapping[str, str]) -> list[str]:
    """A part of a formatted text; what isn't constant is the kind of part it is about."""
    return texts(part, known) or [kind.value for kind in PartKind]


def test_every_action_has_its_sentence() -> None:
    assert sorted(logged() - set(ACTIONS)) == []


def test_every_sentence_has_its_action() -> None:
    assert sorted(set(ACTIONS) - logged()) == []


def test_actions_are_really_found() -> None:
    assert {"measure.edit", "concept.import", "theme.delete", "translation.edit"} <= logged()


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_sentence_reads_well_with_and_without_a_name(action: str) -> None:
    for language in ("en", "de"):
        with override(language):
            for what in ("", "2.3 Sprachcafé"):
                said = sentence(action, what)
                assert said == said.strip()
                assert "{" not in said
                assert said[-1] not in ":,;"


def test_action_of_another_version_stands_for_itself() -> None:
    assert sentence("garden.water", "Rosen") == "garden.water Rosen"
    assert action_name("garden.water") == "garden.water …"
