"""Deciding what a new edition does with each measure of the one before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import drop_translations
from leitbild.core.refusal import Refused
from leitbild.plan.actions.changing import changing
from leitbild.plan.actions.copying import copy_measures, copy_translations
from leitbild.plan.actions.restoring import restored_row
from leitbild.plan.actions.shelving import put_in_bin
from leitbild.plan.enums import ConceptStatus, Fate, PartKind, RevisionChange
from leitbild.plan.models import Concept, Goal, GoalLineage, Measure, MeasureLineage
from leitbild.plan.queries.bin import bin_entry_of, obstacles_to_deletion
from leitbild.plan.queries.codes import pattern_of
from leitbild.plan.queries.editions import compare_editions

TITLE_LENGTH: Final = 300
# A measure that goes on as it was needs no reason; for everything else readers are owed one.
EXPLAINED: Final = frozenset({Fate.CHANGED, Fate.MERGED, Fate.SPLIT, Fate.DROPPED})
_ONE_TO_ONE: Final = frozenset({Fate.CONTINUED, Fate.CHANGED})
_ENDS: Final = frozenset({Fate.MERGED, Fate.DROPPED})


def decided_version(rows: Sequence[MeasureLineage]) -> str:
    """What was decided last, as a mark by which a page notices that somebody else decided."""
    moments = [row.decided_at for row in rows if row.decided_at]
    return max(moments).isoformat() if moments else ""


# long: half of it is its arguments and what they mean
def decide_fate(
    *,
    concept: Concept,
    before: Measure,
    fate: Fate,
    reason: str,
    by: User | None,
    into: Measure | None = None,
    parts: Sequence[Measure] = (),
    titles: Sequence[str] = (),
    seen: str | None = None,
) -> list[str]:
    """Say what the edition `concept` does with a measure of the one before, and why.

    A merged or dropped measure's copy goes to the bin with all its texts; a split one stays as
    the first of its parts, and for each of `titles` a further part is written. `into` names the
    measure it is merged into or, where none came along, the one it goes on as. `seen` is what
    the person had before them (`decided_version`); who decides meanwhile isn't overruled
    unseen. Returns what isn't as it was in a measure that came back from the bin.
    Raises Refused with every reason at once.
    """
    choice = _Choice(
        fate=Fate(fate),
        reason=reason.strip(),
        into=into,
        parts=tuple({each.pk: each for each in parts}.values()),
        titles=tuple(title.strip() for title in titles if title.strip()),
    )
    # An edition in force asks for a reason with every change; going on as before is one.
    with changing(
        concept=concept,
        by=by,
        action="measure.fate",
        change=RevisionChange.EDITED,
        reason=choice.reason or str(choice.fate.label),
    ) as change:
        case = _Case(concept, before, by)
        if reasons := [*case.overtaken(seen), *case.obstacles(choice)]:
            raise Refused(reasons)
        after = case.carry_out(choice)
        case.write(choice, after)
        change.record = before
        change.changes = {
            "measure": str(before),
            "fate": choice.fate.value,
            "after": [each.code for each in after],
        }
    return case.notes


def undo_fate(
    *, concept: Concept, before: Measure, by: User | None, seen: str | None = None
) -> list[str]:
    """Make it undecided again; the copy that came along returns from the bin, or is made anew.

    Returns what isn't as it was in a measure that came back from the bin.
    """
    with changing(
        concept=concept,
        by=by,
        action="measure.fate.undo",
        change=RevisionChange.RESTORED,
        reason=_("The decision was taken back."),
    ) as change:
        case = _Case(concept, before, by)
        if reasons := case.overtaken(seen):
            raise Refused(reasons)
        change.record = before
        change.changes = {"measure": str(before), "fate": case.fate}
        case.reopen()
    return case.notes


def explain_new(*, concept: Concept, measure: Measure, reason: str, by: User | None) -> None:
    """Say why a measure of the new edition that continues no other came."""
    reason = reason.strip()
    with changing(
        concept=concept,
        by=by,
        action="measure.fate",
        change=RevisionChange.EDITED,
        reason=reason,
    ) as change:
        origins = MeasureLineage.objects.filter(concept=concept, after=measure)
        if reasons := _obstacles_to_explaining(concept, measure, reason):
            raise Refused(reasons)
        row = origins.filter(before=None).first()
        row = row or MeasureLineage(concept=concept, after=measure)
        row.fate, row.reason, row.sample = Fate.NEW, reason, False
        row.decided_by, row.decided_at = by, timezone.now()
        row.save()
        change.record = measure
        change.changes = {"measure": str(measure), "fate": Fate.NEW.value}


def continue_unchanged(*, concept: Concept, by: User | None) -> list[Measure]:
    """Mark every undecided measure that reads as before as continued; which ones those were."""
    with changing(
        concept=concept,
        by=by,
        action="measure.fate.unchanged",
        change=RevisionChange.EDITED,
        reason=str(Fate.CONTINUED.label),
    ) as change:
        old = Concept.objects.get(successors=concept)
        alike = [each for each in compare_editions(old, concept).undecided if each.is_alike]
        rows = [each.row for each in alike if each.row]
        for row in rows:
            row.fate, row.decided_by, row.decided_at = Fate.CONTINUED, by, timezone.now()
        MeasureLineage.objects.bulk_update(rows, ["fate", "decided_by", "decided_at"])
        measures = [each.before for each in alike if each.before]
        change.changes = {"measures": [each.code for each in measures]}
    return measures


def _obstacles_to_explaining(concept: Concept, measure: Measure, reason: str) -> list[str]:
    origins = MeasureLineage.objects.filter(concept=concept, after=measure)
    if not Measure.objects.filter(concept=concept, pk=measure.pk).exists():
        return [_no_longer_there([measure])]
    if concept.predecessor_id is None or origins.filter(before__isnull=False).exists():
        return [_("“{measure}” isn’t new in this edition.").format(measure=measure)]
    return [] if reason else [_("Say in a sentence why this measure came.")]


def _no_longer_there(measures: Sequence[Measure]) -> str:
    names = ", ".join(f"“{each}”" for each in measures)
    return _("No longer in the new edition: {names}. Choose another.").format(names=names)


@dataclass(frozen=True, slots=True)
class _Choice:
    """What somebody wants to become of a measure."""

    fate: Fate
    reason: str
    into: Measure | None
    parts: tuple[Measure, ...]
    titles: tuple[str, ...]

    @property
    def named(self) -> list[Measure]:
        """The measures of the new edition that the choice needs."""
        if self.fate == Fate.SPLIT:
            return list(self.parts)
        return [self.into] if self.into and self.fate != Fate.DROPPED else []


class _Case:
    """A measure of the old edition with what is recorded of it, read under the concept's lock."""

    def __init__(self, concept: Concept, before: Measure, by: User | None) -> None:
        """Read what stands there now."""
        self.concept = Concept.objects.get(pk=concept.pk)
        self.before = before
        self.by = by
        self.notes: list[str] = []
        rows = MeasureLineage.objects.filter(concept=concept, before=before)
        self.rows = list(rows.select_related("decided_by").order_by("pk"))
        self.copy_id = self.rows[0].copy_id if self.rows else None
        self.copy = Measure.objects.filter(concept=concept, pk=self.copy_id or 0).first()

    @property
    def fate(self) -> str:
        """What is decided so far."""
        return self.rows[0].fate if self.rows else ""

    @property
    def is_draft(self) -> bool:
        """Whether measures may still come and go."""
        return self.concept.status == ConceptStatus.DRAFT

    def overtaken(self, seen: str | None) -> list[str]:
        """That somebody else decided since the page was opened."""
        if seen is None or seen == decided_version(self.rows):
            return []
        return [
            _(
                "Meanwhile {name} decided on this measure: {fate}. Nothing was overwritten; look "
                "at it again and then decide."
            ).format(
                name=(self.rows[0].decided_by if self.rows else None) or _("somebody else"),
                fate=Fate(self.fate).label if self.fate else _("undecided"),
            )
        ]

    def obstacles(self, choice: _Choice) -> Iterator[str]:
        """Why this can't be decided so."""
        if self.before.concept_id != self.concept.predecessor_id:
            yield _("“{measure}” isn’t part of the edition that this one continues.").format(
                measure=self.before
            )
        if choice.fate == Fate.NEW:
            yield _("A measure of the old edition can’t be new.")
        if choice.fate in EXPLAINED and not choice.reason:
            yield _("Say in a sentence why; readers of the new edition see it.")
        yield from self._strangers(choice)
        if choice.fate in _ONE_TO_ONE:
            yield from self._obstacles_to_going_on(choice)
        elif choice.fate == Fate.SPLIT:
            yield from self._obstacles_to_splitting(choice)
        else:
            yield from self._obstacles_to_ending(choice)

    def _strangers(self, choice: _Choice) -> Iterator[str]:
        ids = [each.pk for each in choice.named]
        there = set(
            Measure.objects.filter(concept=self.concept, pk__in=ids).values_list("pk", flat=True)
        )
        if gone := [each for each in choice.named if each.pk not in there]:
            yield _no_longer_there(gone)

    def _obstacles_to_going_on(self, choice: _Choice) -> Iterator[str]:
        if self.copy and choice.into and choice.into.pk != self.copy.pk:
            yield _(
                "It came along as “{copy}”. To make it part of another measure, choose “merged”."
            ).format(copy=self.copy)
        if not self.copy and not choice.into and not self.is_draft:
            yield _("Choose the measure of the new edition that it goes on as.")

    def _obstacles_to_splitting(self, choice: _Choice) -> Iterator[str]:
        others = [each for each in choice.parts if each.pk != self.copy_id]
        own = 1 if self.copy or self.is_draft else 0
        if own + len(others) + len(choice.titles) < 2:
            yield _("Name at least one further measure that takes over a part of it.")
        if choice.titles and not self.is_draft:
            yield _("This edition was adopted; measures can’t be added here.")
        if any(len(title) > TITLE_LENGTH for title in choice.titles):
            yield _("A title has at most {number} characters.").format(number=TITLE_LENGTH)

    def _obstacles_to_ending(self, choice: _Choice) -> Iterator[str]:
        if choice.fate == Fate.MERGED and choice.into is None:
            yield _("Choose the measure that it is merged into.")
        if self.copy is None:
            return
        if choice.into and choice.into.pk == self.copy_id and choice.fate == Fate.MERGED:
            yield _("A measure can’t be merged into itself. Choose “changed” instead.")
        if not self.is_draft:
            yield _("“{measure}” was adopted with this edition and stays in it.").format(
                measure=self.copy
            )
        yield from obstacles_to_deletion(self.copy)
        rows = MeasureLineage.objects.filter(concept=self.concept, after=self.copy)
        others = rows.exclude(before=self.before).filter(before__isnull=False)
        if found := [str(row.before) for row in others.select_related("before").order_by("pk")]:
            yield _(
                "Others go on in “{copy}”: {others}. Decide on them first, then on this one."
            ).format(copy=self.copy, others=", ".join(found))

    def carry_out(self, choice: _Choice) -> list[Measure]:
        """Move what has to be moved; the measures that it goes on as, the main one first."""
        if choice.fate in _ENDS:
            if self.copy:
                put_in_bin(concept=self.concept, rows=[self.copy], by=self.by)
            return choice.named
        if choice.fate == Fate.SPLIT:
            return self._parts(choice)
        return [choice.into or self._with_copy()]

    def _parts(self, choice: _Choice) -> list[Measure]:
        enough = len(choice.parts) + len(choice.titles) > 1
        own = self.copy or (self._restored() if self.is_draft else None)
        if own is None and not enough:
            own = self._copied_again()
        parts = [*([own] if own else []), *choice.parts]
        found = list({each.pk: each for each in parts}.values())
        return [*found, *(self._further_part(found[0], title) for title in choice.titles)]

    def _further_part(self, beside: Measure, title: str) -> Measure:
        """A measure like the one beside it, under its own title and code."""
        links = beside.goal_links.select_related("goal__theme").order_by("position", "id")
        goals = {link.goal_id: link.goal for link in links}
        columns = {"title": title, "code": self._free_code(next(iter(goals.values())))}
        copies = copy_measures(
            [beside], concept=self.concept, goals=goals, columns=lambda _row: columns
        )
        copy_translations([(beside, copies[beside.pk])])
        return copies[beside.pk]

    def _free_code(self, goal: Goal, wanted: str = "") -> str:
        """The code wanted, or the next one of its theme that neither edition uses."""
        measures = Measure.objects.filter(concept__in=[self.concept, self.before.concept_id])
        codes = list(measures.values_list("code", "concept_id"))
        if wanted and (wanted, self.concept.pk) not in codes:
            return wanted
        taken = {code for code, _edition in codes}
        return pattern_of(PartKind.MEASURE, sorted(taken)).free(goal.theme.number, taken)

    def _with_copy(self) -> Measure:
        return self.copy or self._restored() or self._copied_again()

    def _restored(self) -> Measure | None:
        entry = bin_entry_of(PartKind.MEASURE, self.copy_id or 0)
        if entry is None:
            return None
        restored_row(entry, self.notes)
        entry.delete()
        self.copy = Measure.objects.get(pk=entry.part_id)
        return self.copy

    def _copied_again(self) -> Measure:
        """A fresh copy from the edition before, where the first is gone for good."""
        lineage = GoalLineage.objects.filter(concept=self.concept, before__measures=self.before)
        goals: dict[int, Goal] = {
            row.before_id: row.after for row in lineage.select_related("after__theme")
        }
        if not goals:
            raise Refused(
                [
                    _(
                        "None of the goals that “{measure}” served is in the new edition. Bring "
                        "one back from the bin, or choose another measure that it goes on as."
                    ).format(measure=self.before)
                ]
            )
        code = self._free_code(next(iter(goals.values())), self.before.code)
        copies = copy_measures(
            [self.before], concept=self.concept, goals=goals, columns=lambda _row: {"code": code}
        )
        self.copy = copies[self.before.pk]
        self.copy_id = self.copy.pk
        copy_translations([(self.before, self.copy)])
        return self.copy

    def write(self, choice: _Choice, after: Sequence[Measure]) -> None:
        """Record what was decided; the first row carries the reason."""
        row = self._only_row()
        row.after = after[0] if after else None
        row.fate, row.reason, row.sample = choice.fate, choice.reason, False
        row.copy_id, row.decided_by, row.decided_at = self.copy_id, self.by, timezone.now()
        row.save()
        MeasureLineage.objects.bulk_create(
            MeasureLineage(
                concept=self.concept,
                before=self.before,
                after=each,
                copy_id=self.copy_id,
                fate=choice.fate,
                decided_by=self.by,
                decided_at=row.decided_at,
            )
            for each in after[1:]
        )

    def reopen(self) -> None:
        """Leave it undecided, with its copy where one had come along."""
        if self.is_draft and self.copy_id is not None:
            self._with_copy()
        row = self._only_row()
        drop_translations([row] if row.pk else [])
        row.after, row.fate, row.reason, row.sample = self.copy, "", "", False
        row.copy_id, row.decided_by, row.decided_at = self.copy_id, None, None
        row.save()

    def _only_row(self) -> MeasureLineage:
        """The row that stays; those of further parts go."""
        extra = self.rows[1:]
        drop_translations(extra)
        MeasureLineage.objects.filter(pk__in=[row.pk for row in extra]).delete()
        if self.rows:
            return self.rows[0]
        return MeasureLineage(concept=self.concept, before=self.before)
