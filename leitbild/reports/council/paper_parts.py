"""What a Word template can name, read from the paper itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from leitbild.reports.council.paper import Paper


@dataclass(frozen=True, slots=True)
class Nameable:
    """Names that can be printed: everywhere, or within the repetition `loop`."""

    loop: str
    names: list[str]


def item_of(kind: Any) -> Any:
    """What a list holds; nothing where it is no list."""
    return get_args(kind)[0] if get_origin(kind) is list else None


@cache
def parts_of(kind: Any) -> dict[str, Any]:
    """The fields of a part of the paper by name; a list's are those of its items."""
    kind = item_of(kind) or kind
    if not is_dataclass(kind):
        return {}
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


@cache
def nameable() -> list[Nameable]:
    """Everything, each kind of part once."""
    return list(_within(Paper, "", "", set()))


def _within(kind: Any, of: str, loop: str, seen: set[Any]) -> Iterator[Nameable]:
    names, lists = [], []
    for path, each in _leaves(kind, of):
        if item := item_of(each):
            lists.append((path, item))
        else:
            names.append(path)
    yield Nameable(loop, names)
    for path, item in lists:
        if item not in seen:
            seen.add(item)
            name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", item.__name__).lower()
            yield from _within(item, f"{name}.", f"{{% for {name} in {path} %}}", seen)


def _leaves(kind: Any, of: str) -> Iterator[tuple[str, Any]]:
    """Values and lists below a part, by the path a template writes."""
    for name, each in parts_of(kind).items():
        if is_dataclass(each):
            yield from _leaves(each, f"{of}{name}.")
        else:
            yield f"{of}{name}", each
