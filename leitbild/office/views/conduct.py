"""How the plan is conducted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitbild.core.refusal import Refused
from leitbild.delivery.actions.conduct import change_conduct
from leitbild.delivery.rules import may_conduct
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.office.forms.conduct import ConductForm


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
    page = {"form": form, "concept": desk.current}
    return render(request, "office/conduct.html", page, status=422 if form.errors else 200)
