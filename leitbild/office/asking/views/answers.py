"""Answers that came by link: take them over, correct them, give them back, settle them."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitbild.core.queries import overlay
from leitbild.core.refusal import Refused
from leitbild.delivery.actions import (
    accept_answer,
    accept_answers,
    decline_answer,
    settle_answer,
)
from leitbild.delivery.actions.round_mail import LinkTo
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.models import Answer
from leitbild.delivery.queries.answers import answers_of, waiting_answers
from leitbild.delivery.queries.evidence import steps_of
from leitbild.delivery.rules import may_conduct
from leitbild.office.asking.answers import Given, answer_of, given_answers, with_all
from leitbild.office.asking.choosing import links_from
from leitbild.office.asking.forms.answers import AnswerFilter, WordForm
from leitbild.office.asking.forms.reply import NewsForm, held_in
from leitbild.office.desk import BOTH, Desk, office_page

PAGE_SIZE: Final = 50
LONGEST_ID: Final = 18
"""Digits of the largest id a database has."""


@office_page(may_conduct, methods=BOTH)
def answers(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Answers that wait, the oldest first; with a filter those that were dealt with."""
    if request.method == "POST":
        return _take_over(request, desk)
    form = AnswerFilter(request.GET)
    past, kind = form.wanted()
    found = with_all(_found(desk, past=past, kind=kind))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    given = given_answers(page.object_list, desk.municipality)
    values = {
        "concept": desk.current,
        "form": form,
        "page": page,
        "query": asked.urlencode(),
        "past": past,
        "is_filtered": past or bool(kind),
        "given": given,
        "calls": [] if past else [each for each in given if not each.is_news],
        "news": [] if past else [each for each in given if each.is_news],
        "unchanged": [each.answer.pk for each in given if not past and each.is_unchanged],
    }
    return render(request, "office/answers.html", values)


def _found(desk: Desk, *, past: bool, kind: str) -> QuerySet[Answer]:
    found = waiting_answers(desk.municipality)
    if past:
        found = answers_of(desk.municipality).exclude(ruling=None).order_by("-at", "-pk")
    return found.filter(kind=kind) if kind else found


def _take_over(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One answer, or all that were listed as unchanged."""
    ids = [each for each in request.POST.getlist("accept") if _is_id(each)]
    waiting = waiting_answers(desk.municipality).filter(pk__in=ids)
    number, reasons = accept_answers(answers=list(waiting), by=desk.user)
    if number:
        said = ngettext("{number} answer taken over.", "{number} answers taken over.", number)
        messages.success(request, said.format(number=number))
    elif not reasons:
        messages.warning(request, _("This answer was dealt with meanwhile."))
    for reason in reasons:
        messages.warning(request, reason)
    return redirect("office:answers")


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID


class Forms:
    """What can be done with an answer, as forms; the one that was sent is bound."""

    def __init__(self, request: HttpRequest, desk: Desk, given: Given) -> None:
        """Bind the one that was sent."""
        self.do = request.POST.get("do", "")
        data = {name: request.POST if name == self.do else None for name in DEEDS}
        steps = steps_of(given.measure) if given.is_news else []
        source = desk.municipality.source_language
        overlay([each.milestone for each in steps], language=source, source=source)
        self.news = NewsForm(
            data["accept"], conduct=given.conduct, steps=steps, initial=held_in(given.answer)
        )
        self.decline = WordForm(data["decline"], deed="decline")
        is_call = given.answer.kind == AnswerKind.HELP
        self.settle = WordForm(data["settle"], deed="settle", is_mailed=is_call)

    @property
    def sent(self) -> NewsForm | WordForm:
        """The one that was sent."""
        if self.do == "accept":
            return self.news
        return self.decline if self.do == "decline" else self.settle


@office_page(may_conduct, methods=BOTH)
def answer(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """One answer beside what stood before, with everything that can be done with it."""
    found = answer_of(desk.municipality, pk)
    if found is None:
        raise Http404(_("There is no such answer."))
    given = given_answers([found], desk.municipality)[0]
    forms = Forms(request, desk, given)
    if request.method == "POST" and forms.do in DEEDS and forms.sent.is_valid():
        try:
            said = DEEDS[forms.do](desk, given, forms)
        except Refused as refused:
            forms.sent.add_error(None, refused.reasons)
        else:
            messages.success(request, said)
            return redirect("office:answers")
    status = 422 if request.method == "POST" else 200
    values = {"concept": desk.current, "each": given, "forms": forms}
    return render(request, "office/answer.html", values, status=status)


def _accept(desk: Desk, given: Given, forms: Forms) -> str:
    accept_answer(answer=given.answer, by=desk.user, changes=forms.news.said())
    return _("Taken over. It stands in the plan now.")


def _decline(desk: Desk, given: Given, forms: Forms) -> str:
    note = forms.decline.cleaned_data["note"]
    decline_answer(answer=given.answer, note=note, by=desk.user, link_to=_links(given))
    return _("Given back. {name} gets your word by mail.").format(name=given.answer.recipient)


def _settle(desk: Desk, given: Given, forms: Forms) -> str:
    note = forms.settle.cleaned_data["note"]
    settle_answer(answer=given.answer, note=note, by=desk.user, link_to=_links(given))
    if given.answer.kind == AnswerKind.HELP:
        return _("Settled. {name} gets your word by mail.").format(name=given.answer.recipient)
    return _("Settled. Nobody is asked about it in this round any more.")


def _links(given: Given) -> LinkTo:
    return links_from(given.answer.request.round.site)


Deed: TypeAlias = Callable[[Desk, Given, Forms], str]
DEEDS: Final[Mapping[str, Deed]] = {"accept": _accept, "decline": _decline, "settle": _settle}
