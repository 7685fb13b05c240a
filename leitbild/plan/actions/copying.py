"""Copying parts of a concept into another edition, with their texts and what they are linked to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias, TypeVar

from leitbild.core.actions import BATCH
from leitbild.core.models import Translatable, Translation
from leitbild.core.queries import of_records
from leitbild.plan.models import Concept, Goal, Measure, MeasureGoal

Part = TypeVar("Part", bound=Translatable)
Copies: TypeAlias = dict[int, Part]
"""Copies by the id of the row they were made from."""

_LISTS: Final = {
    "stages": "arrivalstage_id",
    "target_groups": "targetgroup_id",
    "partners": "organisation_id",
}


def copy_rows(rows: Iterable[Part], columns: Callable[[Part], Mapping[str, Any]]) -> Copies[Part]:
    """Copies of rows, written at once; `columns` says what is different in each."""
    originals = list(rows)
    copies = [_copy(row, columns(row)) for row in originals]
    if copies:
        type(copies[0])._default_manager.bulk_create(copies)
    return {row.pk: copy for row, copy in zip(originals, copies, strict=True)}


def _copy(row: Part, changes: Mapping[str, Any]) -> Part:
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return type(row)(**{**values, **changes})


def copy_translations(copies: Iterable[tuple[Translatable, Translatable]]) -> None:
    """Every text in another language, with its state and what it was translated from.

    Texts whose source reads differently in the copy stay behind: they translate another text.
    """
    pairs = {(old.record_name(), old.pk): (old, new) for old, new in copies}
    if not pairs:
        return
    texts = []
    found = Translation.objects.filter(of_records(old for old, _new in pairs.values()))
    for each in found.order_by("pk"):
        old, new = pairs[each.record, each.record_id]
        if getattr(old, each.field, None) == getattr(new, each.field, ""):
            each.pk, each.record_id = None, new.pk
            texts.append(each)
    Translation.objects.bulk_create(texts, batch_size=BATCH)


def copy_measures(
    rows: Sequence[Measure],
    *,
    concept: Concept,
    goals: Mapping[int, Goal],
    columns: Callable[[Measure], Mapping[str, Any]] = lambda _row: {},
) -> Copies[Measure]:
    """Copies of measures with everything they are linked to; `goals` by the ids of the old ones."""
    copies = copy_rows(rows, lambda row: {"concept_id": concept.pk, **columns(row)})
    links = MeasureGoal.objects.filter(measure__in=copies, goal__in=goals)
    MeasureGoal.objects.bulk_create(
        MeasureGoal(
            measure=copies[link.measure_id],
            goal=goals[link.goal_id],
            concept=concept,
            position=link.position,
        )
        for link in links.order_by("position", "id")
    )
    for name, other in _LISTS.items():
        through: Any = getattr(Measure, name).through
        linked = through.objects.filter(measure__in=copies).order_by("pk")
        through.objects.bulk_create(
            through(measure_id=copies[measure].pk, **{other: pk})
            for measure, pk in linked.values_list("measure_id", other)
        )
    return copies
