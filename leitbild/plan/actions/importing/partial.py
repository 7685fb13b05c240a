"""Files that can't say everything: a Word document knows one language, no slugs, no kinds.

What such a file doesn't name stays as it is; bodies, stages and target groups are known
by their names.
"""

from collections.abc import Mapping
from typing import Any, Final

from leitbild.plan.actions.importing.comparison import KINDS, Parts, State
from leitbild.plan.actions.importing.report import Kind
from leitbild.plan.document.models import Part

LISTS: Final[tuple[Kind, ...]] = ("organisation", "stage", "target_group")
REFERENCES: Final[Mapping[Kind, Mapping[str, Kind]]] = {
    "organisation": {"parent": "organisation"},
    "measure": {
        "lead": "organisation",
        "partners": "organisation",
        "stages": "stage",
        "target_groups": "target_group",
    },
}


def completed(wanted: State, before: State, *, source: str) -> State:
    """What the file asks for, with everything it doesn't name taken from the database."""
    known = {kind: _known_slugs(wanted[kind], before[kind], source) for kind in LISTS}
    result: State = {**wanted}
    for kind in KINDS:
        if kind == "municipality":
            continue
        renamed = {
            known.get(kind, {}).get(key, key): _with_references(kind, part, known)
            for key, part in wanted[kind].items()
        }
        ordered = _in_known_order(renamed, before[kind])
        result[kind] = {
            key: laid_over(before[kind][key], part) if key in before[kind] else part
            for key, part in ordered.items()
        }
    return result


def laid_over(current: Part, given: Part) -> Part:
    """The current part with the values the given one names; a text keeps its languages."""
    update: dict[str, Any] = {}
    for name in given.model_fields_set - {"slug"}:
        value, old = getattr(given, name), getattr(current, name)
        if isinstance(value, dict):
            value = {**old, **value}
        update[name] = value
    return current.model_copy(update=update)


def _known_slugs(wanted: Parts, before: Parts, source: str) -> dict[str, str]:
    """New slugs whose name the database knows under another slug."""
    by_name = {_name(part, source): slug for slug, part in before.items()}
    found = {
        slug: by_name[_name(part, source)]
        for slug, part in wanted.items()
        if slug not in before and _name(part, source) in by_name
    }
    return {slug: old for slug, old in found.items() if old not in wanted}


def _name(part: Any, source: str) -> str:
    return str(part.name.get(source, "")).casefold()


def _with_references(kind: Kind, part: Part, known: Mapping[Kind, Mapping[str, str]]) -> Part:
    update: dict[str, Any] = {}
    slug = getattr(part, "slug", "")
    if slug in known.get(kind, {}):
        update["slug"] = known[kind][slug]
    for field, target in REFERENCES.get(kind, {}).items():
        value = getattr(part, field)
        if field in part.model_fields_set and value:
            update[field] = _renamed(value, known[target])
    return part.model_copy(update=update)


def _renamed(value: str | list[str], slugs: Mapping[str, str]) -> str | list[str]:
    if isinstance(value, str):
        return slugs.get(value, value)
    return list(dict.fromkeys(slugs.get(each, each) for each in value))


def _in_known_order(parts: Parts, before: Parts) -> Parts:
    """Known parts in the order they have; a new one follows what it follows in the file."""
    order = [key for key in before if key in parts]
    above = ""
    for key in parts:
        if key not in before:
            order.insert(order.index(above) + 1 if above else 0, key)
        above = key
    return {key: parts[key] for key in order}
