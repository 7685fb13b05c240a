"""Asking for news: all rounds, a new one, its mails before it leaves, its board afterwards."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitbild.accounts.middleware import origin
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.recipients import renew_link
from leitbild.delivery.actions.reporting import obstacles_to_reporting
from leitbild.delivery.actions.rounds import (
    Prepared,
    change_round,
    close_round,
    discard_round,
    obstacles_to_sending,
    prepare_round,
    send_round,
)
from leitbild.delivery.ladder import last_day
from leitbild.delivery.models import Round
from leitbild.delivery.queries import standings
from leitbild.delivery.queries.rounds import Board, round_board, round_digest, rounds_of
from leitbild.delivery.rules import may_conduct
from leitbild.office.asking.choosing import choices_of, first_words, letters_of, links_from
from leitbild.office.asking.forms.rounds import OrderForm, RoundForm
from leitbild.office.delivery.forms.board import BoardFilter
from leitbild.office.desk import BOTH, Desk, office_page
from leitbild.office.downloads import download
from leitbild.plan.models import Concept, Measure
from leitbild.reports.round_table import round_table
from leitbild.reports.tables import CSV_TYPE, XLSX_TYPE

Order: TypeAlias = Callable[[HttpRequest, Desk, Board, OrderForm], HttpResponse]
"""Does something with a round and says where to go on."""


@office_page(may_conduct)
def rounds(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Rounds that run or wait to be sent, and those that are over."""
    concept = desk.concept(slug)
    lines = rounds_of(concept)
    page = {
        "concept": concept,
        "obstacles": obstacles_to_reporting(concept),
        "open": [each for each in lines if each.round.closed_at is None],
        "past": [each for each in lines if each.round.closed_at is not None],
    }
    return render(request, "office/rounds.html", page)


@office_page(may_conduct, methods=BOTH)
def new(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Choose measures, say until when and why; then the round lies ready to be looked at."""
    concept = desk.concept(slug)
    known = Measure.objects.filter(concept=concept).values_list("pk", flat=True)
    data = request.POST if request.method == "POST" else None
    form = RoundForm(data, measures=known, initial=first_words(desk, concept))

    def write(given: Mapping[str, Any]) -> Prepared:
        return prepare_round(concept=concept, by=desk.user, **given)

    if form.is_valid() and (made := _written(request, concept, form, write)):
        return redirect("office:round", slug, made.round.pk)
    return _choosing(request, desk, concept, form, chosen=form.chosen)


@office_page(may_conduct, methods=BOTH)
def change(request: HttpRequest, desk: Desk, slug: str, pk: int) -> HttpResponse:
    """The same form for a round that wasn't sent yet."""
    round_ = _round(desk, slug, pk)
    if round_.sent_at is not None:
        return redirect("office:round", slug, pk)
    known = Measure.objects.filter(concept=round_.concept).values_list("pk", flat=True)
    words = {name: getattr(round_, name) for name in ("subject", "message", "due")}
    data = request.POST if request.method == "POST" else None
    form = RoundForm(data, measures=known, initial={**words, "seen": round_digest(round_)})

    def write(given: Mapping[str, Any]) -> Prepared:
        seen = form.cleaned_data["seen"]
        return change_round(round_=round_, by=desk.user, seen=seen, **given)

    if form.is_valid() and _written(request, round_.concept, form, write):
        return redirect("office:round", slug, pk)
    chosen = form.chosen
    if chosen is None:
        chosen = list(round_.requests.values_list("measure_id", flat=True))
    return _choosing(request, desk, round_.concept, form, chosen=chosen, round_=round_)


def _written(
    request: HttpRequest,
    concept: Concept,
    form: RoundForm,
    write: Callable[[Mapping[str, Any]], Prepared],
) -> Prepared | None:
    """What was written; what is refused stands above the form."""
    given = form.cleaned_data
    measures = list(Measure.objects.filter(concept=concept, pk__in=given["m"]))
    words = {name: given[name] for name in ("subject", "message", "due")}
    try:
        made = write({"measures": measures, **words})
    except Refused as refused:
        form.add_error(None, refused.reasons)
        return None
    if made.left_out:
        codes = ", ".join(each.code for each in made.left_out)
        text = _("Left out, because nobody can be asked: {codes}.").format(codes=codes)
        messages.warning(request, text)
    return made


def _choosing(
    request: HttpRequest,
    desk: Desk,
    concept: Concept,
    form: RoundForm,
    *,
    chosen: list[int] | None,
    round_: Round | None = None,
) -> HttpResponse:
    """The page with the form and the measures; a new round's can be narrowed down."""
    outline = desk.outline(concept)
    known = standings(concept, desk.municipality, internal=True)
    asked = {} if round_ else request.GET
    narrowed = BoardFilter(asked, outline=outline, standings=known, terms=desk.terms)
    choices = choices_of(concept, narrowed.entries(), known, chosen)
    page = {
        "concept": concept,
        "round": round_,
        "form": form,
        "filter": narrowed,
        "obstacles": obstacles_to_reporting(concept),
        "total": len(outline.measures),
        "first": [each for each in choices if each.stands_first],
        "rest": [each for each in choices if not each.stands_first],
    }
    status = 422 if form.errors else 200
    return render(request, "office/round_form.html", page, status=status)


@office_page(may_conduct, methods=BOTH)
def round_page(request: HttpRequest, desk: Desk, slug: str, pk: int) -> HttpResponse:
    """The mails before they leave; afterwards the board of who has answered."""
    board = round_board(_round(desk, slug, pk))
    if request.method == "POST":
        people = [each.recipient.pk for each in board.people]
        form = OrderForm(request.POST, recipients=people)
        return _done(request, desk, board, form)
    page = {"concept": board.round.concept, "board": board, "round": board.round}
    if board.round.sent_at is not None:
        page |= {"last_day": last_day(board.round.due)}
        return render(request, "office/round_board.html", page)
    return render(request, "office/round_preview.html", {**page, **_preview(request, desk, board)})


def _preview(request: HttpRequest, desk: Desk, board: Board) -> dict[str, Any]:
    """The mails as they will look, what keeps them from leaving, and what nobody is asked for."""
    concept = board.round.concept
    outline = desk.outline(concept)
    known = standings(concept, desk.municipality, internal=True)
    choices = choices_of(concept, outline.measures, known)
    return {
        "letters": letters_of(board, origin(request)),
        "obstacles": obstacles_to_sending(board.round),
        "seen": round_digest(board.round),
        "lonely": [each for each in choices if each.is_owed and each.contact is None],
    }


def _done(request: HttpRequest, desk: Desk, board: Board, form: OrderForm) -> HttpResponse:
    """What was ordered, or why not."""
    again = redirect("office:round", board.round.concept.slug, board.round.pk)
    if not form.is_valid():
        for error in (each for errors in form.errors.values() for each in errors):
            messages.error(request, str(error))
        return again
    try:
        return _ORDERS[form.cleaned_data["do"]](request, desk, board, form)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    return again


def _send(request: HttpRequest, desk: Desk, board: Board, form: OrderForm) -> HttpResponse:
    site = origin(request)
    number = send_round(
        round_=board.round,
        by=desk.user,
        link_to=links_from(site),
        site=site,
        seen=form.cleaned_data["seen"],
    )
    said = ngettext("{number} mail is on its way.", "{number} mails are on their way.", number)
    messages.success(request, said.format(number=number))
    return redirect("office:round", board.round.concept.slug, board.round.pk)


def _discard(request: HttpRequest, desk: Desk, board: Board, _form: OrderForm) -> HttpResponse:
    discard_round(round_=board.round, by=desk.user)
    messages.success(request, _("The round was discarded; nobody got a mail."))
    return redirect("office:rounds", board.round.concept.slug)


def _close(request: HttpRequest, desk: Desk, board: Board, _form: OrderForm) -> HttpResponse:
    close_round(round_=board.round, by=desk.user)
    messages.success(request, _("The round is closed. Its links take no more answers."))
    return redirect("office:round", board.round.concept.slug, board.round.pk)


def _renew(request: HttpRequest, desk: Desk, board: Board, form: OrderForm) -> HttpResponse:
    wanted = form.cleaned_data["recipient"]
    person = next(each.recipient for each in board.people if each.recipient.pk == wanted)
    renew_link(recipient=person, by=desk.user, link_to=links_from(board.round.site))
    said = _("{name} gets a mail with a new link. The old one doesn’t work any more.")
    messages.success(request, said.format(name=person))
    return redirect("office:round", board.round.concept.slug, board.round.pk)


_ORDERS: Final[Mapping[str, Order]] = {
    "send": _send,
    "discard": _discard,
    "close": _close,
    "renew": _renew,
}


@office_page(may_conduct)
def table(_request: HttpRequest, desk: Desk, slug: str, pk: int, suffix: str) -> HttpResponse:
    """The board as a table to keep."""
    round_ = _round(desk, slug, pk)
    if suffix not in {"csv", "xlsx"} or round_.sent_at is None:
        raise Http404(_("There is no such table."))
    made = round_table(round_board(round_))
    name = f"{desk.municipality.slug}-{slug}-runde-{pk}.{suffix}"
    if suffix == "csv":
        return download(made.csv(), content_type=CSV_TYPE, name=name)
    return download(made.xlsx(), content_type=XLSX_TYPE, name=name)


def _round(desk: Desk, slug: str, pk: int) -> Round:
    concept = desk.concept(slug)
    found = Round.objects.filter(concept=concept, pk=pk).select_related("created_by").first()
    if found is None:
        raise Http404(_("There is no such round; perhaps somebody discarded it."))
    found.concept = concept
    return found
