"""The pages behind the link in a round's mail.

Whoever opens it has no account, so they are no `office_page`: the secret in the address is what
lets one in. Opening changes nothing but the note that it was opened, because mail programs open
links, too; an answer takes a tap on a button. The pages need neither cookies nor scripts, and no
link on them leads elsewhere with the secret in its Referer.
"""

from collections.abc import Callable
from functools import partial
from typing import Final, TypeAlias

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leitbild.accounts.middleware import requested_municipality
from leitbild.core.queries import overlay
from leitbild.core.refusal import Refused
from leitbild.delivery.actions import give_answer, mark_opened
from leitbild.delivery.enums import AnswerKind
from leitbild.delivery.models import Recipient
from leitbild.delivery.queries.evidence import steps_of
from leitbild.delivery.tokens import DeadLink, Death, recipient_behind
from leitbild.office.asking.forms.reply import SMALL, HelpForm, NewsForm, NotMineForm, UnchangedForm
from leitbild.office.asking.replying import Asked, Reply, reply_of

Page: TypeAlias = Callable[[HttpRequest, Recipient], HttpResponse]
AnswerForm: TypeAlias = NewsForm | UnchangedForm | NotMineForm | HelpForm

READING: Final = ["GET", "HEAD"]


@require_http_methods(READING)
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """All that somebody is asked, and what they have answered."""
    return _opened(request, token, partial(_overview, token=token))


# Nobody is signed in here, so no other site can act with somebody's session: whoever posts knows
# the secret in the address, and a token of ours would need the cookie we don't set.
@csrf_exempt
@require_http_methods([*READING, "POST"])
def question(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """One question, to be answered."""
    return _opened(request, token, partial(_question, token=token, pk=pk))


def _opened(request: HttpRequest, token: str, page: Page) -> HttpResponse:
    """The page for whoever has this link, in their language; else what is wrong with it."""
    municipality = requested_municipality(request)
    if municipality is None:
        raise Http404(_("There is no such page."))
    found = recipient_behind(token, municipality)
    language = found.language or str(request.LANGUAGE_CODE)
    request.LANGUAGE_CODE = language
    with translation.override(language):
        if isinstance(found, DeadLink):
            status = 404 if found.why == Death.UNKNOWN else 410
            response = render(request, "office/reply_dead.html", {"link": found}, status=status)
        else:
            if request.method == "GET":
                mark_opened(recipient=found)
            response = page(request, found)
    response.headers["Content-Language"] = language
    return response


def _overview(request: HttpRequest, recipient: Recipient, *, token: str) -> HttpResponse:
    thanked = request.GET.get("thanks", "")
    page = {"reply": reply_of(recipient, thanked=thanked), "token": token}
    return render(request, "office/reply.html", page)


def _question(request: HttpRequest, recipient: Recipient, *, token: str, pk: int) -> HttpResponse:
    everything = reply_of(recipient)
    asked = everything.find(pk)
    if asked is None or not asked.question.is_open:
        return _no_question(request, everything, asked, token)
    form = _form(request, asked)
    if request.method != "POST" or not form.is_valid():
        return _page(request, everything, asked, form, token)
    try:
        kind, said = _kind(request, asked), form.said()
        give_answer(request=asked.question.request, kind=kind, **said)
    except Refused as refused:
        now = reply_of(recipient).find(pk)
        if now is None or not now.question.is_open:
            # A second tap, or somebody was quicker.
            return _no_question(request, everything, now, token)
        form.add_error(None, refused.reasons)
        return _page(request, everything, asked, form, token)
    return HttpResponseRedirect(f"{reverse('office:reply', args=[token])}?thanks={pk}")


def _kind(request: HttpRequest, asked: Asked) -> AnswerKind:
    """What they want to say; news where nothing else is said or possible."""
    wanted = (request.POST if request.method == "POST" else request.GET).get("answer", "")
    kind = AnswerKind(wanted) if wanted in AnswerKind.values else AnswerKind.NEWS
    return AnswerKind.NEWS if kind == AnswerKind.UNCHANGED and not asked.word else kind


def _form(request: HttpRequest, asked: Asked) -> AnswerForm:
    data, kind = request.POST if request.method == "POST" else None, _kind(request, asked)
    if kind != AnswerKind.NEWS:
        return SMALL[kind](data)
    steps = steps_of(asked.measure)
    recipient = asked.question.request.recipient
    overlay(
        [each.milestone for each in steps],
        language=recipient.language,
        source=recipient.round.concept.municipality.source_language,
    )
    initial = {"state": asked.word.update.state} if asked.word else {}
    return NewsForm(data, conduct=asked.conduct, steps=steps, initial=initial)


def _page(
    request: HttpRequest, everything: Reply, asked: Asked, form: AnswerForm, token: str
) -> HttpResponse:
    page = {
        "reply": everything,
        "asked": asked,
        "form": form,
        "kind": _kind(request, asked).value,
        "token": token,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "office/reply_question.html", page, status=status)


def _no_question(
    request: HttpRequest, everything: Reply, asked: Asked | None, token: str
) -> HttpResponse:
    """Nothing to answer: it is answered already, or somebody else’s."""
    page = {"reply": everything, "asked": asked, "token": token}
    return render(request, "office/reply_closed.html", page, status=410 if asked else 404)
