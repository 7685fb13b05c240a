"""What lies between two states of a concept: the one in the database and the one in a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, cast, get_args

from leitbild.plan.actions.importing.report import ORDER, Change, ImportReport, Kind, Row
from leitbild.plan.document import ConceptDocument
from leitbild.plan.document.models import Part, Term
from leitbild.plan.queries.documents import MunicipalityParts

Parts: TypeAlias = dict[str, Part]
State: TypeAlias = dict[Kind, Parts]
"""Parts by kind, then by slug, number or code, in order."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SHARED: Final[frozenset[Kind]] = frozenset(
    ("municipality", "organisation", "stage", "target_group", "concept")
)
"""Kinds an import only adds to: other concepts of the municipality may need what one lacks."""


def empty_state() -> State:
    """Nothing of any kind."""
    return {kind: {} for kind in KINDS}


def state_of_lists(parts: MunicipalityParts) -> State:
    """A municipality without a concept."""
    return {
        **empty_state(),
        "municipality": {parts.municipality.slug: parts.municipality},
        "organisation": {part.slug: part for part in parts.organisations},
        "stage": {part.slug: part for part in parts.stages},
        "target_group": {part.slug: part for part in parts.target_groups},
    }


def state_of(document: ConceptDocument) -> State:
    """All parts of a document. Resolutions have no name, so they go by their place."""
    town = document.municipality
    concept = document.concept
    resolutions = {str(place): part for place, part in enumerate(concept.resolutions, start=1)}
    return {
        "municipality": {town.slug: town} if town else {},
        "organisation": {part.slug: part for part in document.organisations},
        "stage": {part.slug: part for part in document.stages},
        "target_group": {part.slug: part for part in document.target_groups},
        "concept": {concept.slug: concept},
        "resolution": cast(Parts, resolutions),
        "theme": {str(part.number): part for part in document.themes},
        "goal": {part.code: part for part in document.goals},
        "measure": {part.code: part for part in document.measures},
    }


@dataclass(slots=True)
class Comparison:
    """What has to be written so that the database holds what the file holds.

    `after` is the state that shall stand, in order; `touched` names the parts in it that are
    new or different; `gone` those of the database that shall not stay.
    """

    before: State
    after: State
    touched: dict[Kind, set[str]]
    gone: dict[Kind, list[str]]
    report: ImportReport = field(default_factory=ImportReport)


def compare(before: State, wanted: State, *, source: str, prune: bool) -> Comparison:
    """The difference, field by field, with texts by language."""
    after, gone = _after(before, wanted, prune=prune)
    result = Comparison(before, after, {kind: set() for kind in KINDS}, gone)
    report = result.report
    for kind in KINDS:
        for key, part in wanted[kind].items():
            old = before[kind].get(key)
            if old is None:
                report.created.append(_row(kind, key, part, source))
                result.touched[kind].add(key)
            elif changes := list(_changes(kind, key, old, part)):
                report.changes.extend(changes)
                result.touched[kind].add(key)
        lost = [] if kind in SHARED else [key for key in before[kind] if key not in wanted[kind]]
        rows = [_row(kind, key, before[kind][key], source) for key in lost]
        (report.removed if prune else report.missing).extend(rows)
        report.changes.extend(_moves(kind, before[kind], after[kind]))
    return result


def _after(before: State, wanted: State, *, prune: bool) -> tuple[State, dict[Kind, list[str]]]:
    after, gone = empty_state(), dict[Kind, list[str]]()
    for kind in KINDS:
        lost = [key for key in before[kind] if key not in wanted[kind]]
        gone[kind] = lost if prune and kind not in SHARED else []
        stays = [key for key in before[kind] if key not in gone[kind]]
        parts = {**before[kind], **wanted[kind]}
        after[kind] = {key: parts[key] for key in merged_order(stays, list(wanted[kind]))}
    return after, gone


def merged_order(existing: Sequence[str], listed: Sequence[str]) -> list[str]:
    """Both lists in one: `listed` in its own order, the rest where it stood before.

    New names follow the name they follow in `listed`.
    """
    kept, named = set(existing), set(listed)
    turn = iter([name for name in listed if name in kept])
    places = [next(turn) if name in named else name for name in existing]
    followers: dict[str | None, list[str]] = {}
    above: str | None = None
    for name in listed:
        if name in kept:
            above = name
        else:
            followers.setdefault(above, []).append(name)
    first = next((place for place, name in enumerate(places) if name in named), len(places))
    order = places[:first] + followers.get(None, [])
    for name in places[first:]:
        order.extend([name, *followers.get(name, [])])
    return order


def _moves(kind: Kind, before: Parts, after: Parts) -> Iterator[Change]:
    old = [key for key in before if key in after]
    new = [key for key in after if key in before]
    if old != new:
        yield Change(kind, "", ORDER, None, old, new)


def _row(kind: Kind, key: str, part: Part, source: str) -> Row:
    texts: Any = next(
        (getattr(part, name) for name in ("title", "name", "body") if hasattr(part, name)), {}
    )
    return Row(kind, key, texts.get(source, ""))


def _changes(kind: Kind, key: str, old: Part, new: Part) -> Iterator[Change]:
    if old == new:
        return
    before, after = dict(_values(old)), dict(_values(new))
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            yield Change(kind, key, *name, before.get(name), after.get(name))


def _values(part: Part, prefix: str = "") -> Iterable[tuple[tuple[str, str | None], Any]]:
    """A part's values by field and language, nested parts written as `contact.email`."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name == "resolutions":
            continue
        if isinstance(value, Part):
            yield from _values(value, f"{prefix}{name}.")
        elif isinstance(value, Mapping):
            yield from _entries(prefix + name, value)
        else:
            yield (prefix + name, None), value


def _entries(name: str, value: Mapping[str, Any]) -> Iterable[tuple[tuple[str, str | None], Any]]:
    for key, each in value.items():
        if name == "tokens":
            yield (f"tokens.{key}", None), each
        elif isinstance(each, Mapping):
            for language, term in cast(Mapping[str, Term], each).items():
                yield (f"{name}.{key}", language), f"{term.one}, {term.many}"
        else:
            yield (name, key), each
