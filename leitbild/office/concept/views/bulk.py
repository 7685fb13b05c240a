"""Editing many measures at once: choose what changes, see what that does, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from leitbild.accounts.models import Organisation
from leitbild.core.refusal import Refused
from leitbild.office.concept.forms.bulk import BulkForm, ChosenForm
from leitbild.office.concept.forms.concepts import ReasonForm
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.plan.actions.bulk import MeasureEdit, edit_measures, preview_measures
from leitbild.plan.models import ArrivalStage, Concept, Measure, TargetGroup
from leitbild.plan.queries.publications import publication_in_force
from leitbild.plan.rules import may_edit_plan


@office_page(may_edit_plan, methods=BOTH)
def bulk(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """The chosen measures and the form; with what it would do once something is chosen."""
    concept = desk.concept(slug)
    sent = request.POST if request.method == "POST" else request.GET
    rows = _measures(concept)
    chosen = set(ChosenForm(sent, ids=[row.pk for row in rows]).chosen())
    measures = [row for row in rows if row.pk in chosen]
    form = _form(request, desk, measures)
    reason = ReasonForm(
        request.POST if "apply" in request.POST else None,
        needed=publication_in_force(concept) is not None,
    )
    edits: list[MeasureEdit] = []
    if measures and form.is_valid():
        asked = "apply" in request.POST and reason.is_valid()
        if asked and _applied(request, desk, concept, measures=measures, form=form, reason=reason):
            return redirect("office:concept", slug)
        ids = [row.pk for row in measures]
        edits = preview_measures(concept=concept, measures=ids, edit=form.edit())
    context: dict[str, Any] = {
        "concept": concept,
        "measures": measures,
        "form": form,
        "reason": reason,
    }
    context["obstacles"] = desk.obstacles(concept)
    return render(request, "office/bulk.html", {**context, **_counted(edits)})


def _counted(edits: list[MeasureEdit]) -> dict[str, list[MeasureEdit]]:
    """Those that change, and those that already are as wanted."""
    return {
        "edits": [each for each in edits if each.changes],
        "same": [each for each in edits if not each.changes],
    }


def _measures(concept: Concept) -> list[Measure]:
    rows = Measure.objects.filter(concept=concept).select_related("lead")
    return list(rows.prefetch_related("stages", "target_groups"))


def _form(request: HttpRequest, desk: Desk, measures: list[Measure]) -> BulkForm:
    town = desk.municipality
    return BulkForm(
        request.POST if request.method == "POST" else None,
        measures=measures,
        leads=list(Organisation.objects.filter(municipality=town)),
        stages=list(ArrivalStage.objects.filter(municipality=town)),
        target_groups=list(TargetGroup.objects.filter(municipality=town)),
    )


def _applied(
    request: HttpRequest,
    desk: Desk,
    concept: Concept,
    *,
    measures: list[Measure],
    form: BulkForm,
    reason: ReasonForm,
) -> bool:
    """Do it; what is refused stands above the form."""
    try:
        changed = edit_measures(
            concept=concept,
            measures=[row.pk for row in measures],
            edit=form.edit(),
            by=desk.user,
            reason=reason.cleaned_data.get("reason", ""),
        )
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return False
    messages.success(
        request,
        ngettext(
            "{number} measure was changed.", "{number} measures were changed.", len(changed)
        ).format(number=len(changed)),
    )
    return True
