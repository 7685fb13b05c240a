"""Asking somebody else about a measure, in a round that runs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leitbild.accounts.models import Contact
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.recipients import hand_on, obstacles_to_handing_on
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.models import UpdateRequest
from leitbild.delivery.queries.answers import Question, with_answers
from leitbild.delivery.rules import may_conduct
from leitbild.office.asking.choosing import links_from
from leitbild.office.asking.forms.rounds import HandOnForm
from leitbild.office.desk import BOTH, Desk, office_page


@office_page(may_conduct, methods=BOTH)
def handing_on(request: HttpRequest, desk: Desk, slug: str, pk: int) -> HttpResponse:
    """Choose who is asked instead, or name somebody new; they get the mail at once."""
    question = _question(desk, slug, pk)
    asked = question.request
    if reasons := obstacles_to_handing_on(asked, asked.round):
        for reason in reasons:
            messages.error(request, reason)
        return redirect("office:round", slug, asked.round_id)
    form = HandOnForm(
        request.POST if request.method == "POST" else None,
        contacts=_contacts(desk, asked),
        municipality=desk.municipality,
        initial=_named(question, desk),
    )
    if form.is_valid() and _handed_on(request, desk, asked, form):
        return redirect("office:round", slug, asked.round_id)
    page = {"concept": asked.round.concept, "round": asked.round, "question": question}
    status = 422 if form.errors else 200
    return render(request, "office/round_hand_on.html", {**page, "form": form}, status=status)


def _handed_on(request: HttpRequest, desk: Desk, asked: UpdateRequest, form: HandOnForm) -> bool:
    """Do it; what is refused stands above the form."""
    link_to = links_from(asked.round.site)
    try:
        person = hand_on(request=asked, by=desk.user, link_to=link_to, **form.whom())
    except Refused as refused:
        form.add_error(None, refused.reasons)
        return False
    messages.success(request, _("{name} is asked now, and gets a mail.").format(name=person))
    return True


def _question(desk: Desk, slug: str, pk: int) -> Question:
    concept = desk.concept(slug)
    requests = UpdateRequest.objects.filter(round__concept=concept, round__sent_at__isnull=False)
    found = (
        with_answers(requests.filter(pk=pk))
        .select_related("measure__lead", "round", "recipient")
        .first()
    )
    if found is None:
        raise Http404(_("There is no such question."))
    found.round.concept = concept
    return Question(found)


def _contacts(desk: Desk, request: UpdateRequest) -> list[Contact]:
    """Everybody but who is asked now; those of the measure's lead come first."""
    found = (
        Contact.objects.filter(organisation__municipality=desk.municipality)
        .exclude(email__iexact=request.recipient.email)
        .select_related("organisation")
        .order_by("organisation__position", "organisation__pk", "position", "pk")
    )
    return sorted(found, key=lambda each: each.organisation_id != request.measure.lead_id)


def _named(question: Question, desk: Desk) -> dict[str, Any]:
    """Whom somebody named who isn't the right one any more."""
    answer = question.answer
    initial: dict[str, Any] = {"language": desk.municipality.source_language}
    if answer and answer.kind == AnswerKind.NOT_MINE:
        initial |= {
            "name": answer.successor_name,
            "email": answer.successor_email,
            "from_now_on": True,
        }
        known = Contact.objects.filter(
            organisation__municipality=desk.municipality, email__iexact=answer.successor_email
        ).first()
        if known:
            initial |= {"contact": known.pk, "name": "", "email": ""}
    return initial
