"""Two editions of a concept side by side: what became of each measure, and why."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch

from leitbild.core.models import Translatable
from leitbild.plan.enums import Fate
from leitbild.plan.models import Concept, Measure, MeasureGoal, MeasureLineage

# What makes two measures read alike; codes and places may differ between editions.
_COLUMNS: Final = (
    "title",
    "summary",
    "text",
    "kind",
    "start",
    "start_precision",
    "end",
    "end_precision",
    "lead_id",
)
LISTS: Final = ("stages", "target_groups", "partners")
_GOES_ON: Final = frozenset({Fate.CONTINUED, Fate.CHANGED, Fate.MERGED})


@dataclass(frozen=True, slots=True)
class Passage:
    """A measure's way from one edition into the next, or how a new one came.

    `before` is empty for new ones, `after` for dropped ones; a split one has several `after`.
    While nobody has decided, `fate` is empty and `after` holds the copy that came along.
    """

    before: Measure | None
    after: tuple[Measure, ...]
    fate: str
    row: MeasureLineage | None
    """The row that carries the reason; none where nothing was ever written."""

    @property
    def is_decided(self) -> bool:
        """Whether somebody said what becomes of it; for a new one, why it came."""
        return bool(self.fate) and (self.fate != Fate.NEW or self.row is not None)

    @property
    def is_alike(self) -> bool:
        """Whether it goes on as one measure that reads as it did."""
        if self.before is None or len(self.after) != 1:
            return False
        return alike(self.before, self.after[0])

    @property
    def label(self) -> str:
        """The fate in the reader's words; empty while undecided."""
        return str(Fate(self.fate).label) if self.fate else ""


@dataclass(frozen=True, slots=True)
class Merger:
    """A measure of the new edition, those merged into it, and what else goes on in it."""

    into: Measure
    passages: tuple[Passage, ...]
    also: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """Two editions side by side: what stayed, changed, came, went, and why."""

    old: Concept
    new: Concept
    passages: tuple[Passage, ...]
    """One for each measure of the old edition, in its order."""
    came: tuple[Passage, ...]
    """One for each new measure, in the order of the new edition."""

    def _with(self, fate: str) -> list[Passage]:
        return [each for each in self.passages if each.fate == fate]

    @property
    def stayed(self) -> list[Passage]:
        """Measures that go on as they were."""
        return self._with(Fate.CONTINUED)

    @property
    def changed(self) -> list[Passage]:
        """Measures that go on differently."""
        return self._with(Fate.CHANGED)

    @property
    def split(self) -> list[Passage]:
        """Measures that became several."""
        return self._with(Fate.SPLIT)

    @property
    def went(self) -> list[Passage]:
        """Measures that ended with the old edition."""
        return self._with(Fate.DROPPED)

    @property
    def undecided(self) -> list[Passage]:
        """Measures of the old edition nobody has said anything about."""
        return self._with("")

    @property
    def unexplained(self) -> list[Passage]:
        """New measures without a reason."""
        return [each for each in self.came if not each.is_decided]

    @property
    def decided(self) -> int:
        """How many measures of the old edition have their fate."""
        return len(self.passages) - len(self.undecided)

    @property
    def merged(self) -> list[Merger]:
        """Mergers, in the order of the new edition."""
        into = {each.after[0].pk: each.after[0] for each in self._with(Fate.MERGED)}
        found = []
        for target in sorted(into.values(), key=place):
            here = [each for each in self.passages if target in each.after and each.fate]
            merged = tuple(each for each in here if each.fate == Fate.MERGED)
            also = tuple(each for each in here if each.fate != Fate.MERGED)
            found.append(Merger(target, merged, also))
        return found

    @property
    def merged_away(self) -> int:
        """How many measures became part of another."""
        return len(self._with(Fate.MERGED))

    @property
    def is_recorded(self) -> bool:
        """Whether anybody has said anything about where measures come from."""
        return any(each.row and each.is_decided for each in (*self.passages, *self.came))

    def passage(self, before_id: int) -> Passage | None:
        """The way of this measure of the old edition."""
        found = (each for each in self.passages if each.before and each.before.pk == before_id)
        return next(found, None)

    def rows(self) -> Iterator[Translatable]:
        """Everything with texts, for the reader's language to be laid over."""
        for passage in (*self.passages, *self.came):
            for measure in (*([passage.before] if passage.before else []), *passage.after):
                yield measure
                yield from ([measure.lead] if measure.lead else [])
                for name in LISTS:
                    yield from getattr(measure, name).all()
                for link in measure.goal_links.all():
                    yield link.goal
            if passage.row:
                yield passage.row


def place(measure: Measure) -> tuple[int, int]:
    return measure.position, measure.pk


def alike(one: Measure, other: Measure) -> bool:
    """Whether two measures of different editions say the same; codes and goals may differ."""
    return all(getattr(one, name) == getattr(other, name) for name in _COLUMNS) and all(
        _ids(one, name) == _ids(other, name) for name in LISTS
    )


def _ids(measure: Measure, name: str) -> set[int]:
    return {each.pk for each in getattr(measure, name).all()}


def compare_editions(old: Concept, new: Concept) -> EditionComparison:
    """What the edition `new` does with the measures of `old`, which it continues.

    Six queries whatever their size: measures, their goals, stages, target groups and
    partners, lineage. Measures added to the old edition meanwhile count as undecided.
    """
    measures = list(
        Measure.objects.filter(concept__in=[old, new])
        .select_related("lead")
        .prefetch_related(
            Prefetch(
                "goal_links",
                MeasureGoal.objects.select_related("goal__theme").order_by("position", "id"),
            ),
            *LISTS,
        )
    )
    rows = MeasureLineage.objects.filter(concept=new).select_related("decided_by").order_by("pk")
    return _compared(old, new, measures, list(rows))


def _compared(
    old: Concept, new: Concept, measures: Sequence[Measure], rows: Sequence[MeasureLineage]
) -> EditionComparison:
    after = {each.pk: each for each in measures if each.concept_id == new.pk}
    by_before: dict[int | None, list[MeasureLineage]] = defaultdict(list)
    for row in rows:
        by_before[row.before_id].append(row)
    passages = tuple(
        _passage(each, by_before[each.pk], after) for each in measures if each.concept_id == old.pk
    )
    come_along = {measure.pk for passage in passages for measure in passage.after}
    reasons = {row.after_id: row for row in by_before[None]}
    came = tuple(
        Passage(before=None, after=(each,), fate=Fate.NEW, row=reasons.get(pk))
        for pk, each in after.items()
        if pk not in come_along
    )
    return EditionComparison(old=old, new=new, passages=passages, came=came)


def _passage(
    before: Measure, rows: Sequence[MeasureLineage], measures: dict[int, Measure]
) -> Passage:
    found = [measures[row.after_id] for row in rows if row.after_id in measures]
    fate = rows[0].fate if rows else ""
    if not holds(fate, len(found)):
        fate = ""
    return Passage(
        before=before,
        after=tuple(sorted(found, key=place)),
        fate=fate,
        row=rows[0] if rows else None,
    )


def holds(fate: str, found: int) -> bool:
    """Whether what was decided is still so: measures may have gone or come back since."""
    if fate == Fate.SPLIT:
        return found > 1
    if fate == Fate.DROPPED:
        return found == 0
    return bool(found) or fate not in _GOES_ON
