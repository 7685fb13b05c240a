"""What the parts of a concept say, as plain data: the form history and drafts keep.

A part's content is its part of a concept document (`plan.document`) in the source language
alone: texts are plain strings, other parts are named by code, number or slug.
"""

from collections.abc import Iterable
from typing import Any, Final, TypeAlias

from django.db.models import Prefetch, QuerySet

from leitbild.core.models import Translatable
from leitbild.plan.document.models import ConceptPart, Part
from leitbild.plan.enums import PartKind
from leitbild.plan.models import Concept, Goal, Measure, MeasureGoal, Theme
from leitbild.plan.queries.documents import concept_document

Content: TypeAlias = dict[str, Any]
PartKey: TypeAlias = tuple[str, int]
"""Kind and id of a part."""

MODELS: Final[dict[str, type[Translatable]]] = {
    PartKind.CONCEPT: Concept,
    PartKind.THEME: Theme,
    PartKind.GOAL: Goal,
    PartKind.MEASURE: Measure,
}
# A concept's address, status and resolutions are not part of its text.
_NOT_TEXT: Final = {"slug", "status", "predecessor", "resolutions"}


def kind_of(row: Translatable) -> PartKind:
    """Which kind of part a row is."""
    return next(PartKind(kind) for kind, model in MODELS.items() if isinstance(row, model))


def contents(concept: Concept) -> dict[PartKey, Content]:
    """What every part of the concept says now; the same number of queries for every concept."""
    document = concept_document(concept)
    source = document.language
    themes = dict(Theme.objects.filter(concept=concept).values_list("number", "pk"))
    goals = dict(Goal.objects.filter(concept=concept).values_list("code", "pk"))
    measures = dict(Measure.objects.filter(concept=concept).values_list("code", "pk"))
    found: dict[PartKey, Content] = {
        (PartKind.CONCEPT, concept.pk): content_of_part(document.concept, source)
    }
    for theme in document.themes:
        found[PartKind.THEME, themes[theme.number]] = content_of_part(theme, source)
    for goal in document.goals:
        found[PartKind.GOAL, goals[goal.code]] = content_of_part(goal, source)
    for measure in document.measures:
        found[PartKind.MEASURE, measures[measure.code]] = content_of_part(measure, source)
    return found


def contents_of(concept: Concept, keys: Iterable[PartKey]) -> dict[PartKey, Content]:
    """What some of its parts say now; those that are gone are left out.

    The number of queries is the same for one part and for many, whatever the concept's size.
    """
    ids: dict[str, list[int]] = {}
    for kind, part_id in keys:
        ids.setdefault(kind, []).append(part_id)
    return {
        (kind, row.pk): content_of(row)
        for kind, part_ids in sorted(ids.items())
        for row in _rows(concept, kind).filter(pk__in=part_ids)
    }


def part_of(concept: Concept, kind: str, part_id: int | None) -> Translatable | None:
    """The row of a part; None if it doesn't exist, or not in this concept."""
    return _rows(concept, kind).filter(pk=part_id).first() if part_id else None


def _rows(concept: Concept, kind: str) -> "QuerySet[Any]":
    if kind == PartKind.CONCEPT:
        return Concept.objects.filter(pk=concept.pk)
    if kind == PartKind.THEME:
        return Theme.objects.filter(concept=concept)
    if kind == PartKind.GOAL:
        return Goal.objects.filter(concept=concept).select_related("theme")
    links = MeasureGoal.objects.select_related("goal").order_by("position", "id")
    measures = Measure.objects.filter(concept=concept).select_related("lead")
    return measures.prefetch_related(
        Prefetch("goal_links", links), "stages", "target_groups", "partners"
    )


def content_of_part(part: Part, source: str) -> Content:
    """A document's part as content: its texts in the source language alone."""
    texts = {name for name, value in part if isinstance(value, dict)}
    left_out = _NOT_TEXT if isinstance(part, ConceptPart) else set()
    dumped = part.model_dump(mode="json", exclude=left_out)
    return {
        name: value.get(source, "") if name in texts else value for name, value in dumped.items()
    }


def content_of(row: Translatable) -> Content:
    """What one part says now; the same as `contents` says of it."""
    if isinstance(row, Measure):
        return _measure(row)
    texts = {name: getattr(row, name) for name in row.translatable}
    if isinstance(row, Goal):
        facts: Content = {"code": row.code, "theme": row.theme.number, "horizon": row.horizon}
    elif isinstance(row, Theme):
        facts = {name: getattr(row, name) for name in ("number", "slug", "colour", "sign")}
    elif isinstance(row, Concept):
        facts = {"edition": row.edition, "horizon": row.horizon}
    else:
        raise TypeError(f"{row._meta.label} is not a part of a concept")
    return {**texts, **facts, "source_url": row.source_url, "sample": row.sample}


def _measure(row: Measure) -> Content:
    start, end = row.planned_start, row.planned_end
    return {
        **{name: getattr(row, name) for name in row.translatable},
        "code": row.code,
        "goals": [link.goal.code for link in _goal_links(row)],
        "stages": [stage.slug for stage in row.stages.all()],
        "target_groups": [group.slug for group in row.target_groups.all()],
        "kind": row.kind,
        "start": start if isinstance(start, int) or start is None else start.isoformat(),
        "end": end if isinstance(end, int) or end is None else end.isoformat(),
        "lead": row.lead.slug if row.lead else None,
        "partners": [partner.slug for partner in row.partners.all()],
        "source_url": row.source_url,
        "sample": row.sample,
    }


def _goal_links(row: Measure) -> Iterable[MeasureGoal]:
    """A measure's links to its goals, those read with it or one query for all."""
    if "goal_links" in getattr(row, "_prefetched_objects_cache", {}):
        return row.goal_links.all()
    return row.goal_links.select_related("goal").order_by("position", "id")
