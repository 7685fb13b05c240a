"""The board: where the plan stands, and its tables and calendars to take along."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leitbild.accounts.middleware import origin, requested_municipality
from leitbild.delivery.models import Milestone
from leitbild.delivery.queries import standings
from leitbild.delivery.queries.board import Board, money_of, open_milestones
from leitbild.delivery.queries.calendars import calendar_behind, calendar_token
from leitbild.delivery.rules import may_read_delivery
from leitbild.office.delivery.forms.board import BoardFilter
from leitbild.office.delivery.money_bars import money_bars
from leitbild.office.desk import Desk, office_page
from leitbild.office.downloads import download
from leitbild.reports.board_tables import TABLES, board_table
from leitbild.reports.calendars import ICS_TYPE, milestone_calendar
from leitbild.reports.tables import CSV_TYPE, XLSX_TYPE


@office_page(may_read_delivery)
def board(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """All measures by state and theme, freshness, milestones, money."""
    form, shown = _asked_for(request, desk, slug)
    site = origin(request)
    page = {
        "concept": desk.concept(slug),
        "form": form,
        "board": shown,
        "states": [
            (name, shown.standings.shape(name), shown.standings.label(name), count)
            for name, count in zip(shown.state_names, shown.totals, strict=True)
        ],
        "query": request.GET.urlencode(),
        "money": money_bars(shown),
        "own_calendar": site + _calendar(calendar_token(desk.user)),
        "calendars": [
            (each.organisation, site + _calendar(calendar_token(each.organisation)))
            for each in shown.departments
            if each.organisation
        ],
    }
    return render(request, "office/board.html", page)


def _calendar(token: str) -> str:
    return reverse("office:calendar", args=[token])


@office_page(may_read_delivery)
def table(request: HttpRequest, desk: Desk, slug: str, name: str, suffix: str) -> HttpResponse:
    """One of the board's tables, exactly as the page shows it for the same address."""
    if name not in TABLES or suffix not in {"csv", "xlsx"}:
        raise Http404(_("There is no such table."))
    _form, shown = _asked_for(request, desk, slug)
    made = board_table(name, shown, terms=desk.terms)
    file = f"{desk.municipality.slug}-{slug}-{name}.{suffix}"
    if suffix == "csv":
        return download(made.csv(), content_type=CSV_TYPE, name=file)
    return download(made.xlsx(), content_type=XLSX_TYPE, name=file)


def _asked_for(request: HttpRequest, desk: Desk, slug: str) -> tuple[BoardFilter, Board]:
    concept = desk.concept(slug)
    outline = desk.outline(concept)
    known = standings(concept, desk.municipality, internal=True)
    form = BoardFilter(request.GET, outline=outline, standings=known, terms=desk.terms)
    steps, money = open_milestones(concept), money_of(concept)
    return form, Board(outline, known, steps, money, form.entries())


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """A person's or an organisation's milestones; who has the address may read it."""
    municipality = requested_municipality(request)
    feed = calendar_behind(token, municipality) if municipality else None
    if feed is None:
        raise Http404(_("There is no such calendar."))
    site = origin(request)

    def url_of(milestone: Milestone) -> str:
        place = [milestone.measure.concept.slug, milestone.measure_id]
        return site + reverse("office:sheet", args=place)

    with translation.override(feed.language or request.LANGUAGE_CODE):
        name = _("Milestones: {name}").format(name=feed.name)
        content = milestone_calendar(
            feed.milestones, name=name, host=request.get_host(), url_of=url_of
        )
    return download(content, content_type=ICS_TYPE, name="meilensteine.ics")
