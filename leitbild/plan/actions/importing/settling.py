"""What a document leaves open, settled by what the database holds and by defaults."""

from collections.abc import Mapping
from typing import Any, cast

from leitbild.accounts.models import Municipality
from leitbild.core.colour import palette_colour
from leitbild.plan.actions.founding import with_default_lists
from leitbild.plan.actions.importing.comparison import Parts, State, merged_order, state_of
from leitbild.plan.actions.importing.partial import completed
from leitbild.plan.actions.importing.report import Kind
from leitbild.plan.defaults import MUNICIPALITY_NAME, MUNICIPALITY_SLUG
from leitbild.plan.document import (
    ConceptDocument,
    ConceptPart,
    MeasurePart,
    MunicipalityPart,
    ThemePart,
)
from leitbild.plan.document.models import Part
from leitbild.plan.enums import ConceptStatus, Sign
from leitbild.plan.models import Concept


def settled(
    document: ConceptDocument,
    before: State,
    *,
    municipality: Municipality | None,
    is_own: bool,
    partial: bool = False,
) -> State:
    """The state a document asks for, with nothing left open.

    `is_own` says whether the document's municipality block speaks of this municipality,
    `partial` that the file is of a kind that can't say everything.
    """
    wanted = state_of(document)
    if partial:
        wanted = completed(wanted, before, source=document.language)
    town = _town_part(document, before["municipality"], municipality, is_own=is_own)
    wanted["municipality"] = {town.slug: town}
    if municipality is None:
        wanted = with_default_lists(wanted, source=document.language)
    wanted["theme"] = {
        key: _with_colour_and_sign(cast(ThemePart, part), before["theme"].get(key))
        for key, part in wanted["theme"].items()
    }
    wanted["concept"] = {
        key: _with_status(cast(ConceptPart, part), municipality)
        for key, part in wanted["concept"].items()
    }
    wanted["measure"] = _with_sorted_lists(wanted, before)
    return wanted


def _town_part(
    document: ConceptDocument,
    before: Mapping[str, Part],
    municipality: Municipality | None,
    *,
    is_own: bool,
) -> MunicipalityPart:
    """What the block names replaces what is there; what it doesn't name stays."""
    if municipality is None:
        return document.municipality or _minimal_town(document)
    current = cast(MunicipalityPart, before[municipality.slug])
    if document.municipality is None or not is_own:
        return current
    return cast(MunicipalityPart, _laid_over(current, document.municipality))


def _laid_over(current: Part, given: Part) -> Part:
    update: dict[str, Any] = {}
    for name in given.model_fields_set:
        value, old = getattr(given, name), getattr(current, name)
        update[name] = _laid_over(old, value) if isinstance(value, Part) else value
    return current.model_copy(update=update)


def _minimal_town(document: ConceptDocument) -> MunicipalityPart:
    source = document.language
    used = {
        language
        for parts in state_of(document).values()
        for part in parts.values()
        for name in ("name", "title", "text", "vision")
        for language in getattr(part, name, {})
    }
    return MunicipalityPart.model_construct(
        slug=MUNICIPALITY_SLUG,
        name={source: MUNICIPALITY_NAME.get(source, MUNICIPALITY_NAME["en"])},
        languages=[source, *sorted(used - {source})],
    )


def _with_colour_and_sign(part: ThemePart, before: Part | None) -> ThemePart:
    old = cast(ThemePart | None, before)
    signs = list(Sign)
    colour = part.colour or (old.colour if old else palette_colour(part.number))
    sign = part.sign or (old.sign if old else signs[(part.number - 1) % len(signs)])
    return part.model_copy(update={"colour": colour, "sign": sign})


def _with_status(part: ConceptPart, municipality: Municipality | None) -> ConceptPart:
    """A superseded edition stays so; a predecessor that isn't here can't be linked."""
    others = Concept.objects.filter(municipality=municipality)
    update: dict[str, Any] = {}
    if part.predecessor and not others.filter(slug=part.predecessor).exists():
        update["predecessor"] = None
    if part.status == ConceptStatus.ADOPTED:
        heirs = others.filter(predecessor__slug=part.slug, edition__gte=part.edition)
        if heirs.exclude(status=ConceptStatus.DRAFT).exists():
            update["status"] = ConceptStatus.SUPERSEDED
    return part.model_copy(update=update)


def _with_sorted_lists(wanted: State, before: State) -> Parts:
    """Measures whose stages, target groups and partners stand in the order of their lists."""
    lists: tuple[tuple[str, Kind], ...] = (
        ("stages", "stage"),
        ("target_groups", "target_group"),
        ("partners", "organisation"),
    )
    ranks = {
        field: {
            name: rank
            for rank, name in enumerate(merged_order(list(before[kind]), list(wanted[kind])))
        }
        for field, kind in lists
    }
    measures: Parts = {}
    for code, part in wanted["measure"].items():
        measure = cast(MeasurePart, part)
        update = {
            field: sorted(getattr(measure, field), key=rank.__getitem__)
            for field, rank in ranks.items()
        }
        measures[code] = measure.model_copy(update=update)
    return measures
