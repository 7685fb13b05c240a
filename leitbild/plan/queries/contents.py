"""What the parts of a concept say, as plain data: the form history and drafts keep.

A part's content is its part of a concept document (`plan.document`) in the source language
alone: texts are plain strings, other parts are named by code, number or slug.
"""

from typing import Any, Final, TypeAlias

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
    links = MeasureGoal.objects.filter(measure=row).order_by("position", "id")
    start, end = row.planned_start, row.planned_end
    return {
        **{name: getattr(row, name) for name in row.translatable},
        "code": row.code,
        "goals": list(links.values_list("goal__code", flat=True)),
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
