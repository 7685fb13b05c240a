"""Arranging a concept: moving its parts, and numbering them anew."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitbild.core.refusal import Refused
from leitbild.office.concept.arrangement import Arrangement, moved_sentence
from leitbild.office.concept.forms.concepts import MoveForm, ReasonForm
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.plan.actions.arranging import move_part
from leitbild.plan.actions.renumbering import renumber as renumber_parts
from leitbild.plan.queries.numbering import new_codes
from leitbild.plan.queries.publications import publication_in_force
from leitbild.plan.rules import may_edit_plan

REASON: Final = "arranging reason"
"""Where the session keeps the reason while somebody arranges, so that it is asked once."""


@office_page(may_edit_plan, methods=BOTH)
def arrange(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """All parts in their order, each with the buttons that move it."""
    concept = desk.concept(slug)
    needed = publication_in_force(concept) is not None
    kept = request.session.get(REASON, {}).get(slug, "")
    form = ReasonForm(_sent(request), needed=needed, initial={"reason": kept})
    if form.is_valid():
        if needed:
            request.session[REASON] = {slug: form.cleaned_data["reason"]}
        if "move" in request.POST:
            return _moved(request, desk, slug, form.cleaned_data.get("reason", ""))
        return redirect("office:arrange", slug)
    context = {
        "concept": concept,
        "arrangement": Arrangement(desk.outline(concept)),
        "form": form,
        "needs_reason": needed,
        "obstacles": desk.obstacles(concept),
    }
    return render(request, "office/outline_arrange.html", context)


def _moved(request: HttpRequest, desk: Desk, slug: str, reason: str) -> HttpResponse:
    """Move, say what stands where now, and come back to the button that was pressed."""
    concept, form = desk.concept(slug), MoveForm(request.POST)
    address = reverse("office:arrange", args=[slug])
    if not form.is_valid():
        messages.error(request, _("This can’t be moved there."))
        return redirect(address)
    move = form.cleaned_data["move"]
    try:
        move_part(
            concept=concept,
            kind=move.kind,
            part_id=move.part_id,
            before=move.before,
            under=move.under,
            by=desk.user,
            reason=reason,
        )
    except Refused as refusal:
        for each in refusal.reasons:
            messages.error(request, each)
        return redirect(address)
    messages.success(request, moved_sentence(desk.outline(concept), move))
    return redirect(f"{address}#{move.kind}-{move.part_id}")


@office_page(may_edit_plan, methods=BOTH)
def renumber(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """What would be called what; confirmed, it is."""
    concept = desk.concept(slug)
    form = ReasonForm(_sent(request), needed=publication_in_force(concept) is not None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            changed = renumber_parts(concept=concept, by=desk.user, reason=reason)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(
                request,
                ngettext(
                    "{number} part has a new code.", "{number} parts have new codes.", len(changed)
                ).format(number=len(changed)),
            )
            return redirect("office:concept", slug)
    changes = [each for each in new_codes(concept) if each.changes]
    obstacles = desk.obstacles(concept)
    context = {"concept": concept, "form": form, "changes": changes, "obstacles": obstacles}
    return render(request, "office/outline_renumber.html", context)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
