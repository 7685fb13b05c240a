"""What lies between two states of a concept, part by part and word by word."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

from django.template.defaultfilters import date as format_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from leitbild.accounts.models import Municipality, Organisation
from leitbild.core.difference import Piece
from leitbild.plan.enums import MeasureKind, PartKind, Sign
from leitbild.plan.models import (
    ArrivalStage,
    GoalLineage,
    MeasureLineage,
    TargetGroup,
    ThemeLineage,
)
from leitbild.plan.queries.contents import Content, PartKey
from leitbild.plan.queries.freezing import (
    ORGANISATION,
    STAGE,
    TARGET_GROUP,
    FrozenConcept,
    Record,
)
from leitbild.plan.queries.history import FieldDifference, content_differences
from leitbild.plan.queries.wording import FIELD_NAMES

Names: TypeAlias = Mapping[tuple[str, str], str]
"""What slugs stand for: names by kind and slug."""

KINDS: Final = tuple(PartKind.values)
_NAMED: Final = {
    "lead": ORGANISATION,
    "partners": ORGANISATION,
    "stages": STAGE,
    "target_groups": TARGET_GROUP,
}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One value that differs, as one reads it: what stayed, what went, what came."""

    field: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class PartDifference:
    """A part that came, went or changed between two states."""

    kind: str
    part_id: int
    before: Content | None
    after: Content | None
    names: Names = field(default_factory=dict, repr=False)

    @property
    def change(self) -> Literal["added", "removed", "changed"]:
        """What happened to it."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def _content(self) -> Content:
        return self.after or self.before or {}

    @property
    def key(self) -> str:
        """Its number or code; nothing for the concept itself."""
        return str(self._content.get("code") or self._content.get("number") or "")

    @property
    def title(self) -> str:
        """Its title or name."""
        return str(self._content.get("title") or self._content.get("name") or "")

    @property
    def text(self) -> str:
        """The text of a part that came or went, as far as it has one."""
        texts = ("vision", "summary", "text", "purpose", "introduction")
        return "\n\n".join(str(each) for name in texts if (each := self._content.get(name)))

    @cached_property
    def fields(self) -> list[FieldRow]:
        """What differs in a part that changed."""
        if self.before is None or self.after is None:
            return []
        return [
            FieldRow(
                each.field,
                capfirst(str(FIELD_NAMES.get(each.field, each.field))),
                tuple(_pieces(each, self.names)),
            )
            for each in content_differences(self.before, self.after)
        ]


def compare_publications(old: FrozenConcept, new: FrozenConcept) -> list[PartDifference]:
    """What came, went and changed from one publication to another, also of another edition.

    Parts of one concept are the same by their id; those of two editions by lineage, and
    where none is recorded by their title.
    """
    before = {(each.kind, each.part_id): each for each in old.records if each.kind in KINDS}
    after = {(each.kind, each.part_id): each for each in new.records if each.kind in KINDS}
    if old.concept.pk != new.concept.pk:
        before = _as_of(before, after, _ancestry(old, new))
    return differences(before, after, names={**_frozen_names(old), **_frozen_names(new)})


def differences(
    before: Mapping[PartKey, Record], after: Mapping[PartKey, Record], *, names: Names
) -> list[PartDifference]:
    """The parts that differ, the concept first, then themes, goals and measures in order."""
    places = {key: (place, 0) for place, key in enumerate(after)}
    last = -1
    for key in before:
        # What went stands where it stood: behind the part it followed.
        last = places.setdefault(key, (last, 1))[0]
    keys = sorted({**after, **before}, key=lambda key: (KINDS.index(key[0]), places[key]))
    found = (
        PartDifference(
            kind,
            part_id,
            before[kind, part_id].content if (kind, part_id) in before else None,
            after[kind, part_id].content if (kind, part_id) in after else None,
            names,
        )
        for kind, part_id in keys
    )
    return [each for each in found if each.before != each.after]


def names_of(municipality: Municipality) -> Names:
    """What slugs stand for now. Three queries."""
    lists: tuple[tuple[str, Any], ...] = (
        (ORGANISATION, Organisation),
        (STAGE, ArrivalStage),
        (TARGET_GROUP, TargetGroup),
    )
    return {
        (kind, slug): name
        for kind, model in lists
        for slug, name in model.objects.filter(municipality=municipality).values_list(
            "slug", "name"
        )
    }


def _frozen_names(frozen: FrozenConcept) -> Names:
    return {
        (each.kind, each.key): each.content["name"]
        for each in frozen.records
        if each.kind not in KINDS
    }


def _ancestry(old: FrozenConcept, new: FrozenConcept) -> dict[PartKey, PartKey]:
    """Which part of the new edition goes on with which of the old one, by the old one's key."""
    models: tuple[tuple[str, Any], ...] = (
        (PartKind.THEME, ThemeLineage),
        (PartKind.GOAL, GoalLineage),
        (PartKind.MEASURE, MeasureLineage),
    )
    ids = {kind: [each.part_id for each in old.of_kind(kind)] for kind in KINDS}
    found: dict[PartKey, PartKey] = {
        (PartKind.CONCEPT, old.concept.pk): (PartKind.CONCEPT, new.concept.pk)
    }
    for kind, model in models:
        rows = model.objects.filter(concept=new.concept, before_id__in=ids[kind])
        for before, after in rows.order_by("pk").values_list("before_id", "after_id"):
            # A split measure goes on as its first successor; the others are new.
            if after is not None:
                found.setdefault((kind, before), (kind, after))
    return found


def _as_of(
    before: Mapping[PartKey, Record],
    after: Mapping[PartKey, Record],
    ancestry: Mapping[PartKey, PartKey],
) -> dict[PartKey, Record]:
    """The old edition's parts under the keys their successors have."""
    titles = {(key[0], _title(record)): key for key, record in after.items()}
    taken = set(ancestry.values())
    found: dict[PartKey, Record] = {}
    for key, record in before.items():
        successor = ancestry.get(key)
        if successor is None:
            same = titles.get((key[0], _title(record)))
            successor = same if same is not None and same not in taken else key
        if successor in found:
            successor = key
        found[successor] = record
    return found


def _title(record: Record) -> str:
    return str(record.content.get("title") or record.content.get("name") or "")


def _pieces(difference: FieldDifference, names: Names) -> Iterator[Piece]:
    if difference.pieces and difference.field not in _SHOWN:
        yield from difference.pieces
    elif isinstance(difference.old, list) or isinstance(difference.new, list):
        yield from _list_pieces(difference, names)
    else:
        gone, new = (
            _shown(difference.field, each, names) for each in (difference.old, difference.new)
        )
        yield from _replaced(gone, new)


def _replaced(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if gone and new:
        yield Piece("same", " ")
    if new:
        yield Piece("new", new)


def _list_pieces(difference: FieldDifference, names: Names) -> Iterator[Piece]:
    old = [_shown(difference.field, each, names) for each in difference.old or []]
    new = [_shown(difference.field, each, names) for each in difference.new or []]
    if not difference.gone and not difference.added:
        yield from _replaced(", ".join(old), ", ".join(new))
        return
    yield from _joined([Piece("same" if each in old else "new", each) for each in new])
    gone = [each for each in old if each not in new]
    if gone:
        yield Piece("same", " ")
        yield Piece("gone", ", ".join(gone))


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for place, piece in enumerate(pieces):
        if place:
            yield Piece("same", ", ")
        yield piece


_SHOWN: Final = {"lead", "kind", "sign", "start", "end"}
"""Fields that hold a word which stands for another one."""


def _shown(name: str, value: Any, names: Names) -> str:
    """A value as one reads it."""
    if value in (None, ""):
        return ""
    if name in _NAMED:
        return names.get((_NAMED[name], value), str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "kind":
        return str(MeasureKind(value).label)
    if name == "sign":
        return str(Sign(value).label)
    return _moment(value) if name in {"start", "end"} else str(value)


def _moment(value: Any) -> str:
    if isinstance(value, str):
        return str(format_date(dt.date.fromisoformat(value), _("j F Y")))
    return str(value)


def by_key(found: Iterable[PartDifference]) -> dict[PartKey, PartDifference]:
    """Differences to look up."""
    return {(each.kind, each.part_id): each for each in found}
