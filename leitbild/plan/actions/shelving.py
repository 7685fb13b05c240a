"""Putting rows of a concept on the shelf, whole, and taking them down again."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from django.db.models import Model

from leitbild.accounts.models import Organisation, User
from leitbild.core.actions import BATCH, drop_translations
from leitbild.core.models import Translatable, Translation
from leitbild.plan.models import (
    ArrivalStage,
    BinEntry,
    Concept,
    GoalLineage,
    Measure,
    MeasureGoal,
    MeasureLineage,
    TargetGroup,
    ThemeLineage,
)
from leitbild.plan.queries.contents import contents_of, kind_of

LISTS: Final[dict[str, tuple[Any, str, type[Model]]]] = {
    "stages": (Measure.stages.through, "arrivalstage_id", ArrivalStage),
    "target_groups": (Measure.target_groups.through, "targetgroup_id", TargetGroup),
    "partners": (Measure.partners.through, "organisation_id", Organisation),
}
"""What a measure is linked to besides its goals: the links, their column, what they lead to."""
_LINEAGE: Final[dict[str, Any]] = {"plan.theme": ThemeLineage, "plan.goal": GoalLineage}
_TEXT: Final = ("field", "language", "text", "state", "source_digest", "author_id")


def put_in_bin(
    *, concept: Concept, rows: Sequence[Translatable], by: User | None
) -> list[BinEntry]:
    """Write bin entries of the concept's rows and delete the rows; its caller has the frame.

    The same number of queries for one row of a kind and for many, but for their lineage.
    """
    said = contents_of(concept, [(kind_of(row), row.pk) for row in rows])
    links = _links([row.pk for row in rows if isinstance(row, Measure)])
    texts = _translations(rows)
    entries = [
        BinEntry(
            concept=concept,
            kind=kind_of(row),
            part_id=row.pk,
            label=str(row)[:330],
            content=said[kind_of(row), row.pk],
            columns={"fields": _fields(row), **links.get(row.pk, {}), **_origins(row)},
            translations=texts[row.record_name(), row.pk],
            deleted_by=by,
        )
        for row in rows
    ]
    written = BinEntry.objects.bulk_create(entries, batch_size=BATCH)
    drop_translations(rows)
    _delete(rows)
    return written


def _delete(rows: Iterable[Translatable]) -> None:
    by_model: dict[type[Translatable], list[int]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row.pk)
    for model, ids in by_model.items():
        model._default_manager.filter(pk__in=ids).delete()


def _fields(row: Translatable) -> dict[str, Any]:
    """A row's own columns as JSON can hold them."""
    values = {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in values.items()
    }


def _links(measures: Collection[int]) -> dict[int, dict[str, Any]]:
    """What measures lead to, by measure; goals with the main one first."""
    found: dict[int, dict[str, Any]] = {
        pk: {"goals": [], **{name: [] for name in LISTS}} for pk in measures
    }
    if not found:
        return found
    goals = MeasureGoal.objects.filter(measure__in=measures).order_by("position", "id")
    for measure, goal, code in goals.values_list("measure_id", "goal_id", "goal__code"):
        found[measure]["goals"].append([goal, code])
    for name, (through, column, _model) in LISTS.items():
        rows = through.objects.filter(measure__in=measures).order_by("id")
        for measure, other in rows.values_list("measure_id", column):
            found[measure][name].append(other)
    return found


def _origins(row: Translatable) -> dict[str, Any]:
    """Where the part came from: a row of lineage loses or goes with it."""
    if isinstance(row, Measure):
        rows = MeasureLineage.objects.filter(after=row)
        return {"lineage": list(rows.values_list("pk", flat=True))}
    lineage = _LINEAGE[row.record_name()]
    return {"lineage": list(lineage.objects.filter(after=row).values_list("before_id", flat=True))}


def _translations(rows: Sequence[Translatable]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    found: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for name in {row.record_name() for row in rows}:
        ids = [row.pk for row in rows if row.record_name() == name]
        texts = Translation.objects.filter(record=name, record_id__in=ids)
        for text in texts.order_by("field", "language").values("record_id", *_TEXT):
            found[name, text.pop("record_id")].append(text)
    return found


def put_back_translations(entry: BinEntry, row: Translatable) -> None:
    """The texts in other languages, each with its state and the source it was made from."""
    authors = {text["author_id"] for text in entry.translations} - {None}
    there = set(User.objects.filter(pk__in=authors).values_list("pk", flat=True))
    Translation.objects.bulk_create(
        Translation(
            record=row.record_name(),
            record_id=row.pk,
            **{**text, "author_id": text["author_id"] if text["author_id"] in there else None},
        )
        for text in entry.translations
    )


def put_back_lineage(entry: BinEntry, row: Translatable) -> None:
    """Say again where the part came from, where that hasn't been decided anew meanwhile."""
    known = entry.columns.get("lineage", [])
    if isinstance(row, Measure):
        MeasureLineage.objects.filter(pk__in=known, after__isnull=True).update(after=row)
        return
    lineage = _LINEAGE[row.record_name()]
    before = lineage._meta.get_field("before").related_model
    there = before._default_manager.filter(pk__in=known).values_list("pk", flat=True)
    lineage.objects.bulk_create(
        [lineage(concept_id=entry.concept_id, before_id=pk, after=row) for pk in there],
        ignore_conflicts=True,
    )
