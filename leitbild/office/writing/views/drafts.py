"""Drafts: one's own, and those handed in, which the officer reads, releases or gives back."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.office.parts import address_of, name_of, term_of
from leitbild.office.writing.forms.writing import GIVE_BACK, TAKE_BACK, Release
from leitbild.office.writing.reading import draft_or_404
from leitbild.office.writing.work import Work, work_of_draft
from leitbild.plan.actions.editing import (
    Conflict,
    DraftMovedOn,
    apply_draft,
    return_draft,
    take_back_draft,
)
from leitbild.plan.enums import PartKind
from leitbild.plan.models import Draft
from leitbild.plan.queries.drafts import drafts_of, handed_in
from leitbild.plan.rules import may_edit_measures, may_edit_plan, owns_draft


@dataclass(frozen=True, slots=True)
class Line:
    """A draft in a list."""

    draft: Draft
    what: str
    name: str
    href: str


@office_page(may_edit_measures)
def drafts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What this person has begun, and for the officer what others handed in."""
    own = drafts_of(desk.user, desk.municipality)
    officer = may_edit_plan(desk.access)
    waiting = handed_in(desk.municipality) if officer else Draft.objects.none()
    context = {
        "own": [_line(desk, each) for each in own],
        "waiting": [_line(desk, each) for each in waiting],
        "officer": officer,
    }
    return render(request, "office/drafts.html", context)


def _line(desk: Desk, draft: Draft) -> Line:
    kind = PartKind(draft.kind)
    here = reverse("office:draft", args=[draft.pk])
    if draft.handed_in_at is None:
        here = address_of("edit", draft.concept, kind, draft.part_id)
        here += "" if draft.part_id else f"?draft={draft.pk}"
    what = term_of(kind, desk.terms).one
    return Line(draft, what, name_of(kind, draft.content) or _("without a name yet"), here)


@office_page(may_edit_measures, methods=BOTH)
def draft(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """A draft beside what stands; the officer releases it or gives it back."""
    work = work_of_draft(desk, draft_or_404(desk, pk))
    if request.method != "POST":
        return _page(request, work, Release(initial=_initial(work)))
    form = Release(request.POST)
    try:
        return _do(request, work, form)
    except Conflict:
        return redirect("office:conflict", pk=pk)
    except DraftMovedOn:
        messages.warning(request, _("Its author wrote on meanwhile. Please read it again."))
        return redirect("office:draft", pk=pk)
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return _page(request, work, form, status=422)


def _do(request: HttpRequest, work: Work, form: Release) -> HttpResponse:
    user, found = work.desk.user, work.found_draft
    if request.POST.get("do") == TAKE_BACK and owns_draft(user, found):
        take_back_draft(draft=found, by=user)
        return redirect(work.address)
    if not may_edit_plan(work.desk.access):
        raise PermissionDenied
    if not form.is_valid():
        # Nothing is released that nobody has asked for, or without having been looked at.
        return _page(request, work, Release(initial=_initial(work)), status=400)
    note = form.cleaned_data["note"]
    if form.cleaned_data["do"] == GIVE_BACK:
        return_draft(draft=found, by=user, note=note)
        messages.success(request, _("The draft is back with its author, with your word on it."))
        return redirect("office:drafts")
    saves = form.cleaned_data["saves"]
    revision = apply_draft(draft=found, by=user, reason=note, expected_saves=saves)
    messages.success(request, _("Released. It stands in the concept now, under its author’s name."))
    return redirect(address_of("history", work.concept, work.kind, revision.part_id))


def _initial(work: Work) -> dict[str, object]:
    return {"saves": work.found_draft.saves, "note": work.found_draft.note}


def _page(request: HttpRequest, work: Work, form: Release, *, status: int = 200) -> HttpResponse:
    note = form.fields["note"]
    note.required = work.needs_reason
    note.label = (
        _("Why does this change? Or: what is missing?")
        if work.needs_reason
        else _("A word to its author, if you give it back")
    )
    if work.needs_reason:
        note.help_text = _(
            "If you release it, readers see this sentence beside the change. If you give it "
            "back, its author sees it."
        )
    content = work.found_draft.content
    context = {
        "work": work,
        "concept": work.concept,
        "draft": work.draft,
        "form": form,
        "own": owns_draft(work.desk.user, work.found_draft),
        "officer": may_edit_plan(work.desk.access) and work.found_draft.handed_in_at,
        "differences": work.wording.differences(work.standing, content),
        "shown": work.preview({**work.standing, **content}),
    }
    return render(request, "office/draft.html", context, status=status)
