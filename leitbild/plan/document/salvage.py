"""What is left of a faulty document, so that its contradictions are found in the same reading.

Whoever mends a file wants to hear of everything at once: of the date that is none, and of
the goal that another row names and nobody defines.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Final, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from leitbild.plan.document.models import (
    ConceptDocument,
    ConceptPart,
    GoalPart,
    MeasurePart,
    MunicipalityPart,
    OrganisationPart,
    StagePart,
    TargetGroupPart,
    ThemePart,
)

_LISTS: Final[dict[str, type[BaseModel]]] = {
    "organisations": OrganisationPart,
    "stages": StagePart,
    "target_groups": TargetGroupPart,
    "themes": ThemePart,
    "goals": GoalPart,
    "measures": MeasurePart,
}

P = TypeVar("P", bound=BaseModel)


def salvage(raw: Mapping[str, Any], context: dict[str, Any]) -> ConceptDocument:
    """The document of all sound values; None or nothing stands for those that aren't."""
    lists = {key: _parts(part, raw.get(key), context) for key, part in _LISTS.items()}
    town = raw.get("municipality")
    return ConceptDocument.model_construct(
        language=context["language"],
        municipality=None if town is None else sound_part(MunicipalityPart, town, context),
        concept=sound_part(ConceptPart, raw.get("concept"), context),
        **lists,  # type: ignore[arg-type]  # each list holds its own kind of part
    )


def _parts(part: type[P], raw: object, context: dict[str, Any]) -> list[P]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        return []
    return [sound_part(part, each, context) for each in raw]


def sound_part(part: type[P], raw: object, context: dict[str, Any]) -> P:
    """One part of all its sound values; None or its default stands for the others."""
    try:
        return part.model_validate(raw, context=context)
    except ValidationError:
        pass
    given = raw if isinstance(raw, Mapping) else {}
    values: dict[str, Any] = {}
    for name, field in part.model_fields.items():
        try:
            values[name] = _adapter(part, name).validate_python(given[name], context=context)
        except (KeyError, ValidationError):
            values[name] = None if field.is_required() else field.get_default()
    if "goals" in values:
        values["goals"] = values["goals"] or []
    return part.model_construct(**values)


@cache
def _adapter(part: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = part.model_fields[name]
    return TypeAdapter(Annotated[field.annotation, field])  # type: ignore[arg-type]  # a type made at run time
