"""The board says where the plan stands; its tables and calendars say the same."""

import csv
import datetime as dt
import io
from functools import partial
from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Membership, Municipality, Organisation, User
from leitbild.delivery.models import Milestone, Money
from leitbild.delivery.queries.calendars import calendar_token
from leitbild.plan.models import Measure
from tests.elements import by_class, parsed, words
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, report_on, settle

TODAY = dt.date(2026, 3, 1)
BOARD = "/office/umsetzung/2025/"


@pytest.fixture
def town(db: None) -> Municipality:
    """Three measures: one with everything, one that nobody leads and is silent, one done."""
    settle(
        plan(
            measure("1.1", "Lesen", lead="schulamt"),
            measure("1.2", "Rechnen"),
            measure("1.3", "Singen", lead="schulamt"),
        )
    )
    town = Municipality.objects.get()
    lesen, rechnen, singen = Measure.objects.order_by("code")
    report_on(town, "1.1", "delayed", "2025-06-01")
    report_on(town, "1.3", "done", "2024-01-01")
    Milestone.objects.create(measure=lesen, title="Start", due=TODAY - dt.timedelta(days=3))
    Milestone.objects.create(measure=rechnen, title="Buch", due=TODAY + dt.timedelta(days=90))
    Milestone.objects.create(measure=rechnen, title="Fest", due=TODAY + dt.timedelta(days=91))
    Milestone.objects.create(measure=singen, title="Chor", due=TODAY, done=TODAY)
    Money.objects.create(
        measure=lesen, year=2026, source="budget", planned_cents=1_250_000, spent_cents=50
    )
    Money.objects.create(measure=lesen, year=2026, source="grant", planned_cents=1)
    Money.objects.create(measure=singen, year=2026, source="budget", spent_cents=25)
    return town


def rows(client: Client, name: str, query: str = "") -> list[list[str]]:
    """A table of the board as CSV, without its titles."""
    content = client.get(f"{BOARD}tabelle/{name}.csv{query}").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=";"))[1:]


@time_machine.travel(TODAY, tick=False)
def test_board_and_its_tables_say_where_the_plan_stands(town: Municipality) -> None:
    observer = signed_in(member(town, Role.OBSERVER))

    page = parsed(observer.get(BOARD))

    matrix = [
        [words(cell) for cell in row] for row in by_class(page, "board__matrix")[0].iter("tr")
    ]
    assert matrix[0][1:] == ["done", "delayed", "no news yet", "All"]
    assert matrix[1][1:] == ["1", "1", "1", "3"]
    radar = [[words(cell) for cell in row][:2] for row in by_class(page, "board__radar")[0][2]]
    assert [name for name, _silent in radar] == ["Schulamt", "nobody leads"]
    assert [row[:2] + row[7:] for row in rows(observer, "massnahmen")] == [
        ["1.1", "Lesen", "Start", "2026-02-26"],
        ["1.2", "Rechnen", "Buch", "2026-05-30"],
        ["1.3", "Singen", "", ""],
    ]
    assert rows(observer, "staende") == [["1 Bildung", "1", "1", "1", "3"]]
    assert rows(observer, "aktualitaet") == [
        ["Schulamt", "0", "1", "0", "1", "273"],
        ["nobody", "0", "0", "1", "0", ""],
    ]
    assert [(row[0], row[5]) for row in rows(observer, "meilensteine")] == [
        ("2026-02-26", "overdue"),
        ("2026-05-30", "open"),
    ]
    assert [row[1:] for row in rows(observer, "geld")] == [["2026", "12500.01", "0.75", "1", "2"]]


@time_machine.travel(TODAY, tick=False)
def test_board_shows_what_is_asked_for_and_says_what_is_not_there(town: Municipality) -> None:
    officer = signed_in(member(town, Role.OFFICER))

    nobodys = rows(officer, "massnahmen", "?lead=-")
    due = rows(officer, "massnahmen", "?freshness=due&state=delayed&theme=1")
    empty = officer.get(f"{BOARD}?state=stopped").content.decode()
    unknown = officer.get(f"{BOARD}?theme=9").content.decode()

    assert [row[0] for row in nobodys] == ["1.2"]
    assert [row[0] for row in due] == ["1.1"]
    assert "Nothing fits what you chose." in empty
    assert "does not have (9)" in unknown
    assert officer.get(f"{BOARD}tabelle/geld.xlsx").content[:2] == b"PK"
    assert officer.get(f"{BOARD}tabelle/gold.csv").status_code == 404
    assert officer.get(f"{BOARD}tabelle/geld.pdf").status_code == 404


def test_board_costs_the_same_for_few_and_many_measures(town: Municipality) -> None:
    officer = signed_in(member(town, Role.OFFICER))
    few = queries_of(partial(officer.get, BOARD))

    grow(town, 30)

    assert_same_number(few, queries_of(partial(officer.get, BOARD)))
    assert len(few) <= 16


def events(response: Any) -> list[Any]:
    """What a calendar holds."""
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def told(response: Any) -> list[tuple[str, dt.date]]:
    """Summaries and days of a calendar."""
    return [(str(each["summary"]), each["dtstart"].dt) for each in events(response)]


@time_machine.travel(TODAY, tick=False)
def test_calendar_is_the_persons_or_the_organisations(town: Municipality, client: Client) -> None:
    school = Organisation.objects.get(slug="schulamt")
    officer = member(town, Role.OFFICER)
    editor = member(town, Role.EDITOR, organisation=school)

    all_of_it, own, schools = (
        client.get(f"/office/kalender/{calendar_token(each)}.ics")
        for each in (officer, editor, school)
    )

    assert len(events(all_of_it)) == 4
    assert [day for _what, day in told(schools)] == [day for _what, day in told(own)]
    assert told(schools)[1][0] == "Erledigt: 1.3: Chor"
    assert told(own) == [
        ("1.1: Start", dt.date(2026, 2, 26)),
        ("Done: 1.3: Chor", dt.date(2026, 3, 1)),
    ]
    assert own["Content-Type"] == "text/calendar; charset=utf-8"
    event = events(own)[0]
    sheet = f"http://testserver{BOARD}{Measure.objects.get(code='1.1').pk}/"
    assert (event["url"], event["dtend"].dt) == (sheet, dt.date(2026, 2, 27))


def test_calendar_of_who_left_or_of_nobody_is_not_found(town: Municipality, client: Client) -> None:
    school = Organisation.objects.get(slug="schulamt")
    officer = member(town, Role.OFFICER)
    token = calendar_token(officer)
    Membership.objects.all().delete()
    other = Municipality.objects.create(slug="y", name="Y", languages=["de"])
    foreign = Organisation.objects.create(municipality=other, slug="x", name="X", kind="body")
    forged = calendar_token(school).replace("o", "p", 1)
    unsaved = calendar_token(User(pk=10**6))

    tried = [token, forged, unsaved, calendar_token(foreign), "x", "p1", token[:-1]]

    assert {client.get(f"/office/kalender/{each}.ics").status_code for each in tried} == {404}
