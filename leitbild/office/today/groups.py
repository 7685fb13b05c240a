"""What waits for a person: groups of lines, each leading to the place where it is mended."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitbild.accounts.enums import Role
from leitbild.accounts.queries import editors_without_organisation, ending_invitations
from leitbild.accounts.rules import may_manage_people
from leitbild.community.models import KEYS
from leitbild.core.languages import language
from leitbild.core.outbox import stuck_mails
from leitbild.core.templatetags.components import day
from leitbild.delivery.rules import may_conduct
from leitbild.office.concept.mending import mending_address
from leitbild.office.desk import Desk
from leitbild.office.parts import address_of, name_of
from leitbild.office.today.delivery import answers_to_approve, news_owed, rounds_to_look_at
from leitbild.office.today.waiting import Group, Line, group
from leitbild.plan.enums import ConceptStatus, PartKind
from leitbild.plan.models import Concept, Draft, Publication
from leitbild.plan.queries.amendments import amendments
from leitbild.plan.queries.drafts import drafts_before
from leitbild.plan.queries.lineage import undecided
from leitbild.plan.queries.outline import in_force
from leitbild.plan.queries.review import Finding, Review, findings
from leitbild.plan.queries.translations import Gap, translation_gaps
from leitbild.plan.queries.waiting import standing_publications
from leitbild.plan.rules import may_edit_measures, may_edit_plan, may_translate

CHECKS: Final = (
    "vision-missing",
    "measure-missing",
    "goal-unknown",
    "lead-missing",
    "date-missing",
)
"""Checks whose findings keep a concept from being carried out; the others stand in the check."""
SOON: Final = dt.timedelta(days=3)
"""How long before its end an unanswered invitation is brought up."""


class Today:
    """All that waits for the person at a desk, the most urgent first.

    Every fact is read once and only for those it concerns; the number of queries depends on
    what the person is, never on how much there is.
    """

    def __init__(self, desk: Desk) -> None:
        """Look at the desk."""
        self.desk = desk
        self.is_officer = may_edit_plan(desk.access)

    @cached_property
    def groups(self) -> list[Group]:
        """What waits, by kind; kinds of which nothing waits are left out."""
        groups = [
            answers_to_approve(self.desk),
            rounds_to_look_at(self.desk),
            self._to_release(),
            self._stuck_mails(),
            *self._own_drafts(),
            news_owed(self.desk),
            self._proposals(),
            self._amendments(),
            self._open_fates(),
            *self._gaps_in_the_text(),
            self._texts_to_translate(),
            self._people(),
        ]
        return [each for each in groups if each.lines]

    @cached_property
    def reading(self) -> list[Line]:
        """What there is to read for the council's people: proposal, next edition, resolution."""
        if Role.OBSERVER not in self.desk.access.roles:
            return []
        lines = [
            Line(
                _address_of_publication(each),
                _("Proposal {number} lies before the council.").format(number=each.number),
                title=each.concept.title,
                note=day(timezone.localdate(each.submitted_at)),
            )
            for each in self._open_proposals
        ]
        for each in self.desk.concepts:
            if each.status == ConceptStatus.DRAFT:
                href = reverse("office:concept", args=[each.slug])
                lines.append(Line(href, _("A draft that is being worked on."), title=each.title))
        for adopted in self._adopted[:1]:
            text = _("Adopted on {day}.").format(day=day(adopted.decision.date))
            lines.append(Line(_address_of_publication(adopted), text, title=adopted.concept.title))
        return lines

    @cached_property
    def review(self) -> Review:
        """The plan check of the edition work goes on with; an editor's for their measures."""
        concept = self.desk.current
        if concept is None or not may_edit_measures(self.desk.access):
            return Review(())
        return findings(self.desk.outline(concept)).only(self._is_mine)

    @cached_property
    def _publications(self) -> list[Publication]:
        return list(standing_publications(self.desk.municipality))

    @property
    def _open_proposals(self) -> list[Publication]:
        return [each for each in self._publications if not hasattr(each, "decision")]

    @property
    def _adopted(self) -> list[Publication]:
        return [each for each in self._publications if hasattr(each, "decision")]

    @cached_property
    def _drafts(self) -> list[Draft]:
        return list(drafts_before(self.desk.user, self.desk.municipality))

    def _is_mine(self, finding: Finding) -> bool:
        return self.is_officer or finding.lead in self.desk.access.organisations

    def _to_release(self) -> Group:
        waiting = [each for each in self._drafts if each.handed_in_at] if self.is_officer else []
        lines = [
            _draft_line(
                each,
                reverse("office:draft", args=[each.pk]),
                _("{name}, handed in on {day}").format(
                    name=each.author, day=_day(each.handed_in_at)
                ),
                each.note,
            )
            for each in sorted(waiting, key=lambda draft: (draft.handed_in_at, draft.pk))
        ]
        return group("release", _("Handed in, for you to release"), lines)

    def _stuck_mails(self) -> Group:
        lines = []
        if may_conduct(self.desk.access):
            stuck = stuck_mails(self.desk.municipality.pk).exclude(key__startswith=KEYS).count()
            if stuck:
                text = ngettext(
                    "{number} mail did not leave.", "{number} mails did not leave.", stuck
                ).format(number=stuck)
                lines = [Line(reverse("office:stuck-mails"), text)]
        return group("mails", _("Mails"), lines)

    def _own_drafts(self) -> Iterator[Group]:
        if not may_edit_measures(self.desk.access):
            return
        waiting, returned, begun = [], [], []
        for each in self._drafts:
            if each.author_id != self.desk.user.pk:
                continue
            if each.handed_in_at is not None:
                note = _("handed in on {day}").format(day=_day(each.handed_in_at))
                waiting.append(_draft_line(each, reverse("office:draft", args=[each.pk]), note))
            elif each.answer:
                note = _("given back by {name}").format(name=each.answered_by_name)
                returned.append(_draft_line(each, _writing_address(each), note, each.answer))
            else:
                note = _("saved on {day}").format(day=_day(each.saved_at))
                begun.append(_draft_line(each, _writing_address(each), note))
        yield group("returned", _("Given back to you"), returned)
        yield group("drafts", _("Your drafts"), begun)
        if not self.is_officer:
            yield group("waiting", _("Handed in, waiting for the officer"), waiting)

    def _proposals(self) -> Group:
        lines = [
            Line(
                _address_of_publication(each),
                _("Record what the council decided on proposal {number}.").format(
                    number=each.number
                ),
                title=each.concept.title,
                note=_("submitted on {day}").format(day=_day(each.submitted_at)),
            )
            for each in (self._open_proposals if self.is_officer else [])
        ]
        return group("proposals", _("Before the council"), lines)

    def _amendments(self) -> Group:
        lines = []
        concept = in_force(self.desk.concepts)
        since = next((each for each in self._adopted if each.concept == concept), None)
        if self.is_officer and concept and since:
            number = len(amendments(concept, since=since))
            if number:
                text = ngettext(
                    "{number} part has changed since the resolution.",
                    "{number} parts have changed since the resolution.",
                    number,
                ).format(number=number)
                href = reverse("office:publications", args=[concept.slug])
                lines = [Line(href, text, title=concept.title)]
        return group("amendments", _("For the council to adopt"), lines)

    def _open_fates(self) -> Group:
        lines = []
        concept = self.desk.current
        if self.is_officer and concept is not None and concept.status == ConceptStatus.DRAFT:
            number = len(undecided(concept))
            if number:
                text = ngettext(
                    "Of {number} measure nobody has said yet what becomes of it.",
                    "Of {number} measures nobody has said yet what becomes of them.",
                    number,
                ).format(number=number)
                href = reverse("office:origins", args=[concept.slug])
                lines = [Line(href, text, title=concept.title)]
        return group("fates", _("Continuation"), lines)

    def _gaps_in_the_text(self) -> Iterator[Group]:
        concept = self.desk.current
        if concept is None:
            return
        for result in self.review.checks:
            if result.check.name in CHECKS:
                yield group(
                    result.check.name,
                    result.check.title_in(self.desk.terms),
                    [self._finding_line(concept, each) for each in result.findings],
                    more=self._check_address(concept, result.check.name),
                )
        rest = sum(
            len(each.findings) for each in self.review.checks if each.check.name not in CHECKS
        )
        if rest:
            text = ngettext("{number} hint", "{number} hints", rest).format(number=rest)
            lines = [Line(self._check_address(concept), text, title=concept.title)]
            yield group("check", _("More in the concept check"), lines)

    def _finding_line(self, concept: Concept, finding: Finding) -> Line:
        href = mending_address(self.desk, concept, finding) or self._check_address(concept)
        return Line(href, code=finding.code, title=finding.title.plain, note=finding.says)

    def _check_address(self, concept: Concept, name: str = "") -> str:
        mine = "" if self.is_officer else "mine=on"
        query = "&".join(filter(None, [f"check={name}" if name else "", mine]))
        address = reverse("office:check", args=[concept.slug])
        return f"{address}?{query}" if query else address

    def _texts_to_translate(self) -> Group:
        concept = self.desk.current
        lines = []
        if concept is not None and may_translate(self.desk.access):
            by_language: dict[str, list[Gap]] = {}
            for gap in translation_gaps(self.desk.municipality, [concept]):
                by_language.setdefault(gap.language, []).append(gap)
            lines = [_gap_line(code, gaps) for code, gaps in by_language.items()]
        return group("translations", _("Texts to translate"), [each for each in lines if each])

    def _people(self) -> Group:
        lines: list[Line] = []
        if may_manage_people(self.desk.access):
            href = reverse("office:people")
            now = timezone.now()
            for invitation in ending_invitations(self.desk.municipality, now + SOON):
                ended = invitation.expires_at < now
                text = _("The invitation has ended.") if ended else _("The invitation ends soon.")
                name = invitation.name or invitation.email
                lines.append(Line(href, text, note=f"{name}, {_day(invitation.expires_at)}"))
            for editor in editors_without_organisation(self.desk.municipality):
                text = _("Writes for no organisation and so can write nothing.")
                lines.append(Line(href, text, note=str(editor.user)))
        return group("people", _("People"), lines, more=reverse("office:people"))


def _draft_line(draft: Draft, href: str, note: str, quote: str = "") -> Line:
    title = name_of(PartKind(draft.kind), draft.content) or _("(still without a title)")
    return Line(href, title=title, note=note, quote=quote)


def _writing_address(draft: Draft) -> str:
    address = address_of("edit", draft.concept, draft.kind, draft.part_id)
    return address if draft.part_id else f"{address}?draft={draft.pk}"


def _address_of_publication(publication: Publication) -> str:
    return reverse("office:publication", args=[publication.concept.slug, publication.number])


def _gap_line(code: str, gaps: Sequence[Gap]) -> Line | None:
    """How many texts a language lacks; none where nothing is open."""
    missing, outdated = sum(gap.missing for gap in gaps), sum(gap.outdated for gap in gaps)
    drafts = sum(gap.draft for gap in gaps)
    counts = [
        (missing, _("{number} missing")),
        (outdated, _("{number} out of date")),
        (drafts, _("{number} as a draft")),
    ]
    said = ", ".join(text.format(number=number) for number, text in counts if number)
    href = f"{reverse('office:translations')}?language={code}"
    return Line(href, language(code).name, note=said) if said else None


def _day(moment: dt.datetime | None) -> str:
    return day(timezone.localdate(moment)) if moment else ""
