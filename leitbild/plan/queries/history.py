"""What parts of a concept said when, and how that differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from leitbild.core.difference import Piece, word_difference
from leitbild.plan.enums import PartKind
from leitbild.plan.models import Concept, Revision
from leitbild.plan.queries.contents import MODELS, Content, PartKey

Value: TypeAlias = Any
"""What a field of a content holds: a text, a number, yes or no, a list of names, or nothing."""


def revisions_of(kind: str, part_id: int) -> QuerySet[Revision]:
    """Every revision of a part, the newest first."""
    return Revision.objects.filter(kind=kind, part_id=part_id).order_by("-number")


def revision(kind: str, part_id: int, number: int) -> Revision | None:
    """One revision of a part."""
    return Revision.objects.filter(kind=kind, part_id=part_id, number=number).first()


def latest_number(kind: str, part_id: int) -> int:
    """The number of a part's newest revision; 0 while it has none. This is its version."""
    newest = revisions_of(kind, part_id).aggregate(newest=Max("number"))["newest"]
    return int(newest or 0)


def latest_revisions(
    concept: Concept, only: Iterable[PartKey] | None = None
) -> dict[PartKey, Revision]:
    """The newest revision of every part the concept has or had, or of some. One query."""
    newest = (
        Revision.objects.filter(kind=OuterRef("kind"), part_id=OuterRef("part_id"))
        .order_by("-number")
        .values("pk")[:1]
    )
    rows = Revision.objects.filter(concept_id=concept.pk, pk=Subquery(newest))
    if only is not None:
        rows = rows.filter(_any_of(only))
    return {(row.kind, row.part_id): row for row in rows}


def parts_without_history(concept: Concept, only: Iterable[PartKey] | None = None) -> list[PartKey]:
    """Parts that were there before history was kept. A query for each kind that is asked for."""
    wanted = None if only is None else _ids_by_kind(only)
    found: list[PartKey] = []
    for kind, model in MODELS.items():
        if wanted is not None and kind not in wanted:
            continue
        own = {"pk" if kind == PartKind.CONCEPT else "concept_id": concept.pk}
        rows = model._default_manager.filter(**own)
        if wanted is not None:
            rows = rows.filter(pk__in=wanted[kind])
        known = Revision.objects.filter(kind=kind, part_id=OuterRef("pk"))
        bare = rows.filter(~Exists(known)).order_by("pk").values_list("pk", flat=True)
        found.extend((kind, pk) for pk in bare)
    return found


def _ids_by_kind(keys: Iterable[PartKey]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = {}
    for kind, part_id in keys:
        ids.setdefault(kind, []).append(part_id)
    return ids


def _any_of(keys: Iterable[PartKey]) -> Q:
    ids = _ids_by_kind(keys)
    nothing = Q(pk__in=[])
    return reduce(or_, (Q(kind=kind, part_id__in=each) for kind, each in ids.items()), nothing)


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that says something else in two contents of a part.

    `pieces` is there for texts, `gone` and `added` for lists of names (a list that only
    changed its order has neither).
    """

    field: str
    old: Value
    new: Value
    pieces: tuple[Piece, ...] = ()
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def changed_fields(old: Mapping[str, Value], new: Mapping[str, Value]) -> list[str]:
    """The fields that differ; one that is missing is empty. Cheap: compares no words."""
    return [name for name in {**old, **new} if _filled(old.get(name)) != _filled(new.get(name))]


def content_differences(old: Content, new: Content) -> list[FieldDifference]:
    """What differs between two contents of a part, field by field, in the order of the part."""
    return [_difference(name, old.get(name), new.get(name)) for name in changed_fields(old, new)]


def _filled(value: Value) -> Value:
    """The same for everything that says nothing; no and 0 say something."""
    return None if value in ("", []) else value


def _difference(field: str, old: Value, new: Value) -> FieldDifference:
    if isinstance(old, list) or isinstance(new, list):
        before, after = old or [], new or []
        return FieldDifference(
            field,
            before,
            after,
            gone=tuple(name for name in before if name not in after),
            added=tuple(name for name in after if name not in before),
        )
    if isinstance(old or "", str) and isinstance(new or "", str):
        pieces = tuple(word_difference(old or "", new or ""))
        return FieldDifference(field, old or "", new or "", pieces=pieces)
    return FieldDifference(field, old, new)
