"""Deleting, the bin, and bringing things back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused
from leitbild.office.concept.forms.concepts import ReasonForm
from leitbild.office.desk import BOTH, WRITING, Desk, office_page
from leitbild.plan.actions.bin import delete_part, restore_part
from leitbild.plan.actions.concepts import discard_concept, obstacles_to_discarding
from leitbild.plan.enums import PartKind
from leitbild.plan.models import BinEntry, Concept, Draft
from leitbild.plan.queries.bin import bin_of, days_left, obstacles_to_deletion
from leitbild.plan.queries.contents import MODELS
from leitbild.plan.queries.publications import publication_in_force
from leitbild.plan.rules import may_edit_plan


@office_page(may_edit_plan)
def bin_page(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """What was deleted in the last thirty days."""
    concept = desk.concept(slug)
    context = {
        "concept": concept,
        "entries": [(entry, days_left(entry)) for entry in bin_of(concept)],
        "form": ReasonForm(needed=publication_in_force(concept) is not None),
        "obstacles": desk.obstacles(concept),
    }
    return render(request, "office/bin.html", context)


@office_page(may_edit_plan, methods=WRITING)
def restore(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Bring one thing back and show where it stands."""
    concept = desk.concept(slug)
    entry = _entry(concept, request.POST.get("entry", ""))
    form = ReasonForm(request.POST, needed=publication_in_force(concept) is not None)
    if entry is None:
        messages.error(request, _("This is not in the bin any more."))
        return redirect("office:bin", slug)
    try:
        reason = form.cleaned_data.get("reason", "") if form.is_valid() else ""
        restored = restore_part(entry=entry, by=desk.user, reason=reason)
    except Refused as refusal:
        for each in refusal.reasons:
            messages.error(request, each)
        return redirect("office:bin", slug)
    messages.success(request, _("“{part}” is back.").format(part=restored.row))
    for note in restored.notes:
        messages.warning(request, note)
    return redirect(f"{reverse('office:concept', args=[slug])}#{entry.kind}-{entry.part_id}")


def _entry(concept: Concept, asked: str) -> BinEntry | None:
    pk = int(asked[:18]) if asked.isascii() and asked.isdecimal() else 0
    return bin_of(concept).filter(pk=pk).first()


@office_page(may_edit_plan, methods=BOTH)
def delete(request: HttpRequest, desk: Desk, slug: str, kind: PartKind, pk: int) -> HttpResponse:
    """Ask once, then put it into the bin; the next page offers to undo it."""
    concept = desk.concept(slug)
    if kind == PartKind.CONCEPT:
        return _discard(request, desk, concept, pk)
    parts: Any = MODELS[kind]
    row = parts.objects.filter(concept=concept, pk=pk).first()
    if row is None:
        return _gone(request, concept, kind, pk)
    form = ReasonForm(_sent(request), needed=publication_in_force(concept) is not None)
    obstacles = [*desk.obstacles(concept), *obstacles_to_deletion(row)]
    if request.method == "POST" and form.is_valid() and not obstacles:
        reason = form.cleaned_data.get("reason", "")
        try:
            entry = delete_part(concept=concept, kind=kind, part_id=pk, by=desk.user, reason=reason)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            return redirect(f"{reverse('office:concept', args=[slug])}?deleted={entry.pk}")
    drafts = Draft.objects.filter(kind=kind, part_id=pk).select_related("author")
    context = {"kind": kind, "row": row, "obstacles": obstacles, "drafts": drafts}
    return _ask(request, concept, form, context)


def _ask(
    request: HttpRequest, concept: Concept, form: ReasonForm, context: dict[str, Any]
) -> HttpResponse:
    return render(request, "office/bin_delete.html", {**context, "concept": concept, "form": form})


def _gone(request: HttpRequest, concept: Concept, kind: PartKind, pk: int) -> HttpResponse:
    if bin_of(concept).filter(kind=kind, part_id=pk).exists():
        messages.info(request, _("This has already been deleted. It lies in the bin."))
        return redirect("office:bin", concept.slug)
    raise Http404(_("There is no such part."))


def _discard(request: HttpRequest, desk: Desk, concept: Concept, pk: int) -> HttpResponse:
    """Discard a concept that was begun in error; there is no bin for a whole concept."""
    if pk != concept.pk:
        raise Http404(_("There is no such part."))
    if not may_edit_plan(desk.access):
        raise PermissionDenied
    form = ReasonForm(_sent(request), needed=False)
    obstacles = obstacles_to_discarding(concept)
    if request.method == "POST" and not obstacles:
        discard_concept(concept=concept, by=desk.user)
        messages.success(request, _("“{title}” was discarded.").format(title=concept.title))
        return redirect("office:concepts")
    context = {"kind": PartKind.CONCEPT, "row": concept, "obstacles": obstacles}
    return _ask(request, concept, form, context)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
