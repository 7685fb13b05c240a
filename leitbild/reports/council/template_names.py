"""Does a Word template name what a report has?

Templates may print fields, repeat and leave out; nothing else. A loop within a loop goes over
something of the outer one, so a filled template is at most as long as the report makes it.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from django.utils.translation import gettext as _
from jinja2 import nodes

from leitbild.reports.council.paper import Paper
from leitbild.reports.council.paper_parts import item_of, parts_of
from leitbild.reports.council.word_filling import FILTERS

Scope: TypeAlias = Mapping[str, Any]

_TESTS: Final = ("defined", "none", "odd", "even")
_LOOP: Final = ("index", "index0", "first", "last", "length")


@dataclass(frozen=True, slots=True)
class NameFault:
    """What is wrong with a tag, and in which line of the markup."""

    line: int
    what: str


def name_faults(tree: nodes.Template) -> list[NameFault]:
    """Everything a template says that can't be filled."""
    reader = _Reader()
    reader.read(tree.body, parts_of(Paper), inner="")
    return reader.faults


class _Loop:
    """Stands for `loop` within a repetition."""


class _Reader:
    """Reads a template's tree; what it doesn't know is a fault."""

    def __init__(self) -> None:
        self.faults: list[NameFault] = []

    def read(self, body: list[nodes.Node], scope: Scope, *, inner: str) -> None:
        """Statements; `inner` is what the innermost repetition calls its item."""
        for node in body:
            match node:
                case nodes.Output():
                    for each in node.nodes:
                        self._output(each, scope)
                case nodes.For():
                    self._loop(node, scope, inner)
                case nodes.If():
                    self._condition(node, scope, inner)
                case _:
                    self._refuse(node)

    def _output(self, node: nodes.Expr, scope: Scope) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        kind = self._kind(node, scope)
        if names := list(parts_of(kind)):
            self._fault(
                node,
                _("“{name}” has several parts; name one of them, such as {examples}.").format(
                    name=_path(node), examples=", ".join(f"{_path(node)}.{x}" for x in names[:3])
                ),
            )

    def _loop(self, node: nodes.For, scope: Scope, inner: str) -> None:
        path, kind = _path(node.iter), self._kind(node.iter, scope)
        item = item_of(kind)
        if not isinstance(node.target, nodes.Name) or node.recursive:
            self._refuse(node)
            return
        if kind is not None and item is None:
            self._fault(
                node, _("“{name}” is no list, so nothing can be repeated for it.").format(name=path)
            )
        if inner and path.partition(".")[0] != inner:
            self._fault(
                node,
                _("Within “{outer}”, only something of it can be repeated.").format(outer=inner),
            )
        within = {**scope, node.target.name: item, "loop": _Loop}
        if node.test:
            self._kind(node.test, within)
        self.read(node.body, within, inner=node.target.name)
        self.read(node.else_, scope, inner=inner)

    def _condition(self, node: nodes.If, scope: Scope, inner: str) -> None:
        self._kind(node.test, scope)
        self.read(node.body, scope, inner=inner)
        self.read(list(node.elif_), scope, inner=inner)
        self.read(node.else_, scope, inner=inner)

    def _kind(self, node: nodes.Node, scope: Scope) -> Any:
        """What an expression stands for; None where that is unknown and was said."""
        match node:
            case nodes.Name():
                return self._named(node, node.name, scope)
            case nodes.Getattr():
                return self._part(node, scope)
            case nodes.Const():
                return type(node.value)
            case nodes.CondExpr(expr2=nodes.Expr() as otherwise):
                for each in (node.test, otherwise):
                    self._kind(each, scope)
                return self._kind(node.expr1, scope)
            case nodes.Filter(node=nodes.Expr() as changed) if node.name in FILTERS:
                for argument in node.args:
                    self._kind(argument, scope)
                kind = self._kind(changed, scope)
                return int if node.name == "length" else kind
        return self._question(node, scope)

    def _question(self, node: nodes.Node, scope: Scope) -> Any:
        """An expression that is true or false."""
        if isinstance(node, nodes.Test) and node.name in _TESTS:
            self._kind(node.node, scope)
        elif isinstance(node, nodes.Compare | nodes.And | nodes.Or | nodes.Not):
            for child in node.iter_child_nodes():
                self._kind(child.expr if isinstance(child, nodes.Operand) else child, scope)
        else:
            self._refuse(node)
            return None
        return bool

    def _part(self, node: nodes.Getattr, scope: Scope) -> Any:
        whole = self._kind(node.node, scope)
        if whole is None:
            return None
        if whole is _Loop:
            names: Scope = dict.fromkeys(_LOOP, int)
        elif item_of(whole):
            self._fault(
                node,
                _(
                    "“{name}” is a list: repeat it with {{% for … in {name} %}}, then name the "
                    "part of an item."
                ).format(name=_path(node.node)),
            )
            return None
        else:
            names = parts_of(whole)
        return self._named(node, node.attr, names, of=_path(node.node))

    def _named(self, node: nodes.Node, name: str, names: Scope, of: str = "") -> Any:
        if name in names:
            return names[name]
        shown = f"{of}.{name}" if of else name
        near = difflib.get_close_matches(name, names, 1)
        what = _("A report knows no “{name}”.").format(name=shown)
        if near:
            guess = f"{of}.{near[0]}" if of else near[0]
            what = _("{what} Did you mean “{guess}”?").format(what=what, guess=guess)
        self._fault(node, what)
        return None

    def _refuse(self, node: nodes.Node) -> None:
        self._fault(
            node,
            _(
                "A template may only print parts of the report, repeat with {{% for … %}} and "
                "choose with {{% if … %}}; “{what}” is something else."
            ).format(what=_described(node)),
        )

    def _fault(self, node: nodes.Node, what: str) -> None:
        self.faults.append(NameFault(node.lineno, what))


def _path(node: nodes.Node) -> str:
    """How an expression is written, as far as it names something."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_path(node.node)}.{node.attr}"
        case nodes.Filter(node=nodes.Expr() as changed):
            return _path(changed)
    return "…"


def _described(node: nodes.Node) -> str:
    """What a tag does, in a word its author knows."""
    match node:
        case nodes.Filter() | nodes.Test():
            return node.name
        case nodes.Call():
            return f"{_path(node.node)}()"
        case nodes.Getitem():
            return f"{_path(node.node)}[…]"
        case nodes.BinExpr() | nodes.UnaryExpr():
            return str(node.operator)
        case nodes.Concat():
            return "~"
        case nodes.Assign() | nodes.AssignBlock():
            return "set"
    return type(node).__name__.lower()
