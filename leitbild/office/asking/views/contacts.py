"""Who is asked for news of what: the contacts of every organisation."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitbild.accounts.actions import add_contact, change_contact, remove_contact
from leitbild.accounts.models import Contact, Organisation
from leitbild.core.refusal import Refused
from leitbild.delivery.queries.responsible import responsible_contacts
from leitbild.delivery.rules import may_conduct
from leitbild.office.asking.forms.contacts import NewContactForm, contact_form
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.plan.models import Measure


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation, how many measures it leads, and whom it named with how many to answer."""

    organisation: Organisation
    leads: int
    contacts: Sequence[tuple[Contact, int]]


@office_page(may_conduct, methods=BOTH)
def contacts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every organisation with its contacts, and the form to name another."""
    form = NewContactForm(
        request.POST or None,
        municipality=desk.municipality,
        initial={
            "organisation": request.GET.get("organisation"),
            "language": desk.municipality.source_language,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = add_contact(**form.cleaned_data, by=desk.user)
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("{name} was named.").format(name=made.name))
            return redirect("office:contacts")
    page = {"form": form, "rows": _rows(desk), "concept": desk.current}
    return render(request, "office/contacts.html", page, status=422 if form.errors else 200)


def _rows(desk: Desk) -> list[Row]:
    """Who leads measures comes first; of these, who named nobody."""
    measures = list(Measure.objects.filter(concept=desk.current)) if desk.current else []
    asked = Counter(each.pk for each in responsible_contacts(measures).values())
    led = Counter(each.lead_id for each in measures)
    rows = [
        Row(each, led[each.pk], [(person, asked[person.pk]) for person in each.contacts.all()])
        for each in desk.municipality.organisations.prefetch_related("contacts")
    ]
    return sorted(rows, key=lambda row: (not row.leads, bool(row.contacts)))


@office_page(may_conduct, methods=BOTH)
def contact(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Change or remove a contact."""
    found = _contact(desk, pk)
    if request.method == "POST" and "remove" in request.POST:
        name = found.name
        remove_contact(contact=found, by=desk.user)
        messages.success(request, _("{name} is asked no more.").format(name=name))
        return redirect("office:contacts")
    form = contact_form(found, desk.municipality, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_contact(contact=found, **form.cleaned_data, by=desk.user)
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("{name}: changed.").format(name=found.name))
            return redirect("office:contacts")
    page = {"form": form, "contact": found, "concept": desk.current}
    return render(request, "office/contact.html", page, status=422 if form.errors else 200)


def _contact(desk: Desk, pk: int) -> Contact:
    found = (
        Contact.objects.filter(organisation__municipality=desk.municipality, pk=pk)
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise Http404(_("There is no such contact; perhaps it was removed."))
    return found
