"""Deleting parts of a concept into the bin, bringing them back, emptying the bin."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import record_event
from leitbild.core.models import Translatable
from leitbild.core.refusal import Refused
from leitbild.plan.actions.changing import changing
from leitbild.plan.actions.restoring import restored_row
from leitbild.plan.actions.shelving import put_in_bin
from leitbild.plan.enums import PartKind, RevisionChange
from leitbild.plan.models import BinEntry, Concept, Draft, MeasureLineage
from leitbild.plan.queries.bin import KEPT, obstacles_to_deletion
from leitbild.plan.queries.contents import MODELS


@dataclass(frozen=True, slots=True)
class Restored:
    """A part that is back, and what isn't as it was, in sentences."""

    row: Translatable
    notes: list[str] = field(default_factory=list)


def delete_part(
    *, concept: Concept, kind: PartKind, part_id: int, by: User | None, reason: str = ""
) -> BinEntry:
    """Put a theme, goal or measure into the bin; for thirty days it can come back whole.

    Drafts that people have of it are kept. Raises Refused with what depends on it.
    """
    if kind == PartKind.CONCEPT:
        raise Refused([_("A concept isn’t put into the bin; an unused draft can be discarded.")])
    with changing(
        concept=concept,
        by=by,
        action=f"{kind}.delete",
        change=RevisionChange.DELETED,
        reason=reason,
        only=[(kind, part_id)],
    ) as frame:
        parts: Any = MODELS[kind]
        row = parts.objects.filter(concept=concept, pk=part_id).first()
        if row is None:
            raise Refused([_("This has already been deleted; look into the bin.")])
        if reasons := obstacles_to_deletion(row):
            raise Refused(reasons)
        [entry] = put_in_bin(concept=concept, rows=[row], by=by)
        frame.record = row
        frame.changes = {"part": entry.label, "content": entry.content}
    return entry


def restore_part(*, entry: BinEntry, by: User | None, reason: str = "") -> Restored:
    """Bring a part back from the bin under its old id, with its links and translations.

    Raises Refused where what it stands under lies in the bin as well or is gone for good.
    """
    notes: list[str] = []
    with changing(
        concept=entry.concept,
        by=by,
        action=f"{entry.kind}.restore",
        change=RevisionChange.RESTORED,
        reason=reason,
        only=[(entry.kind, entry.part_id)],
    ) as frame:
        entry = _still_there(entry)
        row = restored_row(entry, notes)
        entry.delete()
        frame.record = row
        frame.changes = {"part": str(row), **({"notes": notes} if notes else {})}
    return Restored(row, notes)


def _still_there(entry: BinEntry) -> BinEntry:
    found = BinEntry.objects.select_for_update().filter(pk=entry.pk).first()
    if found is None:
        raise Refused([_("“{part}” is not in the bin any more.").format(part=entry.label)])
    return found


@transaction.atomic
def empty_bin(*, older_than: dt.timedelta = KEPT, by: User | None = None) -> int:
    """Remove for good what was deleted longer ago than that; how many parts that were.

    Drafts of such a part become drafts of a new one, so that nobody's words are lost.
    """
    expired = BinEntry.objects.filter(deleted_at__lt=timezone.now() - older_than)
    entries = list(expired.select_for_update().select_related("concept").order_by("pk"))
    labels: dict[int, list[str]] = {}
    for entry in entries:
        drafts = Draft.objects.filter(kind=entry.kind, part_id=entry.part_id)
        drafts.update(part_id=None, base=0)
        labels.setdefault(entry.concept.municipality_id, []).append(entry.label)
    lost = [pk for entry in entries for pk in _lineage_of(entry)]
    MeasureLineage.objects.filter(pk__in=lost, before__isnull=True, after__isnull=True).delete()
    BinEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    for municipality_id, parts in labels.items():
        record_event(
            action="bin.empty",
            by=by,
            public=False,
            municipality_id=municipality_id,
            changes={"parts": parts},
        )
    return len(entries)


def _lineage_of(entry: BinEntry) -> list[int]:
    """Rows that said that a measure was new: without it they say nothing."""
    if entry.kind != PartKind.MEASURE:
        return []
    return list(entry.columns.get("lineage", []))
