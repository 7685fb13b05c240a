"""The audit log: who may read it, what it says, what is exported, and that nobody changes it."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import load_workbook

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.core.actions import record_event
from leitbild.core.models import AuditEvent
from leitbild.plan.models import Concept, Measure, Revision
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.people import member, person, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import measure, plan, settle

LOG = "/office/protokoll/"


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("2.3", "Sprachcafé")))


@pytest.fixture
def officer(town: Municipality) -> Client:
    return signed_in(member(town, Role.OFFICER))


def log(town: Municipality, action: str = "measure.edit", **more: Any) -> AuditEvent:
    record = more.pop("record", None) or Measure.objects.get(concept__municipality=town)
    by = more.pop("by", None)
    return record_event(
        action=action,
        by=by,
        municipality_id=town.pk,
        record=record,
        changes=more.pop("changes", {}),
    )


def lines(response: Any) -> list[tuple[str, str]]:
    """Who did what, in the order of the page."""
    rows = [row for row in parsed(response).iter("tr") if row.find("td") is not None]
    return [(words(row[1]), words(next(iter(row[2].iter("summary")), row[2]))) for row in rows]


def test_events_stand_as_sentences_newest_first(officer: Client, town: Municipality) -> None:
    ada = person("ada@example.org", name="Ada Lovelace")
    log(town, "measure.edit", by=ada, changes={"fields": {"title": ["Café", "Sprachcafé"]}})

    response = officer.get(LOG)

    assert_valid(response)
    assert lines(response)[:2] == [
        ("Ada Lovelace", "Measure 2.3 Sprachcafé changed"),
        ("command line", "Plan 2025 imported from a file"),
    ]


def test_changes_are_a_readable_list(officer: Client, town: Municipality) -> None:
    log(
        town,
        changes={
            "fields": {"title": ["Café", "Sprachcafé"], "sample": [True, False]},
            "reason": "Der Name war zu kurz.",
        },
    )

    found = by_class(parsed(officer.get(LOG)), "facts")[0]

    assert [words(each) for each in found] == [
        "Title",
        "Café → became Sprachcafé",
        "Sample",
        "yes → became no",
        "Reason",
        "Der Name war zu kurz.",
    ]


def test_part_that_is_gone_keeps_its_name(officer: Client, town: Municipality) -> None:
    measure = Measure.objects.get()
    Revision.objects.create(
        concept_id=measure.concept_id,
        kind="measure",
        part_id=measure.pk,
        number=99,
        change="deleted",
        content={"code": "2.3", "title": "Sprachcafé am Markt"},
    )
    log(town)
    measure.delete()

    assert lines(officer.get(LOG))[0] == ("command line", "Measure 2.3 Sprachcafé am Markt changed")


def test_people_are_named(officer: Client, town: Municipality) -> None:
    ada = person("ada@example.org", name="Ada Lovelace")
    before, after = {"user": ada.pk, "role": "editor"}, {"user": ada.pk, "role": "officer"}
    log(town, "membership.change", record=town, changes={"before": before, "after": after})

    response = officer.get(LOG)

    assert "Ada Lovelace" in lines(response)[0][1]
    found = by_class(parsed(response), "facts")[0]
    assert [words(each) for each in found] == ["Role", "editor → became integration officer"]


def test_other_municipality_stays_unseen(officer: Client, town: Municipality) -> None:
    other = Municipality.objects.create(slug="b", name="Geheimstadt", languages=["de"])
    log(other, "municipality.create", record=other)

    for name in ("log", "log-csv"):
        assert "Geheimstadt" not in officer.get(reverse(f"office:{name}")).content.decode()


def test_filters_narrow_the_list(officer: Client, town: Municipality) -> None:
    ada = person("ada@example.org", name="Ada Lovelace")
    log(town, "measure.edit", by=ada)
    log(town, "concept.edit", by=ada, record=Concept.objects.get())
    log(town, "measure.edit")
    today, tomorrow = timezone.localdate(), timezone.localdate() + dt.timedelta(days=1)

    def found(query: str) -> list[str]:
        return [what for _who, what in lines(officer.get(f"{LOG}?{query}"))]

    changed, edition = "Measure 2.3 Sprachcafé changed", "Edition Plan 2025 changed"
    assert found(f"person={ada.pk}") == [edition, changed]
    assert found("person=-&action=measure.edit") == [changed]
    assert found("record=plan.concept&action=concept.edit") == [edition]
    assert len(found(f"since={today}&until={today}")) == len(found(""))
    assert found(f"since={tomorrow}") == []


def test_who_acts_by_a_link_is_named_and_found_beside_the_command_line(
    officer: Client, town: Municipality
) -> None:
    record_event(
        action="answer.give",
        by=None,
        municipality_id=town.pk,
        record=Measure.objects.get(),
        changes={"kind": "not_mine"},
        by_link_of="Frau Ada",
    )

    response = officer.get(f"{LOG}?person=-")

    assert lines(response)[0] == (
        "Frau Ada (by link)",
        "Question about 2.3 Sprachcafé answered by link",
    )
    found = by_class(parsed(response), "facts")[0]
    assert [words(each) for each in found] == ["Kind", "not mine any more"]
    chosen = [each for each in parsed(response).iter("option") if "selected" in each.attrib]
    assert words(chosen[0]) == "nobody with an account"


def test_filter_that_finds_nothing_says_so(officer: Client) -> None:
    response = officer.get(f"{LOG}?until=1999-01-01")

    assert_valid(response)
    assert "No event matches this filter." in response.content.decode()


@pytest.mark.parametrize(
    "query", ["person=x", "action=nothing", "since=yesterday", "page=99", "until=1&page=x"]
)
def test_filter_that_makes_no_sense_is_harmless(officer: Client, query: str) -> None:
    response = officer.get(f"{LOG}?{query}")

    assert response.status_code == 200
    assert_valid(response)


def test_period_that_ends_before_it_begins_is_told(officer: Client) -> None:
    response = officer.get(f"{LOG}?since=2025-02-01&until=2025-01-01")

    assert "This is before the first day." in response.content.decode()


def test_list_goes_on_with_the_filter(officer: Client, town: Municipality) -> None:
    for _each in range(51):
        log(town)

    first = officer.get(f"{LOG}?action=measure.edit")
    second = officer.get(f"{LOG}?action=measure.edit&page=2")

    assert (len(lines(first)), len(lines(second))) == (50, 1)
    assert 'href="?action=measure.edit&amp;page=2"' in first.content.decode()


def test_export_holds_exactly_what_is_filtered(officer: Client, town: Municipality) -> None:
    for _each in range(51):
        log(town, changes={"reason": "=1+1"})
    log(town, "concept.edit", record=Concept.objects.get())

    as_csv = officer.get(reverse("office:log-csv") + "?action=measure.edit")
    as_xlsx = officer.get(reverse("office:log-xlsx") + "?action=measure.edit")

    table = list(csv.reader(io.StringIO(as_csv.content.decode("utf-8-sig")), delimiter=";"))
    sheet = load_workbook(io.BytesIO(as_xlsx.content)).get_sheet_by_index(0).to_python()
    assert table[0][:4] == ["Number", "When", "Who", "What"]
    assert len(table) == len(sheet) == 52
    assert {row[3] for row in table[1:]} == {"Measure 2.3 Sprachcafé changed"}
    assert [row[:5] for row in table] == [row[:5] for row in sheet]
    assert table[1][7] == "Reason: =1+1"
    assert as_csv["Content-Disposition"] == 'attachment; filename="musterstadt-protokoll.csv"'
    assert as_csv["Cache-Control"] == "no-store, private"


def test_log_takes_as_many_queries_for_many_events(officer: Client, town: Municipality) -> None:
    address = f"{LOG}?action=measure.edit"
    log(town)
    officer.get(address)
    few = queries_of(lambda: officer.get(address))
    for _each in range(60):
        log(town)
    many = queries_of(lambda: officer.get(address))

    assert_same_number(few, many)


@pytest.mark.parametrize(
    "statement", ["UPDATE core_auditevent SET action='x'", "DELETE FROM core_auditevent"]
)
def test_database_refuses_to_change_what_was_logged(town: Municipality, statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEvent.objects.exclude(action="x").exists()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", ["log", "log-csv", "log-xlsx"])
def test_log_can_only_be_read(officer: Client, method: str, name: str) -> None:
    assert getattr(officer, method)(reverse(f"office:{name}")).status_code == 405


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["since", "until"])
@pytest.mark.parametrize("page", [LOG, f"{LOG}tabelle.csv", f"{LOG}tabelle.xlsx"])
def test_day_beyond_all_days_is_not_asked_for(
    officer: Client, page: str, name: str, day: str
) -> None:
    assert officer.get(page, {name: day}).status_code == 200
