"""What a check is, what it finds, and a whole review."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from leitbild.accounts.terminology import Terms
from leitbild.core.text import LocalText
from leitbild.plan.enums import PartKind
from leitbild.plan.models import Goal, Measure, Theme
from leitbild.plan.queries.outline import MeasureEntry, Outline


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in the concept that is worth another look.

    It names the part and, where one can say so, the field that mends it. `says` and `quote`
    tell what is particular to it; what it has in common with others the check says. Where
    something new is missing below the part, `adds` is the kind of it.
    """

    kind: PartKind
    pk: int
    field: str
    code: str
    title: LocalText
    says: str = ""
    quote: str = ""
    theme: int | None = None
    lead: int | None = None
    adds: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that makes a concept hard to carry out or to read.

    `title` may name levels of the concept as `{measures}`; see `title_in`. A check of wording
    knows just some `languages`.
    """

    name: str
    title: Any
    why: Any
    mend: Any
    find: "Finder"
    languages: frozenset[str] = frozenset()

    def title_in(self, terms: Terms) -> str:
        """The title with the municipality's own names of the levels."""
        text = str(self.title).format(
            theme=terms.theme.one,
            themes=terms.theme.many,
            goal=terms.goal.one,
            goals=terms.goal.many,
            measure=terms.measure.one,
            measures=terms.measure.many,
        )
        return text[:1].upper() + text[1:]

    def knows(self, language: str) -> bool:
        """Whether it can judge texts in this language."""
        return not self.languages or _base(language) in self.languages


Finder: TypeAlias = Callable[[Outline], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found; `skipped` where it doesn't know the concept's language."""

    check: Check
    findings: tuple[Finding, ...]
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """A concept seen by every check, the most important first."""

    checks: tuple[Result, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings each check has; checks that were skipped are left out."""
        return {each.check.name: len(each.findings) for each in self.checks if not each.skipped}

    @property
    def total(self) -> int:
        """How many findings there are in all."""
        return sum(len(each.findings) for each in self.checks)

    def of(self, name: str) -> tuple[Finding, ...]:
        """What the check of this name found."""
        return next((each.findings for each in self.checks if each.check.name == name), ())

    def only(self, wanted: Callable[[Finding], bool]) -> "Review":
        """The same review with just the findings that are wanted."""
        return Review(
            tuple(
                Result(each.check, tuple(filter(wanted, each.findings)), each.skipped)
                for each in self.checks
            )
        )


def of_concept(outline: Outline, field: str, **more: Any) -> Finding:
    """A finding about the concept itself."""
    row = outline.concept
    return Finding(PartKind.CONCEPT, row.pk, field, str(row.edition), row.t.title, **more)


def of_theme(theme: Theme, field: str, **more: Any) -> Finding:
    """A finding about a theme."""
    return Finding(
        PartKind.THEME, theme.pk, field, str(theme.number), theme.t.name, theme=theme.pk, **more
    )


def of_goal(goal: Goal, field: str, **more: Any) -> Finding:
    """A finding about a goal."""
    return Finding(
        PartKind.GOAL, goal.pk, field, goal.code, goal.t.title, theme=goal.theme_id, **more
    )


def of_measure(entry: MeasureEntry, field: str, **more: Any) -> Finding:
    """A finding about a measure."""
    row = entry.measure
    return Finding(
        PartKind.MEASURE,
        row.pk,
        field,
        row.code,
        row.t.title,
        theme=entry.theme.pk,
        lead=row.lead_id,
        **more,
    )


def of_loose_measure(row: Measure, field: str, **more: Any) -> Finding:
    """A finding about a measure that serves no goal and so belongs to no theme."""
    return Finding(PartKind.MEASURE, row.pk, field, row.code, row.t.title, lead=row.lead_id, **more)


def _base(language: str) -> str:
    return language.partition("-")[0]
