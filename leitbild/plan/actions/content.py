"""Writing what a part of a concept says into its row, and what keeps it from being written."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django.db.models import Max, QuerySet, TextChoices
from django.utils.translation import gettext as _
from pydantic import ValidationError

from leitbild.accounts.models import Organisation
from leitbild.core.colour import failing_pairs, palette_colour
from leitbild.core.models import Translatable, Translation
from leitbild.plan.actions.importing.writing import planned_day
from leitbild.plan.document import (
    ConceptPart,
    Finding,
    GoalPart,
    MeasurePart,
    ThemePart,
    first_day,
    last_day,
)
from leitbild.plan.document.models import Part, Sourced
from leitbild.plan.document.salvage import sound_part
from leitbild.plan.enums import PartKind, Sign
from leitbild.plan.exchange.sentences import sentence
from leitbild.plan.exchange.slugs import free_slug
from leitbild.plan.models import (
    ArrivalStage,
    Concept,
    Goal,
    Measure,
    MeasureGoal,
    TargetGroup,
    Theme,
)
from leitbild.plan.queries.contents import MODELS, Content

PARTS: Final[Mapping[str, type[Part]]] = {
    PartKind.CONCEPT: ConceptPart,
    PartKind.THEME: ThemePart,
    PartKind.GOAL: GoalPart,
    PartKind.MEASURE: MeasurePart,
}
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    PartKind.CONCEPT: (
        "title",
        "purpose",
        "introduction",
        "edition",
        "horizon",
        "source_url",
        "sample",
    ),
    **{
        kind: (
            *(name for name in part.model_fields if name not in Sourced.model_fields),
            *Sourced.model_fields,
        )
        for kind, part in PARTS.items()
        if kind != PartKind.CONCEPT
    },
}
"""What a part's content consists of, in its order."""

# Where a part stands in a document; sentences about values are found by it.
_PLACES: Final[Mapping[str, str]] = {
    PartKind.CONCEPT: "concept",
    PartKind.THEME: "themes",
    PartKind.GOAL: "goals",
    PartKind.MEASURE: "measures",
}
_UNIQUE: Final[Mapping[str, tuple[str, ...]]] = {
    PartKind.THEME: ("number", "slug"),
    PartKind.GOAL: ("code",),
    PartKind.MEASURE: ("code",),
}
_COLOUR: Final = "theme"
# NUL and halves of characters: no database takes them.
_IMPOSSIBLE: Final = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FieldObstacle:
    """Why a part can't be written: its field ('' for the part as a whole) and a sentence."""

    field: str
    reason: str


def cleaned_content(kind: str, content: Mapping[str, Any]) -> Content:
    """The part's own fields as any database can keep them; otherwise as they were typed."""
    return {name: _storable(content[name]) for name in FIELDS[kind] if name in content}


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _IMPOSSIBLE.sub("", value)
    if isinstance(value, Mapping):
        return {str(_storable(str(key))): _storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(each) for each in value]
    return value if value is None or isinstance(value, bool | int) else _storable(str(value))


def content_obstacles(
    *, concept: Concept, kind: str, part_id: int | None, content: Content
) -> list[FieldObstacle]:
    """Every reason at once why a part can't say this; `part_id` is None for a new one."""
    given, context = _given(concept, kind, part_id, content)
    try:
        part: Any = PARTS[kind].model_validate(given, context=context)
        faults = []
    except ValidationError as error:
        # The sound values may contradict each other nevertheless.
        part = sound_part(PARTS[kind], given, context)
        faults = list(_faults(kind, error))
    found = [
        *faults,
        *_taken(concept, kind, part_id, part),
        *_illegible(kind, part, concept.municipality.tokens),
        *_unknown(concept, kind, part),
        *_times(kind, part),
    ]
    order = {field: place for place, field in enumerate(FIELDS[kind])}
    return sorted(found, key=lambda each: order.get(each.field, -1))


def write_content(
    *, concept: Concept, kind: str, row: Translatable | None, content: Content
) -> Translatable:
    """Make the row say this; None makes a new one at the end of its list.

    The caller is inside `changing` and has found no `content_obstacles`. A translation whose
    source changed is out of date from then on; one whose source is now empty goes with it.
    """
    given, context = _given(concept, kind, row.pk if row else None, content)
    part: Any = PARTS[kind].model_validate(given, context=context)
    target: Any = row or _new_row(concept, kind)
    emptied = []
    for field in target.translatable:
        text = getattr(part, field).get(context["language"], "")
        if getattr(target, field) and not text:
            emptied.append(field)
        setattr(target, field, text)
    for field, value in _columns(concept, kind, part).items():
        setattr(target, field, value)
    target.save()
    if emptied:
        of_row = Translation.objects.filter(record=target.record_name(), record_id=target.pk)
        of_row.filter(field__in=emptied).delete()
    if isinstance(part, MeasurePart):
        _write_links(concept, target, part)
    return cast(Translatable, target)


def _given(
    concept: Concept, kind: str, part_id: int | None, content: Content
) -> tuple[Content, dict[str, str]]:
    """The content as a document would hold it, without what is empty, and its language."""
    given = {
        name: value
        for name, value in content.items()
        if value is not None and not (isinstance(value, str) and not value.strip())
    }
    if kind == PartKind.CONCEPT:
        given["slug"] = concept.slug
    elif kind == PartKind.THEME:
        _settle_theme(concept, part_id, given)
    return given, {"language": concept.municipality.source_language}


def _settle_theme(concept: Concept, part_id: int | None, given: Content) -> None:
    """What a theme leaves open is settled as an import does it."""
    number = given.get("number")
    place = number if isinstance(number, int) else 1
    given.setdefault("colour", palette_colour(place))
    given.setdefault("sign", list(Sign)[(place - 1) % len(Sign)])
    if "slug" not in given:
        others = Theme.objects.filter(concept=concept).values_list("pk", "slug")
        taken = {slug for pk, slug in others if pk != part_id}
        given["slug"] = free_slug(str(given.get("name", "")), taken=taken, word="thema")


def _faults(kind: str, error: ValidationError) -> Iterator[FieldObstacle]:
    """The first complaint about each field, in the words an import has for it."""
    seen = set[str]()
    for each in error.errors():
        field = str(each["loc"][0]) if each["loc"] else ""
        if field in seen:
            continue
        seen.add(field)
        # Whoever writes here writes in the source language: to them the text is just missing.
        missing = each["type"] in {"source_text", "missing"}
        values = {**each.get("ctx", {}), "input": each["input"]}
        finding = Finding(each["loc"], "missing" if missing else each["type"], values)
        place = (_PLACES[kind], 0, field)
        yield FieldObstacle(field, sentence(finding, place, words=_labels))


def _labels(choices: type[TextChoices]) -> list[str]:
    return [str(label) for label in choices.labels]


def _taken(concept: Concept, kind: str, part_id: int | None, part: Any) -> Iterator[FieldObstacle]:
    """Numbers, codes and names in addresses that another part of the concept has."""
    model: Any = MODELS[kind]
    for field in _UNIQUE.get(kind, ()):
        # Unique in the concept, so there is one at most.
        other = model.objects.filter(concept=concept, **{field: getattr(part, field)}).first()
        if other is not None and other.pk != part_id:
            taken = _("“{value}” is taken by “{other}”. Please choose another one.")
            reason = taken.format(value=getattr(part, field), other=other)
            yield FieldObstacle(field, reason)


def _illegible(kind: str, part: Any, tokens: Mapping[str, str]) -> Iterator[FieldObstacle]:
    """A theme's colour is text on paper and on its own tint, light and dark."""
    if kind != PartKind.THEME or not part.colour:
        return
    pairs = failing_pairs(tokens, {_COLOUR: part.colour})
    own = [pair for pair in pairs if pair.name == _COLOUR]
    if own:
        worst = min(own, key=lambda pair: pair.ratio)
        reason = _(
            "{foreground} on {background} has a contrast of {ratio}:1; at least 4.5:1 is needed "
            "to read it. Please choose a darker colour."
        ).format(foreground=worst.foreground, background=worst.background, ratio=worst.shown_ratio)
        yield FieldObstacle("colour", reason)


def _unknown(concept: Concept, kind: str, part: Any) -> Iterator[FieldObstacle]:
    """Names of parts and lists that aren't there, or not any more, or stand there twice."""
    if kind == PartKind.GOAL and part.theme is not None:
        themes = Theme.objects.filter(concept=concept)
        if not _there(themes, "number", [part.theme]):
            yield FieldObstacle("theme", _gone([str(part.theme)]))
    if kind != PartKind.MEASURE:
        return
    for field, (rows, key) in _named(concept).items():
        value = getattr(part, field)
        names = value if isinstance(value, list) else [value] if value else []
        there = _there(rows, key, names)
        if unknown := [name for name in names if name not in there]:
            yield FieldObstacle(field, _gone(unknown))
        elif twice := [name for name in there if names.count(name) > 1]:
            finding = Finding((field,), "repeated_reference", {"value": twice[0]})
            yield FieldObstacle(field, sentence(finding, (field,), words=_labels))


def _named(concept: Concept) -> "dict[str, tuple[QuerySet[Any], str]]":
    """What a measure names, and by what."""
    town = concept.municipality
    organisations = Organisation.objects.filter(municipality=town)
    return {
        "goals": (Goal.objects.filter(concept=concept), "code"),
        "stages": (ArrivalStage.objects.filter(municipality=town), "slug"),
        "target_groups": (TargetGroup.objects.filter(municipality=town), "slug"),
        "lead": (organisations, "slug"),
        "partners": (organisations, "slug"),
    }


def _there(rows: "QuerySet[Any]", key: str, names: Iterable[Any]) -> dict[Any, int]:
    """The ids of those that exist, by name."""
    wanted = list(names)
    if not wanted:
        return {}
    return dict(rows.filter(**{f"{key}__in": wanted}).values_list(key, "pk"))


def _gone(names: Iterable[str]) -> str:
    return _("Not there (any more): {names}. Please choose again.").format(names=", ".join(names))


def _times(kind: str, part: Any) -> Iterator[FieldObstacle]:
    """An end before its start, a horizon before the edition."""
    if kind == PartKind.MEASURE:
        start, end = part.start, part.end
        if start is not None and end is not None and last_day(end) < first_day(start):
            yield _contradiction("end", "end_before_start", start=start, end=end)
    elif kind == PartKind.CONCEPT:
        edition, horizon = part.edition, part.horizon
        if edition is not None and horizon is not None and horizon < edition:
            yield _contradiction(
                "horizon", "horizon_before_edition", horizon=horizon, edition=edition
            )


def _contradiction(field: str, kind: str, **values: Any) -> FieldObstacle:
    return FieldObstacle(field, sentence(Finding((field,), kind, values), (field,), words=_labels))


def _new_row(concept: Concept, kind: str) -> Translatable:
    model: Any = MODELS[kind]
    if kind == PartKind.CONCEPT:
        raise TypeError("a concept is begun by an import or by continuing another")
    last = model.objects.filter(concept=concept).aggregate(last=Max("position"))["last"]
    return cast(Translatable, model(concept=concept, position=0 if last is None else last + 1))


def _columns(concept: Concept, kind: str, part: Any) -> dict[str, Any]:
    columns = {"source_url": part.source_url, "sample": part.sample}
    if kind == PartKind.CONCEPT:
        return {**columns, "edition": part.edition, "horizon": part.horizon}
    if kind == PartKind.THEME:
        own = ("number", "slug", "colour", "sign")
        return {**columns, **{name: getattr(part, name) for name in own}}
    if kind == PartKind.GOAL:
        theme = Theme.objects.get(concept=concept, number=part.theme)
        return {**columns, "code": part.code, "theme": theme, "horizon": part.horizon}
    start, start_precision = planned_day(part.start, first_day)
    end, end_precision = planned_day(part.end, last_day)
    organisations = Organisation.objects.filter(municipality=concept.municipality)
    return {
        **columns,
        "code": part.code,
        "kind": part.kind,
        "start": start,
        "start_precision": start_precision,
        "end": end,
        "end_precision": end_precision,
        "lead": organisations.get(slug=part.lead) if part.lead else None,
    }


def _write_links(concept: Concept, row: Measure, part: MeasurePart) -> None:
    """Goals in the order given, the main one first; the lists have an order of their own."""
    named = _named(concept)
    goals = _there(*named["goals"], part.goals)
    wanted = [goals[code] for code in part.goals]
    links = MeasureGoal.objects.filter(measure=row).order_by("position", "id")
    if list(links.values_list("goal_id", flat=True)) != wanted:
        links.delete()
        MeasureGoal.objects.bulk_create(
            MeasureGoal(measure=row, goal_id=goal, concept=concept, position=place)
            for place, goal in enumerate(wanted)
        )
    for field in ("stages", "target_groups", "partners"):
        getattr(row, field).set(_there(*named[field], getattr(part, field)).values())
