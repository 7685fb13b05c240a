"""How the plan is conducted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused
from leitbild.delivery.actions.conduct import change_conduct
from leitbild.delivery.actions.responsibility import set_rhythm
from leitbild.delivery.models import Rhythm
from leitbild.delivery.rules import is_reported_on, may_conduct
from leitbild.office.delivery.forms.conduct import ConceptRhythmForm, ConductForm
from leitbild.office.desk import BOTH, WRITING, Desk, office_page
from leitbild.plan.queries.outline import in_force


@office_page(may_conduct, methods=WRITING)
def rhythm(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """How often the measures of one edition owe news."""
    concept = desk.concept(slug)
    form = ConceptRhythmForm(request.POST)
    if form.is_valid():
        try:
            set_rhythm(concept=concept, months=form.cleaned_data["months"], by=desk.user)
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("The rhythm of this edition is saved."))
            return redirect("office:conduct")
    return _page(request, desk, ConductForm(municipality=desk.municipality), form)


@office_page(may_conduct, methods=BOTH)
def conduct(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Rhythm, answers, reminders, what is public, words and forms of states."""
    form = ConductForm(request.POST or None, municipality=desk.municipality)
    if request.method == "POST" and form.is_valid():
        try:
            change_conduct(municipality=desk.municipality, conduct=form.conduct(), by=desk.user)
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("The settings are saved and hold from now on."))
            return redirect("office:conduct")
    return _page(request, desk, form)


def _page(
    request: HttpRequest, desk: Desk, form: ConductForm, rhythm: ConceptRhythmForm | None = None
) -> HttpResponse:
    concept = in_force(desk.concepts)
    if concept and rhythm is None and is_reported_on(concept):
        own = Rhythm.objects.filter(concept=concept, measure=None).first()
        rhythm = ConceptRhythmForm(initial={"months": own.months if own else None})
    page = {"form": form, "concept": desk.current, "edition": concept, "rhythm": rhythm}
    faulty = form.errors or (rhythm and rhythm.errors)
    return render(request, "office/conduct.html", page, status=422 if faulty else 200)
