"""A concept's outline as the office shows it: with what is in work and what may be edited."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import translation

from leitbild.accounts.models import Organisation
from leitbild.core.search import contains_all, words_of
from leitbild.office.concept.forms.concepts import WITHOUT, OutlineFilter
from leitbild.office.desk import Desk
from leitbild.plan.enums import ConceptStatus, PartKind
from leitbild.plan.models import Concept, Draft
from leitbild.plan.queries.contents import PartKey
from leitbild.plan.queries.outline import GoalEntry, MeasureEntry, Outline, ThemeEntry
from leitbild.plan.queries.review import findings
from leitbild.plan.rules import may_edit_measure, may_edit_plan, may_read_draft


@dataclass(frozen=True, slots=True)
class Marks:
    """What lies upon a part: drafts in work, and findings of the plan check."""

    drafts: Sequence[Draft] = ()
    findings: int = 0


@dataclass(frozen=True, slots=True)
class NewPart:
    """The draft of a part that doesn't exist yet; what it says is for those who may open it."""

    draft: Draft
    is_open: bool


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with its marks."""

    entry: MeasureEntry
    marks: Marks
    may_edit: bool


@dataclass(frozen=True, slots=True)
class GoalLines:
    """A goal with its measures that are shown."""

    entry: GoalEntry
    marks: Marks
    lines: tuple[MeasureLine, ...]


@dataclass(frozen=True, slots=True)
class ThemeLines:
    """A theme with its goals that are shown."""

    entry: ThemeEntry
    marks: Marks
    goals: tuple[GoalLines, ...]

    @property
    def first_line(self) -> str:
        """The vision's first line."""
        return next(iter(str(self.entry.theme.t.vision.plain).strip().splitlines()), "")


class OutlineSheet:
    """Everything the outline page says of a concept, filtered as asked for."""

    def __init__(self, desk: Desk, concept: Concept, asked: Mapping[str, str]) -> None:
        """Read the concept and the drafts on it."""
        self.desk = desk
        self.concept = concept
        self.outline: Outline = desk.outline(concept)
        self.form = OutlineFilter(asked or None, leads=self._leads())
        self._drafts: dict[PartKey, list[Draft]] = defaultdict(list)
        self.new_parts: list[NewPart] = []
        for draft in Draft.objects.filter(concept=concept).select_related("author"):
            if draft.part_id is None:
                self.new_parts.append(NewPart(draft, may_read_draft(desk.access, draft)))
            else:
                self._drafts[draft.kind, draft.part_id].append(draft)
        self._findings = Counter(
            (found.kind, found.pk)
            for result in findings(self.outline).checks
            for found in result.findings
        )

    @cached_property
    def is_filtered(self) -> bool:
        """Whether something is left out."""
        return bool(self.form.chosen("q") or self.form.chosen("lead"))

    @cached_property
    def may_edit(self) -> bool:
        """Whether the person writes the whole plan, and this edition isn't history yet."""
        return may_edit_plan(self.desk.access) and not self._is_history

    @property
    def _is_history(self) -> bool:
        return self.concept.status == ConceptStatus.SUPERSEDED

    @property
    def public_address(self) -> str:
        """Where readers meet this edition; empty while they don't."""
        if self.concept.status == ConceptStatus.DRAFT:
            return ""
        with translation.override(self.desk.municipality.source_language):
            return reverse("portal:edition", args=[self.concept.slug])

    @cached_property
    def themes(self) -> list[ThemeLines]:
        """The themes from top to bottom; filtered, only those with measures that fit."""
        found = [self._theme(entry) for entry in self.outline.themes]
        return [each for each in found if each.goals or not self.is_filtered]

    @cached_property
    def shown(self) -> int:
        """How many measures are shown."""
        return sum(len(goal.lines) for theme in self.themes for goal in theme.goals)

    @property
    def total(self) -> int:
        """How many measures the concept has."""
        return len(self.outline.measures)

    def marks(self, kind: PartKind, pk: int) -> Marks:
        """What lies upon a part."""
        return Marks(self._drafts.get((kind, pk), ()), self._findings[kind, pk])

    @property
    def concept_marks(self) -> Marks:
        """What lies upon the concept's own texts."""
        return self.marks(PartKind.CONCEPT, self.concept.pk)

    def _theme(self, entry: ThemeEntry) -> ThemeLines:
        goals = (self._goal(goal) for goal in entry.goals)
        return ThemeLines(
            entry,
            self.marks(PartKind.THEME, entry.theme.pk),
            tuple(each for each in goals if each.lines or not self.is_filtered),
        )

    def _goal(self, entry: GoalEntry) -> GoalLines:
        return GoalLines(
            entry, self.marks(PartKind.GOAL, entry.goal.pk), tuple(self._lines(entry.measures))
        )

    def _lines(self, entries: Sequence[MeasureEntry]) -> Iterator[MeasureLine]:
        words, lead = words_of(self.form.chosen("q")), self.form.chosen("lead")
        for entry in entries:
            if _has_lead(entry, lead) and contains_all(_texts(entry), words):
                yield MeasureLine(
                    entry,
                    self.marks(PartKind.MEASURE, entry.measure.pk),
                    may_edit_measure(self.desk.access, entry.measure) and not self._is_history,
                )

    def _leads(self) -> list[tuple[str, str]]:
        leads: dict[int, Organisation] = {
            each.lead.pk: each.lead for each in self.outline.measures if each.lead
        }
        return sorted(((str(pk), each.name) for pk, each in leads.items()), key=lambda it: it[1])


def _has_lead(entry: MeasureEntry, lead: str) -> bool:
    if lead == WITHOUT:
        return entry.lead is None
    return not lead or (entry.lead is not None and str(entry.lead.pk) == lead)


def _texts(entry: MeasureEntry) -> list[str]:
    return [
        entry.measure.code,
        entry.measure.title,
        entry.measure.summary,
        entry.lead.name if entry.lead else "",
    ]
