"""One measure's delivery as the office shows it: where it stands, and all that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

from django.db.models import OuterRef, Subquery
from django.forms import Form
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.models import Contact
from leitbild.delivery.actions.reporting import obstacles_to_reporting
from leitbild.delivery.conduct import conduct_of
from leitbild.delivery.models import (
    Attachment,
    CouncilPaper,
    Money,
    ProgressUpdate,
    Rhythm,
    UpdateRequest,
)
from leitbild.delivery.queries import Standing, updates_of
from leitbild.delivery.queries.answers import open_requests
from leitbild.delivery.queries.evidence import (
    Step,
    mark_of,
    milestone_content,
    steps_of,
    sums_content,
    sums_of,
)
from leitbild.delivery.rules import may_conduct, may_report_on
from leitbild.office.delivery.forms.kept import KeptForms, Kinds
from leitbild.office.delivery.forms.sheet import (
    EVERYBODY,
    INTERNAL,
    AttachmentForm,
    BareForm,
    FileForm,
    MilestoneForm,
    MoneyForm,
    PaperForm,
    ReportForm,
    ResponsibleForm,
    RhythmForm,
    SumsForm,
    ValueForm,
)
from leitbild.office.desk import Desk
from leitbild.office.parts import public_address
from leitbild.plan.models import Concept, Measure, MeasureGoal

MAIN_THEME: Final = Subquery(
    MeasureGoal.objects.filter(measure=OuterRef("pk"))
    .order_by("position", "id")
    .values("goal__theme")[:1]
)
"""The theme of a measure's main goal, whose colour the measure has."""
NEWEST: Final = 10
"""How many reports are shown at once; the others are unfolded."""


@dataclass(frozen=True, slots=True)
class News:
    """A report in the timeline, with the state it names."""

    update: ProgressUpdate
    then: Standing


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone and the forms that change it."""

    step: Step
    form: Form
    value_form: Form


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Money of a year from one source and the form that changes it."""

    money: Money
    form: Form


@dataclass(frozen=True, slots=True)
class FileLine:
    """An attached file and the form that changes what it is called."""

    attachment: Attachment
    form: Form


@dataclass(frozen=True, slots=True)
class Total:
    """What amounts come to, and how many of how many were given."""

    cents: int | None
    known: int
    of: int

    @property
    def is_partial(self) -> bool:
        """Whether some amounts are unknown while others were given."""
        return 0 < self.known < self.of


class Sheet:
    """Everything about one measure's delivery; read as far as a page shows it."""

    def __init__(self, desk: Desk, concept: Concept, pk: int) -> None:
        """Find the measure; a page not found where the edition has none with this id."""
        self.desk = desk
        self.concept = concept
        self.measure = _measure(concept, pk)

    # Who may do what

    @cached_property
    def obstacles(self) -> list[str]:
        """Why nothing is reported on this edition."""
        return obstacles_to_reporting(self.concept)

    @cached_property
    def may_write(self) -> bool:
        """Whether the person reports on this measure, and it is reported on."""
        return may_report_on(self.desk.access, self.measure) and not self.obstacles

    @cached_property
    def may_conduct(self) -> bool:
        """Whether the person says who is asked, and how often."""
        return may_conduct(self.desk.access) and not self.obstacles

    # Where it stands

    @property
    def address(self) -> str:
        """Its own address."""
        return reverse("office:sheet", args=[self.concept.slug, self.measure.pk])

    @property
    def public_address(self) -> str:
        """Where readers meet the measure; empty while they don't."""
        return public_address(self.desk, self.concept, self.measure)

    @cached_property
    def theme(self) -> int | None:
        """The theme whose colour it has."""
        return getattr(self.measure, "theme_id", None)

    @cached_property
    def standing(self) -> Standing:
        """Where the measure stands, internal news included."""
        newest = next(iter(self.news), None)
        own = getattr(self.measure, "rhythm", None)
        return Standing(
            update=newest.update if newest else None,
            conduct=conduct_of(self.desk.municipality),
            rhythm=own.months if own else self._concept_rhythm,
            starts=self.measure.start,
        )

    @property
    def _concept_rhythm(self) -> int | None:
        return getattr(self.measure, "concept_rhythm", None)

    @cached_property
    def news(self) -> list[News]:
        """All reports, the newest first."""
        conduct = conduct_of(self.desk.municipality)
        updates = updates_of(self.concept, self.measure.code, internal=True)
        return [News(each, Standing(each, conduct)) for each in updates]

    @property
    def newest(self) -> Sequence[News]:
        """The reports shown at once."""
        return self.news[:NEWEST]

    @property
    def older(self) -> Sequence[News]:
        """The reports before them."""
        return self.news[NEWEST:]

    @cached_property
    def request(self) -> UpdateRequest | None:
        """The question of a round that still waits for an answer."""
        asked = UpdateRequest.objects.filter(
            measure=self.measure, round__sent_at__isnull=False, round__closed_at=None
        )
        return open_requests(asked).select_related("round", "recipient").order_by("pk").first()

    # What belongs to it

    @cached_property
    def milestones(self) -> list[MilestoneLine]:
        """Milestones, the first due first."""
        return [
            MilestoneLine(
                step,
                self.forms.get(
                    "milestone",
                    step.milestone.pk,
                    **milestone_content(step.milestone),
                    seen=step.mark,
                ),
                self.forms.get("value", step.milestone.pk, date=timezone.localdate()),
            )
            for step in steps_of(self.measure)
        ]

    @cached_property
    def money(self) -> list[MoneyLine]:
        """Money by year and source."""
        return [
            MoneyLine(
                each,
                self.forms.get(
                    "sums",
                    each.pk,
                    year=each.year,
                    source=each.source,
                    **sums_content(each),
                    seen=mark_of(sums_content(each)),
                ),
            )
            for each in sums_of(self.measure)
        ]

    @property
    def totals(self) -> tuple[Total, Total]:
        """What all of it comes to: planned, and spent."""
        rows = [line.money for line in self.money]
        return (
            _total([each.planned_cents for each in rows]),
            _total([each.spent_cents for each in rows]),
        )

    @cached_property
    def papers(self) -> list[CouncilPaper]:
        """Papers of the council, the newest first."""
        return list(CouncilPaper.objects.filter(measure=self.measure))

    @cached_property
    def files(self) -> list[FileLine]:
        """Attached files, the newest first."""
        rows = Attachment.objects.filter(measure=self.measure).select_related("uploaded_by")
        return [
            FileLine(
                each,
                self.forms.get(
                    "attachment",
                    each.pk,
                    title=each.title,
                    readers=EVERYBODY if each.public else INTERNAL,
                ),
            )
            for each in rows
        ]

    # Who answers for it

    @cached_property
    def contacts(self) -> list[Contact]:
        """Who can be asked: for whoever chooses all contacts, for others those of the lead."""
        rows = Contact.objects.select_related("organisation").order_by("position", "pk")
        if self.may_conduct:
            return list(rows.filter(organisation__municipality=self.desk.municipality))
        return list(rows.filter(organisation=self.measure.lead_id or 0))

    @cached_property
    def named(self) -> Contact | None:
        """Who was named for this measure."""
        found = getattr(self.measure, "responsibility", None)
        return found.contact if found else None

    @cached_property
    def fallback(self) -> Contact | None:
        """Who is asked where nobody was named: the lead's first contact, its head at last."""
        own = [each for each in self.contacts if each.organisation_id == self.measure.lead_id]
        return min(own, key=lambda each: each.is_head, default=None)

    @property
    def responsible(self) -> Contact | None:
        """Who is asked for news."""
        return self.named or self.fallback

    # Forms

    @cached_property
    def forms(self) -> KeptForms:
        """The forms of the page."""
        code = self.desk.municipality.source_language
        kinds: Kinds = {
            "report": partial(ReportForm, conduct=conduct_of(self.desk.municipality), code=code),
            "milestone": partial(MilestoneForm, code=code),
            "value": ValueForm,
            "money": MoneyForm,
            "sums": SumsForm,
            "paper": partial(PaperForm, code=code),
            "file": partial(FileForm, code=code),
            "attachment": partial(AttachmentForm, code=code),
            "responsible": partial(
                ResponsibleForm,
                contacts=self.contacts,
                lead=self.measure.lead,
                fallback=self.fallback,
            ),
            "unchanged": BareForm,
            "removal": BareForm,
            "rhythm": partial(RhythmForm, otherwise=self._rhythm_otherwise),
        }
        return KeptForms(kinds)

    @property
    def report_form(self) -> Form:
        """What is reported now; it begins with the last state, which mostly still holds."""
        last = self.standing.update
        state = last.state if last else ""
        return self.forms.get("report", state=state, date=timezone.localdate())

    @property
    def new_milestone(self) -> Form:
        """A milestone to add."""
        return self.forms.get("milestone")

    @property
    def new_money(self) -> Form:
        """Money to add: this year's, of which nothing was seen yet."""
        seen = mark_of(sums_content(None))
        return self.forms.get("money", year=timezone.localdate().year, seen=seen)

    @property
    def new_paper(self) -> Form:
        """A paper to link."""
        return self.forms.get("paper")

    @property
    def new_file(self) -> Form:
        """A file to attach."""
        return self.forms.get("file")

    @property
    def responsible_form(self) -> Form:
        """Who is asked."""
        named = self.named.pk if self.named else ""
        return self.forms.get("responsible", contact=named)

    @property
    def rhythm_form(self) -> Form:
        """How often."""
        own = getattr(self.measure, "rhythm", None)
        return self.forms.get("rhythm", months=own.months if own else None)

    @property
    def _rhythm_otherwise(self) -> int:
        return self._concept_rhythm or conduct_of(self.desk.municipality).rhythm


def _total(amounts: Sequence[int | None]) -> Total:
    known = [each for each in amounts if each is not None]
    return Total(sum(known) if known else None, len(known), len(amounts))


def _measure(concept: Concept, pk: int) -> Measure:
    """The measure with its lead, its own rhythm, who answers for it, its main theme. One query."""
    rhythms = Rhythm.objects.filter(concept=OuterRef("concept"), measure=None)
    found = (
        Measure.objects.filter(concept=concept, pk=pk)
        .select_related("lead", "rhythm", "responsibility__contact__organisation")
        .annotate(
            theme_id=MAIN_THEME,
            concept_rhythm=Subquery(rhythms.values("months")[:1]),
        )
        .first()
    )
    if found is None:
        raise Http404(_("This edition has no such measure, or not any more."))
    found.concept = concept
    return found
