"""Where measures come from and where they go, through all editions; and what is still open."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from leitbild.core.models import Translatable
from leitbild.plan.enums import Fate
from leitbild.plan.models import Concept, Measure, MeasureLineage
from leitbild.plan.queries.editions import holds, place

_OWN: Final = ("id", "concept_id", "fate", "reason", "sample")
_SIDES: Final = ("before", "after")
_OF_MEASURE: Final = ("id", "concept_id", "code", "title", "sample", "position")
# Put together once: that takes longer than to ask it.
_DECIDED: Final = (
    MeasureLineage.objects.exclude(fate="")
    .order_by("pk")
    .values(*_OWN, *(f"{side}__{name}" for side in _SIDES for name in _OF_MEASURE))
)


def undecided(concept: Concept) -> list[Measure]:
    """Measures of the edition before of which this one doesn't say what becomes. Two queries."""
    if concept.predecessor_id is None:
        return []
    rows = MeasureLineage.objects.filter(concept=concept, before__isnull=False).order_by("pk")
    by_before: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
    for before, fate, after in rows.values_list("before_id", "fate", "after_id"):
        by_before[before or 0].append((fate, after))
    measures = Measure.objects.filter(concept=concept.predecessor_id)
    return [each for each in measures if not _is_decided(by_before[each.pk])]


def _is_decided(rows: Sequence[tuple[str, int | None]]) -> bool:
    fate = rows[0][0] if rows else ""
    return bool(fate) and holds(fate, sum(after is not None for _, after in rows))


def unexplained(concept: Concept) -> list[Measure]:
    """Measures of an edition that come from nowhere, and nobody said why. One query."""
    if concept.predecessor_id is None:
        return []
    rows = MeasureLineage.objects.filter(concept=concept, after=OuterRef("pk"))
    known = rows.filter(Q(before__isnull=False) | Q(fate=Fate.NEW))
    return list(Measure.objects.filter(~Exists(known), concept=concept))


@dataclass(frozen=True, slots=True)
class Way:
    """What one edition did with a measure of the line, and what it went on as."""

    edition: Concept
    row: MeasureLineage
    after: tuple[Measure, ...]

    @property
    def label(self) -> str:
        """The fate in the reader's words."""
        return str(Fate(self.row.fate).label)


@dataclass(frozen=True, slots=True)
class Stop:
    """A measure of the line, where it came from if from nowhere, and where it went."""

    measure: Measure
    came: Way | None
    went: Way | None


@dataclass(frozen=True, slots=True)
class Station:
    """The measures of the line in one edition."""

    edition: Concept
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A measure's line through the editions, the oldest first."""

    here: int
    stations: tuple[Station, ...]

    @property
    def is_known(self) -> bool:
        """Whether anything is known beyond the measure itself."""
        stops = [stop for station in self.stations for stop in station.stops]
        return len(stops) > 1 or any(stop.came or stop.went for stop in stops)

    def rows(self) -> Iterator[Translatable]:
        """Everything with texts, for the reader's language to be laid over."""
        for station in self.stations:
            for stop in station.stops:
                yield stop.measure
                yield from (way.row for way in (stop.came, stop.went) if way)


class Lineage:
    """All that several editions say of each other's measures, or of a `family` of them; one query.

    Only the editions given are looked at: what readers may not see has no place in a line.
    Measures are read with code and title alone.
    """

    def __init__(self, editions: Iterable[Concept], family: Collection[int] | None = None) -> None:
        """Read it."""
        self.editions = {each.pk: each for each in editions}
        self.measures: dict[int, Measure] = {}
        self._ways: dict[int, list[MeasureLineage]] = defaultdict(list)
        self._origins: dict[int, list[MeasureLineage]] = defaultdict(list)
        rows = _DECIDED.filter(concept__in=list(self.editions))
        if family is not None:
            rows = rows.filter(Q(before__in=family) | Q(after__in=family))
        if len(self.editions) > 1:
            self._read(rows)

    def _read(self, rows: Iterable[dict[str, Any]]) -> None:
        for values in rows:
            row = MeasureLineage(**{name: values[name] for name in _OWN})
            for side in _SIDES:
                found = {name: values[f"{side}__{name}"] for name in _OF_MEASURE}
                if found["id"] and found["concept_id"] in self.editions:
                    setattr(row, f"{side}_id", found["id"])
                    self.measures.setdefault(found["id"], Measure(**found))
            self._keep(row)

    def _keep(self, row: MeasureLineage) -> None:
        if row.before_id:
            self._ways[row.before_id].append(row)
        if row.after_id:
            self._origins[row.after_id].append(row)

    def rows(self) -> Iterator[Translatable]:
        """Everything with texts, for the reader's language to be laid over."""
        yield from self.measures.values()
        for rows in self._ways.values():
            yield from rows

    def way(self, measure_id: int) -> Way | None:
        """What the edition that followed did with a measure; none while nobody has said."""
        rows = self._ways[measure_id]
        # Where two editions continue the same one, the later word counts.
        rows = [row for row in rows if row.concept_id == rows[-1].concept_id]
        found = [self.measures[row.after_id] for row in rows if row.after_id]
        if not rows or not holds(rows[0].fate, len(found)):
            return None
        return Way(
            edition=self.editions[rows[0].concept_id],
            row=rows[0],
            after=tuple(sorted(found, key=place)),
        )

    def _came(self, measure_id: int) -> Way | None:
        """How a measure came that comes from no other."""
        rows = self._origins[measure_id]
        if not rows or any(row.fate != Fate.NEW for row in rows):
            return None
        return Way(self.editions[rows[0].concept_id], rows[0], ())

    def line_of(self, measure: Measure) -> Line:
        """The line of a measure: all it comes from, and all that came of it."""
        self.measures.setdefault(measure.pk, measure)
        found = {measure.pk, *self._before(measure.pk), *self._after(measure.pk)}
        by_edition: dict[int, list[Measure]] = defaultdict(list)
        for pk in found:
            by_edition[self.measures[pk].concept_id].append(self.measures[pk])
        editions = sorted(by_edition, key=lambda pk: (self.editions[pk].edition, pk))
        return Line(
            here=measure.pk,
            stations=tuple(
                Station(
                    self.editions[pk],
                    tuple(
                        Stop(each, self._came(each.pk), self.way(each.pk))
                        for each in sorted(by_edition[pk], key=place)
                    ),
                )
                for pk in editions
            ),
        )

    def _before(self, measure_id: int) -> set[int]:
        return self._closure(measure_id, self._origins, "before_id")

    def _after(self, measure_id: int) -> set[int]:
        return self._closure(measure_id, self._ways, "after_id")

    @staticmethod
    def _closure(start: int, rows: dict[int, list[MeasureLineage]], side: str) -> set[int]:
        found: set[int] = set()
        waiting = [start]
        while waiting:
            for row in rows.get(waiting.pop(), ()):
                pk = getattr(row, side)
                if pk and pk not in found:
                    found.add(pk)
                    waiting.append(pk)
        return found


def line_of(measure: Measure, *, editions: Iterable[Concept]) -> Line:
    """A measure's line through these editions: those the reader may see.

    Two queries, none where there is but one edition.
    """
    editions = list(editions)
    family = _family(measure, editions) if len(editions) > 1 else ()
    return Lineage(editions, family).line_of(measure)


def _family(measure: Measure, editions: Sequence[Concept]) -> set[int]:
    """The ids of all measures that editions connect with this one, in however many steps."""
    decided = MeasureLineage.objects.exclude(fate="").filter(concept__in=editions)
    beside: dict[int, set[int]] = defaultdict(set)
    for before, after in decided.values_list("before_id", "after_id"):
        if before and after:
            beside[before].add(after)
            beside[after].add(before)
    found, waiting = {measure.pk}, [measure.pk]
    while waiting:
        new = beside[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return found
