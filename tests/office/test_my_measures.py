"""The measures somebody reports on: what is owed first, one tap away, and what they reported."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, Organisation, User
from leitbild.delivery.actions import NewUpdate, record_updates
from leitbild.delivery.actions.milestones import add_milestone
from leitbild.delivery.models import ProgressUpdate, Recipient, Round, UpdateRequest
from leitbild.plan.models import Concept, Measure
from tests.elements import by_class, by_id, links, parsed, words
from tests.markup import assert_valid
from tests.office.writing import values
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, report_on, settle

PAGE = "/office/meine-massnahmen/"


@pytest.fixture
def town(db: None) -> Municipality:
    """Three measures of the school office, one of another, one nobody leads."""
    return settle(
        plan(
            *(measure(code, f"Vorhaben {code}", lead="schulamt") for code in ("1.1", "1.2", "1.3")),
            measure("1.4", "Bauen", lead="amt-fuer-bau"),
            measure("1.5", "Ohne"),
        )
    )


@pytest.fixture
def editor(town: Municipality) -> User:
    return member(town, Role.EDITOR, organisation=Organisation.objects.get(slug="schulamt"))


def opened(client: Client, query: str = "") -> Any:
    response = client.get(f"{PAGE}{query}")
    assert_valid(response)
    return parsed(response)


def lines(root: Any) -> list[str]:
    return [words(each) for each in by_class(root, "delivery__what")]


def ago(days: int) -> str:
    return (timezone.localdate() - dt.timedelta(days=days)).isoformat()


def the(code: str) -> Measure:
    return Measure.objects.select_related("concept__municipality").get(code=code)


def test_what_is_owed_stands_first(town: Municipality, editor: User) -> None:
    report_on(town, "1.1", "done", ago(900))
    report_on(town, "1.2", "under_way", ago(10))
    report_on(town, "1.3", "under_way", ago(400))
    add_milestone(measure=the("1.2"), title="Bald", due=timezone.localdate(), by=None)
    add_milestone(measure=the("1.2"), title="Vorbei", due=dt.date(2020, 1, 1), by=None)
    add_milestone(measure=the("1.2"), title="Später", due=dt.date(2150, 1, 1), by=None)
    asked = Round.objects.create(
        concept=the("1.3").concept,
        subject="S",
        message="M",
        due=dt.date(2026, 3, 1),
        sent_at=timezone.now(),
    )
    ada = Recipient.objects.create(round=asked, name="Ada", email="ada@example.org")
    UpdateRequest.objects.create(round=asked, recipient=ada, measure=the("1.3"))

    root = opened(signed_in(editor))

    silent, fresh, closed = lines(root)
    assert silent == (
        "1.3 Vorhaben 1.3 under way · No news for 400 days "
        "Ada was asked by mail to answer by 1 March 2026."
    )
    assert fresh.startswith("1.2 Vorhaben 1.2 under way · Last news ")
    assert "Milestone: Vorbei, due 1 January 2020 overdue Milestone: Bald, due " in fresh
    assert "Später" not in fresh
    assert closed.startswith("1.1 Vorhaben 1.1 done · Last news ")
    assert "News of 1 measure is owed; it stands first." in words(root)
    taps = [words(each) for each in by_class(root, "delivery__taps")]
    assert taps == [
        "Unchanged: 1.3 Report news: 1.3",
        "Unchanged: 1.2 Report news: 1.2",
        "Report news: 1.1",
    ]


def test_one_tap_confirms_that_nothing_has_changed(town: Municipality, editor: User) -> None:
    report_on(town, "1.3", "under_way", ago(400))
    client = signed_in(editor)
    form = next(by_id(opened(client), f"measure-{the('1.3').pk}").iter("form"))

    response = client.post(form.attrib["action"], dict(values(form)))

    assert response["Location"] == PAGE
    root = opened(client)
    assert "1.3: you confirmed that nothing has changed." in words(root)
    assert ProgressUpdate.objects.filter(kind="confirmed", author=editor).count() == 1
    reported = by_class(root, "delivery__update")[0]
    assert "Confirmed unchanged: under way" in words(reported)


def test_officer_sees_all_by_organisation(town: Municipality) -> None:
    root = opened(signed_in(member(town, Role.OFFICER)))

    headings = [words(each) for each in root.iter("h2") if not each.attrib.get("id")]
    assert headings == ["Schulamt", "Amt für Bau", "no lead"]
    assert len(lines(root)) == 5
    assert "News of 5 measures is owed; they stand first." in words(root)


def test_history_is_ones_own_and_paged(town: Municipality, editor: User) -> None:
    lesen = the("1.1")
    other = member(town, Role.OFFICER)
    day = dt.date(2025, 1, 31)
    news = [NewUpdate(lesen, day, "under_way", f"Nachricht {each}") for each in range(25)]
    record_updates(updates=news, by=editor)
    record_updates(updates=[NewUpdate(lesen, day, "done", "Nicht von ihr")], by=other)
    client = signed_in(editor)

    first, second = opened(client), opened(client, "?page=2")

    found = [
        [words(each) for each in by_class(root, "delivery__update")] for root in (first, second)
    ]
    assert [len(each) for each in found] == [20, 5]
    assert found[0][0].endswith("under way 1.1 Vorhaben 1.1 Nachricht 24")
    assert "Nicht von ihr" not in words(first) + words(second)
    assert "?page=2" in links(first)


def test_empty_pages_say_why(town: Municipality, editor: User) -> None:
    client = signed_in(editor)
    assert "You have not reported anything yet." in words(opened(client))

    Measure.objects.update(lead=None)
    assert words(by_class(opened(client), "empty")[0]).startswith(
        "Your organisation leads no measure."
    )

    Concept.objects.update(status="draft")
    assert words(by_class(opened(client), "empty")[0]).startswith(
        "No edition has been adopted yet."
    )


def test_page_takes_the_same_queries_for_much_and_little(town: Municipality) -> None:
    client = signed_in(member(town, Role.OFFICER))
    report_on(town, "1.1", "under_way")
    client.get(PAGE)

    few = queries_of(lambda: client.get(PAGE))
    grow(town, 30)
    for each in Measure.objects.filter(code__startswith="9."):
        add_milestone(measure=each, title="Vorbei", due=dt.date(2020, 1, 1), by=None)

    assert_same_number(few, queries_of(lambda: client.get(PAGE)))
    assert len(few) <= 12


def test_today_leads_an_editor_to_the_news_they_owe(town: Municipality, editor: User) -> None:
    report_on(town, "1.1", "done", ago(900))
    report_on(town, "1.3", "under_way", ago(400))
    client = signed_in(editor)

    section = next(
        each
        for each in by_class(parsed(client.get("/office/")), "waiting")
        if each.attrib["aria-labelledby"] == "news-owed"
    )

    assert [words(each) for each in by_class(section, "waiting__line")] == [
        "1.2 Vorhaben 1.2 No news yet",
        "1.3 Vorhaben 1.3 No news for 400 days",
    ]
    assert links(section)[0] == f"/office/umsetzung/2025/{the('1.2').pk}/"
    few = queries_of(lambda: client.get("/office/"))
    grow(town, 30)
    Measure.objects.filter(code__startswith="9.").update(
        lead=Organisation.objects.get(slug="schulamt")
    )
    assert_same_number(few, queries_of(lambda: client.get("/office/")))
    assert PAGE in links(parsed(client.get("/office/")))


def test_those_who_report_nothing_are_refused(town: Municipality) -> None:
    assert signed_in(member(town, Role.OBSERVER)).get(PAGE).status_code == 403
