"""What must hold between the parts of a document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from leitbild.plan.document.fields import first_day, last_day
from leitbild.plan.document.models import ConceptDocument, OrganisationPart

Place: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: its place, a kind that has a sentence, and what fills it."""

    place: Place
    kind: str
    values: dict[str, Any] = field(default_factory=dict)


def findings(document: ConceptDocument) -> list[Finding]:
    """Everything that contradicts itself in a document.

    Where a value was unsound and is left out (see salvage), None stands in its place.
    """
    return [
        *_municipality(document),
        *_doubled("organisations", "slug", [part.slug for part in document.organisations]),
        *_doubled("stages", "slug", [part.slug for part in document.stages]),
        *_doubled("target_groups", "slug", [part.slug for part in document.target_groups]),
        *_doubled("themes", "number", [part.number for part in document.themes]),
        *_doubled("themes", "slug", [part.slug for part in document.themes]),
        *_doubled("goals", "code", [part.code for part in document.goals]),
        *_doubled("measures", "code", [part.code for part in document.measures]),
        *_references(document),
        *_circles(document.organisations),
        *_dates(document),
        *_concept(document),
    ]


def _municipality(document: ConceptDocument) -> Iterator[Finding]:
    town = document.municipality
    if not town:
        return
    if town.languages and town.languages[0] != document.language:
        yield Finding(
            ("municipality", "languages", 0),
            "source_language",
            {"first": town.languages[0], "language": document.language},
        )
    yield from _repeated(("municipality", "languages"), town.languages)
    yield from _repeated(("municipality", "hosts"), town.hosts)


def _doubled(part: str, key: str, values: Sequence[str | int | None]) -> Iterator[Finding]:
    seen: set[str | int | None] = set()
    for position, value in enumerate(values):
        if value is not None and value in seen:
            yield Finding((part, position, key), "doubled", {"value": value})
        seen.add(value)


def _unknown(place: Place, names: Iterable[str], known: set[str | None]) -> Iterator[Finding]:
    if None in known:  # one of the codes is unsound: any name may mean that one
        return
    for position, name in enumerate(names):
        if name not in known:
            yield Finding((*place, position), "unknown_reference", {"value": name})


def _repeated(place: Place, names: Sequence[str]) -> Iterator[Finding]:
    for position, name in enumerate(names):
        if name in names[:position]:
            yield Finding((*place, position), "repeated_reference", {"value": name})


def _reference(
    place: Place, name: str | int | None, known: set[str | None] | set[int | None]
) -> Iterator[Finding]:
    # One unsound code is enough: any name may mean that one.
    if name is not None and name not in known and None not in known:
        yield Finding(place, "unknown_reference", {"value": name})


def _references(document: ConceptDocument) -> Iterator[Finding]:
    organisations: set[str | None] = {part.slug for part in document.organisations}
    themes: set[int | None] = {part.number for part in document.themes}
    known: dict[str, set[str | None]] = {
        "goals": {part.code for part in document.goals},
        "stages": {part.slug for part in document.stages},
        "target_groups": {part.slug for part in document.target_groups},
        "partners": organisations,
    }
    for row, organisation in enumerate(document.organisations):
        yield from _reference(("organisations", row, "parent"), organisation.parent, organisations)
    for row, goal in enumerate(document.goals):
        yield from _reference(("goals", row, "theme"), goal.theme, themes)
    for row, measure in enumerate(document.measures):
        for key, names in known.items():
            yield from _unknown(("measures", row, key), getattr(measure, key), names)
            yield from _repeated(("measures", row, key), getattr(measure, key))
        yield from _reference(("measures", row, "lead"), measure.lead, organisations)


def _circles(organisations: Sequence[OrganisationPart]) -> Iterator[Finding]:
    parents = {part.slug: part.parent for part in organisations}
    for row, organisation in enumerate(organisations):
        above, seen = organisation.parent, set[str]()
        while above is not None and above not in seen and above != organisation.slug:
            seen.add(above)
            above = parents.get(above)
        if above == organisation.slug:
            yield Finding(("organisations", row, "parent"), "circle", {"value": organisation.slug})


def _dates(document: ConceptDocument) -> Iterator[Finding]:
    for row, measure in enumerate(document.measures):
        if measure.start is None or measure.end is None:
            continue
        if last_day(measure.end) < first_day(measure.start):
            yield Finding(
                ("measures", row, "end"),
                "end_before_start",
                {"start": measure.start, "end": measure.end},
            )


def _concept(document: ConceptDocument) -> Iterator[Finding]:
    concept = document.concept
    if concept.predecessor is not None and concept.predecessor == concept.slug:
        yield Finding(("concept", "predecessor"), "own_predecessor", {"value": concept.slug})
    edition: int | None = concept.edition  # None if it is unsound
    if edition is not None and concept.horizon is not None and concept.horizon < edition:
        yield Finding(
            ("concept", "horizon"),
            "horizon_before_edition",
            {"horizon": concept.horizon, "edition": concept.edition},
        )
