"""A part of a concept in a person's hands: what stands, their draft of it, and what they may do."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leitbild.accounts.terminology import terms
from leitbild.core.models import Translatable
from leitbild.office.desk import Desk
from leitbild.office.parts import (
    address_of,
    find_part,
    may_write,
    name_of,
    part_or_404,
    public_address,
    term_of,
)
from leitbild.office.writing.differences import Wording
from leitbild.office.writing.forms.choices import Choices, choices_of
from leitbild.office.writing.forms.parts import FORMS, PartForm
from leitbild.office.writing.forms.writing import Handling
from leitbild.office.writing.preview import preview
from leitbild.office.writing.suggestions import beginning
from leitbild.plan.actions.changing import obstacles_to_change
from leitbild.plan.enums import ConceptStatus, PartKind
from leitbild.plan.models import Concept, Draft
from leitbild.plan.queries.contents import Content, content_of
from leitbild.plan.queries.drafts import draft_of, drafts_of, others_at_work
from leitbild.plan.queries.history import latest_number
from leitbild.plan.queries.publications import publication_in_force
from leitbild.plan.rules import may_edit_plan

ANY_REASON = "."
"""Stands in for the reason where only the other obstacles to a change are asked for."""


class Work:
    """What the writing page starts from."""

    def __init__(
        self,
        desk: Desk,
        concept: Concept,
        kind: PartKind,
        *,
        row: Translatable | None,
        draft: Draft | None,
    ) -> None:
        """Lay a part and a person's draft of it on their desk."""
        self.desk = desk
        self.concept = concept
        self.kind = kind
        self.row = row
        self.draft = draft
        self.first: Content = {}
        """What a new part begins with."""

    @property
    def part_id(self) -> int | None:
        """The part's id; None while it doesn't exist."""
        return self.row.pk if self.row else None

    @property
    def found_draft(self) -> Draft:
        """The draft, where there is no work without one."""
        if self.draft is None:
            raise LookupError(f"{self.name} has no draft")
        return self.draft

    @property
    def content(self) -> Content:
        """What is written on: the draft, else what stands."""
        if self.draft:
            return dict(self.draft.content)
        return self.standing or self.first

    @cached_property
    def standing(self) -> Content:
        """What the part says now; nothing of a new one."""
        return content_of(self.row) if self.row else {}

    @cached_property
    def base(self) -> int:
        """The revision this work started from."""
        if self.draft:
            return self.draft.base
        return latest_number(self.kind, self.row.pk) if self.row else 0

    @cached_property
    def choices(self) -> Choices:
        """What the part can be connected to."""
        return choices_of(self.concept, self.desk.municipality)

    @cached_property
    def may_publish(self) -> bool:
        """Whether this person's words go live, or to the officer first."""
        return may_edit_plan(self.desk.access) or self.concept.status == ConceptStatus.DRAFT

    @cached_property
    def needs_reason(self) -> bool:
        """Whether readers are owed a reason for a change."""
        return publication_in_force(self.concept) is not None

    @cached_property
    def obstacles(self) -> list[str]:
        """Why nothing can be published now, whatever is written."""
        return obstacles_to_change(self.concept, reason=ANY_REASON)

    @cached_property
    def wording(self) -> Wording:
        """How its fields and their values are called."""
        language = self.desk.municipality.source_language
        return Wording(self.kind, self.choices, self.desk.terms, language)

    @property
    def name(self) -> str:
        """The part in one line."""
        return name_of(self.kind, self.standing or self.content)

    @property
    def title(self) -> str:
        """What stands as its title; empty of a new part."""
        return str(self.standing.get("title") or self.standing.get("name") or "")

    @property
    def label(self) -> str:
        """What kind of part it is, in the municipality's words."""
        return term_of(self.kind, self.desk.terms).one

    @property
    def address(self) -> str:
        """Where this work goes on."""
        here = address_of("edit", self.concept, self.kind, self.part_id)
        return f"{here}?draft={self.draft.pk}" if self.draft and self.row is None else here

    @property
    def after_discarding(self) -> str:
        """Where one stands when the draft is gone."""
        return self.address if self.row else reverse("office:concept", args=[self.concept.slug])

    def form(self, data: Any = None) -> PartForm:
        """The part's form, filled with what is written on or with what was typed."""
        return FORMS[self.kind](
            data,
            content=self.content,
            choices=self.choices,
            terms=self.desk.terms,
            source_language=self.desk.municipality.source_language,
        )

    def handling(self, data: Any = None) -> Handling:
        """What comes along with the form."""
        draft = self.draft
        initial = {
            "base": self.base,
            "draft": draft.pk if draft else None,
            "saves": draft.saves if draft else None,
            "part": self.part_id,
            "note": draft.note if draft else "",
        }
        return Handling(data, initial=initial, note_is_reason=self.may_publish)

    def preview(self, content: Content) -> dict[str, Any]:
        """What readers would see of a content."""
        language = self.desk.municipality.source_language
        shown = preview(self.kind, content, self.choices, concept=self.concept, language=language)
        with translation.override(language):
            return {**shown, "terms": terms(self.desk.municipality, language)}

    def context(self, form: PartForm, handling: Handling) -> dict[str, Any]:
        """What the writing page shows."""
        content = form.content() if form.is_bound else self.content
        others = others_at_work(
            user=self.desk.user, concept=self.concept, kind=self.kind, part_id=self.part_id
        )
        return {
            "work": self,
            "concept": self.concept,
            "form": form,
            "handling": handling,
            "others": others,
            "public": public_address(self.desk, self.concept, self.row),
            "shown": self.preview(content),
        }


def work_on(desk: Desk, concept: Concept, kind: PartKind, pk: int) -> Work:
    """A part that exists; refused to whoever may not write it."""
    row = part_or_404(concept, kind, pk)
    if not may_write(desk.access, row):
        raise PermissionDenied
    return Work(desk, concept, kind, row=row, draft=draft_of(desk.user, kind, pk))


def new_work(
    desk: Desk,
    concept: Concept,
    kind: PartKind,
    *,
    draft: int | None,
    theme: str,
    goal: str,
    anew: bool,
) -> Work:
    """A part that doesn't exist yet, or the draft of one that goes on.

    Where the draft isn't there, work begins `anew` or the page isn't found.
    """
    if kind == PartKind.CONCEPT:
        raise Http404(_("A new edition begins with continuing the one before, or with an import."))
    own = drafts_of(desk.user, desk.municipality).filter(concept=concept, kind=kind, part_id=None)
    found = own.filter(pk=draft).first() if draft else None
    if draft and found is None and not anew:
        raise Http404(_("This draft is not there, or not any more."))
    work = Work(desk, concept, kind, row=None, draft=found)
    if found is None:
        work.first = beginning(concept, kind, work.choices, theme=theme, goal=goal)
    return work


def work_of_draft(desk: Desk, draft: Draft) -> Work:
    """The work a draft belongs to, as whoever reads it sees it."""
    concept, kind = desk.concept(draft.concept.slug), PartKind(draft.kind)
    row = find_part(concept, kind, draft.part_id) if draft.part_id else None
    return Work(desk, concept, kind, row=row, draft=draft)
