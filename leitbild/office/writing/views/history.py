"""What a part said when: every revision, what it changed, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitbild.core.models import Translatable
from leitbild.core.refusal import Refused
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.office.parts import address_of, find_part, may_write, name_of, public_address, term_of
from leitbild.office.writing.differences import ShownDifference, Wording
from leitbild.office.writing.forms.choices import choices_of
from leitbild.plan.actions.editing import restore_revision
from leitbild.plan.enums import ConceptStatus, PartKind
from leitbild.plan.models import Concept, Revision
from leitbild.plan.queries.contents import content_of
from leitbild.plan.queries.history import revisions_of
from leitbild.plan.rules import may_read_drafts

PER_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Step:
    """A revision and what it changed; None where nothing came before it."""

    revision: Revision
    differences: list[ShownDifference] | None


class Past:
    """A part's history; the part itself may lie in the bin or be gone."""

    def __init__(self, desk: Desk, concept: Concept, kind: PartKind, pk: int) -> None:
        """Find the part or what is remembered of it."""
        self.desk, self.concept, self.kind, self.pk = desk, concept, kind, pk
        self.row: Translatable | None = find_part(concept, kind, pk)
        self.revisions = revisions_of(kind, pk).filter(concept_id=concept.pk)
        self.newest = self.revisions.first()
        if self.row is None and self.newest is None:
            raise Http404(_("This edition has no such part, and never had."))
        self.choices = choices_of(concept, desk.municipality)
        self.wording = Wording(kind, self.choices, desk.terms, desk.municipality.source_language)

    @property
    def may_write(self) -> bool:
        """Whether this person may bring an earlier state back."""
        if self.row is None or self.concept.status == ConceptStatus.SUPERSEDED:
            return False
        return may_write(self.desk.access, self.row)

    def step(self, found: Revision, older: Sequence[Revision]) -> Step:
        """A revision with what it changed of the one before."""
        if not older:
            return Step(found, None)
        return Step(found, self.wording.differences(older[0].content, found.content))

    def context(self) -> dict[str, object]:
        """What both pages show above."""
        content = content_of(self.row) if self.row else self.newest.content if self.newest else {}
        return {
            "past": self,
            "concept": self.concept,
            "label": term_of(self.kind, self.desk.terms).one,
            "name": name_of(self.kind, content),
            "public": public_address(self.desk, self.concept, self.row),
        }


@office_page(may_read_drafts)
def history(request: HttpRequest, desk: Desk, slug: str, kind: PartKind, pk: int) -> HttpResponse:
    """All revisions, the newest first, each with what it changed."""
    past = Past(desk, desk.concept(slug), kind, pk)
    page = Paginator(past.revisions, PER_PAGE).get_page(request.GET.get("page"))
    first, last = max(page.start_index() - 1, 0), page.end_index()
    # One more than the page shows, for the last one to be compared with.
    rows = list(past.revisions[first : last + 1])
    steps = [past.step(each, rows[place + 1 :]) for place, each in enumerate(rows[: last - first])]
    return render(request, "office/history.html", {**past.context(), "page": page, "steps": steps})


@office_page(may_read_drafts, methods=BOTH)
def revision(
    request: HttpRequest, desk: Desk, *, slug: str, kind: PartKind, pk: int, number: int
) -> HttpResponse:
    """One revision beside the one before and beside what stands now; posting brings it back."""
    past = Past(desk, desk.concept(slug), kind, pk)
    found = past.revisions.filter(number=number).first()
    if found is None:
        raise Http404(_("There is no revision with this number."))
    if request.method == "POST":
        return _restore(request, past, found)
    before = past.revisions.filter(number__lt=number).first()
    differences = past.wording.differences
    context = {
        **past.context(),
        "revision": found,
        "before": before,
        "changed": differences(before.content, found.content) if before else None,
        "since": differences(found.content, content_of(past.row)) if past.row else None,
        "following": past.revisions.filter(number__gt=number).last(),
    }
    return render(request, "office/revision.html", context)


def _restore(request: HttpRequest, past: Past, found: Revision) -> HttpResponse:
    if not past.may_write:
        raise PermissionDenied
    try:
        _draft, dropped = restore_revision(concept=past.concept, revision=found, by=past.desk.user)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        here = address_of("history", past.concept, past.kind, past.pk)
        return redirect(f"{here}{found.number}/")
    said = _("So it read in revision {number}. It is a draft now; readers see it once published.")
    messages.success(request, said.format(number=found.number))
    if dropped:
        gone = _("No longer there and left out: {names}.").format(names=", ".join(dropped))
        messages.warning(request, gone)
    return redirect(address_of("edit", past.concept, past.kind, past.pk))
