"""The plan check as a page shows it: each check with its findings and the way to mend them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.http import QueryDict
from django.utils import timezone

from leitbild.office.concept.curve import Curve, curve
from leitbild.office.concept.forms.check import CheckFilter
from leitbild.office.concept.mending import mending_address
from leitbild.office.desk import Desk
from leitbild.plan.models import Concept
from leitbild.plan.queries.review import Check, Finding, Result, Review, findings
from leitbild.plan.queries.review.counts import counts_over_time

LISTED: Final = 40
"""Most findings of one check on a page that shows them all; its own page shows every one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A finding with the address where it is mended; empty for those who only read."""

    finding: Finding
    href: str


@dataclass(frozen=True, slots=True)
class Section:
    """A check under the municipality's own names, and the findings that are shown."""

    check: Check
    title: str
    lines: list[Line]
    total: int
    more: str


class CheckSheet:
    """Everything on the page, for what the address asks."""

    def __init__(self, desk: Desk, concept: Concept, asked: QueryDict) -> None:
        """Review the concept; nine queries, whatever its size."""
        self.desk = desk
        self.concept = concept
        self.asked = asked
        self.outline = desk.outline(concept)
        self.whole = findings(self.outline)
        self.form = CheckFilter(
            asked, outline=self.outline, terms=desk.terms, own=desk.access.organisations
        )

    @cached_property
    def review(self) -> Review:
        """What is left of the findings by theme, lead and person."""
        return self.whole.only(self.form.wants)

    @property
    def shown(self) -> int:
        """How many findings there are, by everything the address asks."""
        return sum(each.total for each in self.open)

    @cached_property
    def open(self) -> list[Section]:
        """Checks that found something."""
        return [self._section(each) for each in self._asked() if each.findings]

    @cached_property
    def passed(self) -> list[Section]:
        """Checks that found nothing."""
        return [
            self._section(each) for each in self._asked() if not each.findings and not each.skipped
        ]

    @cached_property
    def skipped(self) -> list[Section]:
        """Checks that don't know the language of the concept."""
        return [self._section(each) for each in self._asked() if each.skipped]

    @cached_property
    def curve(self) -> Curve | None:
        """The findings of the whole concept over time: of one check where one is asked for."""
        days = counts_over_time(self.concept, self.form.one_check)
        return curve(days, timezone.localdate())

    def _asked(self) -> list[Result]:
        only = self.form.one_check
        return [each for each in self.review.checks if only in ("", each.check.name)]

    def _section(self, result: Result) -> Section:
        check, found = result.check, result.findings
        shown = found if self.form.one_check else found[:LISTED]
        return Section(
            check=check,
            title=check.title_in(self.desk.terms),
            lines=[Line(each, mending_address(self.desk, self.concept, each)) for each in shown],
            total=len(found),
            more=self._all_of(check) if len(shown) < len(found) else "",
        )

    def _all_of(self, check: Check) -> str:
        query = self.asked.copy()
        query["check"] = check.name
        return f"?{query.urlencode()}"
