"""The editions there are, and a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused
from leitbild.office.concept.forms.concepts import NewConceptForm
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.plan.actions.concepts import create_concept
from leitbild.plan.queries.concepts import editions
from leitbild.plan.rules import may_edit_plan, may_read_drafts


@office_page(may_read_drafts)
def concepts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All editions, drafts included."""
    return render(request, "office/concepts.html", {"editions": editions(desk.concepts)})


@office_page(may_edit_plan, methods=BOTH)
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Begin an empty concept."""
    year = timezone.localdate().year + 1
    form = NewConceptForm(request.POST or None, initial={"edition": year})
    if form.is_valid():
        try:
            concept = create_concept(
                municipality=desk.municipality, by=desk.user, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, _("“{title}” has begun.").format(title=concept.title))
            return redirect("office:concept", concept.slug)
    context = {"form": form, "adopted": desk.current}
    return render(request, "office/concepts_new.html", context)
