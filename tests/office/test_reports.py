"""The reports to the council: looked at, taken along, frozen, found again."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User
from leitbild.core.models import AuditEvent
from leitbild.delivery.models import FrozenReport, Milestone, Money
from leitbild.plan.models import Concept, Measure
from tests.elements import by_class, links, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, report_on, settle

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
REPORTS = "/office/umsetzung/2025/berichte/"
HALF = "since=2025-07-01&until=2025-12-31"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def town(db: None, clock: None) -> Municipality:
    """One measure moved to delayed in the last half-year, of the other nothing is known."""
    town = settle(plan(measure("1.1", "Lesen", lead="schulamt"), measure("1.2", "Rechnen")))
    report_on(town, "1.1", "under_way", "2025-03-01")
    report_on(town, "1.1", "delayed", "2025-08-01")
    lesen = Measure.objects.get(code="1.1")
    Money.objects.create(measure=lesen, year=2025, source="budget", planned_cents=1_250_000)
    Milestone.objects.create(measure=lesen, title="Start", due=dt.date(2025, 9, 1))
    return town


@pytest.fixture
def officer(town: Municipality) -> Client:
    return signed_in(member(town, Role.OFFICER))


def freeze(client: Client, query: str = "") -> Any:
    """Press the button of the page at this address."""
    form = next(
        each
        for each in parsed(client.get(f"{REPORTS}?{query}")).iter("form")
        if each.get("action", "").endswith("einfrieren/")
    )
    values = {each.attrib["name"]: each.get("value", "") for each in form.iter("input")}
    return client.post(form.attrib["action"], values, follow=True)


def section(page: Any, name: str) -> Any:
    """The part of a page whose heading has this id."""
    return next(each for each in page.iter("section") if each.get("aria-labelledby") == name)


def said(response: Any) -> list[str]:
    return [words(each) for each in by_class(parsed(response), "said__line")]


def test_page_shows_what_the_report_on_the_last_half_year_would_say(officer: Client) -> None:
    response = officer.get(REPORTS)

    assert_valid(response)
    page = parsed(response)
    rows = [[words(cell) for cell in row] for row in by_class(page, "report__matrix")[0].iter("tr")]
    assert rows[1][0] == "1 Bildung"
    assert [row[1:] for row in rows[1:]] == [["0 (1)", "1 (0)", "1", "2"]] * 2
    assert "Grund bei 1.1" in words(section(page, "still"))
    assert "Start" in words(section(page, "decisions"))
    assert "12.500" in words(by_class(page, "report__money")[0])
    chosen = [each for each in page.iter("a") if each.get("aria-current") == "true"]
    assert [words(each) for each in chosen][-1:] == ["Last half-year"]


def test_officer_freezes_a_report_and_everybody_finds_it_again(
    town: Municipality, officer: Client
) -> None:
    frozen = freeze(officer, f"{HALF}&audience=public&language=ar")
    again = freeze(officer, f"{HALF}&audience=public&language=ar")
    Measure.objects.update(title="Anders")

    assert (frozen.redirect_chain[0][0], said(frozen)) == (
        f"{REPORTS}1/",
        ["Report 1 is frozen and stays as it is."],
    )
    assert said(again) == ["Report 1 says exactly this already; nothing was frozen again."]
    row = FrozenReport.objects.get()
    assert (row.audience, row.language, row.until) == ("public", "ar", dt.date(2025, 12, 31))
    assert AuditEvent.objects.get(action="report.freeze").changes["digest"] == row.digest
    observer = signed_in(member(town, Role.OBSERVER))
    page = parsed(observer.get(f"{REPORTS}1/"))
    assert by_class(page, "report")[0].attrib["dir"] == "rtl"
    assert row.digest in words(page)
    assert ("Lesen" in words(page), "Anders" in words(page)) == (True, False)
    listed = parsed(observer.get(REPORTS))
    assert f"{REPORTS}1/" in links(section(listed, "frozen"))
    assert by_class(listed, "report__freeze") == []
    files = [officer.get(f"{REPORTS}1/bericht.{kind}") for kind in ("pdf", "docx", "xlsx")]
    assert [each.content[:2] for each in files] == [b"%P", b"PK", b"PK"]
    assert files[0]["Content-Disposition"] == (
        'attachment; filename="musterstadt-2025-bericht-1-2025-07-01-2025-12-31.pdf"'
    )
    assert_valid(observer.get(REPORTS))
    assert_valid(observer.get(f"{REPORTS}1/"))


def test_report_that_changed_meanwhile_is_not_frozen(town: Municipality, officer: Client) -> None:
    form = by_class(parsed(officer.get(f"{REPORTS}?{HALF}")), "report__freeze")[0]
    values = {each.attrib["name"]: each.get("value", "") for each in form.iter("input")}
    report_on(town, "1.2", "done", "2025-10-01")

    response = officer.post(form.attrib["action"], values, follow=True)

    assert said(response) == [
        "The report has changed since you looked at it. Please look again, then freeze."
    ]
    assert response.redirect_chain[0][0] == f"{REPORTS}?{HALF}&audience=council&language=de"
    assert not FrozenReport.objects.exists()


def test_preview_is_taken_along_without_freezing(officer: Client) -> None:
    for kind in ("pdf", "docx", "xlsx"):
        response = officer.get(f"{REPORTS}bericht.{kind}?{HALF}&audience=public")
        assert (response.status_code, response.content[:2] in (b"%P", b"PK")) == (200, True)

    assert officer.get(f"{REPORTS}bericht.odt?{HALF}").status_code == 404
    wrong = officer.get(f"{REPORTS}bericht.pdf?since=2026-01-01&until=2025-01-01")
    assert wrong["Location"] == f"{REPORTS}?since=2026-01-01&until=2025-01-01"
    assert not FrozenReport.objects.exists()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("since=2026-01-01&until=2025-01-01", "before it begins on 1 January 2026. Please"),
        ("until=2026-03-02", "which has not come yet. A report says what has happened"),
        ("since=gestern", "Enter a valid date."),
        ("since=", "This is missing. Please fill it in."),
        ("audience=all", "Select a valid choice."),
        ("language=fr", "Select a valid choice."),
    ],
)
def test_what_cannot_be_reported_on_is_said(officer: Client, query: str, sentence: str) -> None:
    response = officer.get(f"{REPORTS}?{query}")

    assert response.status_code == 200
    assert sentence in words(parsed(response))
    assert by_class(parsed(response), "report__take") == []


def test_draft_has_no_report_and_unknown_ones_are_not_found(officer: Client) -> None:
    missing = [officer.get(f"{REPORTS}{place}").status_code for place in ("7/", "7/bericht.pdf")]
    Concept.objects.update(status="draft")

    page = officer.get(REPORTS)
    refused = officer.post(f"{REPORTS}einfrieren/", follow=True)

    assert missing == [404, 404]
    assert "This edition is a draft, so there is nothing to report on yet." in words(parsed(page))
    assert (refused.status_code, FrozenReport.objects.count()) == (200, 0)


def test_report_of_another_version_says_so(town: Municipality, officer: Client) -> None:
    FrozenReport.objects.create(
        concept=Concept.objects.get(),
        number=4,
        since=NOW.date(),
        until=NOW.date(),
        audience="council",
        language="de",
        content={"format": "leitbild-report/2"},
        digest="0" * 64,
    )

    page, file = officer.get(f"{REPORTS}4/"), officer.get(f"{REPORTS}4/bericht.pdf", follow=True)

    assert "Report 4 doesn’t match its digest" in words(by_class(parsed(page), "notice--halt")[0])
    assert "bericht.pdf" not in page.content.decode()
    assert file.redirect_chain[0][0] == f"{REPORTS}4/"


def test_list_and_preview_take_the_same_queries_however_much_there_is(
    town: Municipality, officer: Client
) -> None:
    freeze(officer)
    few = queries_of(lambda: officer.get(REPORTS))
    grow(town, 30)
    FrozenReport.objects.bulk_create(
        FrozenReport(
            concept=Concept.objects.get(),
            number=number,
            since=NOW.date(),
            until=NOW.date(),
            audience="council",
            language="de",
            content={},
            digest=f"{number:064}",
            frozen_by=User.objects.get(),
        )
        for number in range(2, 31)
    )

    many = queries_of(lambda: officer.get(REPORTS))

    assert_same_number(few, many)
    assert len(by_class(parsed(officer.get(REPORTS)), "digest")) == 30


def test_period_since_the_last_report_is_offered(officer: Client) -> None:
    freeze(officer, HALF)

    presets = by_class(parsed(officer.get(REPORTS)), "report__presets")[0]

    assert [words(each) for each in presets] == [
        "Last half-year 1 July 2025 – 31 December 2025",
        "Last year 1 January 2025 – 31 December 2025",
        "Since the last report 1 January 2026 – 1 March 2026",
    ]
    assert links(presets)[2] == "?since=2026-01-01&until=2026-03-01&audience=council&language=de"
