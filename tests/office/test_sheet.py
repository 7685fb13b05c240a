"""One measure's delivery in the office: what it shows, who writes, what comes back."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Contact, Municipality, Organisation
from leitbild.delivery.models import (
    Attachment,
    ProgressUpdate,
    Responsibility,
    Rhythm,
)
from leitbild.plan.models import Concept, Measure
from tests.elements import by_class, by_id, links, parsed, words
from tests.office.sheets import address, faults, filled, send, sheet
from tests.office.writing import values
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import report_on


@pytest.fixture
def lesen(writing_town: Municipality, tmp_path: Path, settings: Any) -> Measure:
    """A measure of the school office."""
    settings.MEDIA_ROOT = tmp_path
    return Measure.objects.select_related("concept__municipality", "lead").get(code="1.1")


@pytest.fixture
def officer(lesen: Measure) -> Client:
    return signed_in(member(lesen.concept.municipality, Role.OFFICER))


@pytest.fixture
def editor(lesen: Measure) -> Client:
    return signed_in(member(lesen.concept.municipality, Role.EDITOR, organisation=lesen.lead))


NEWS: dict[str, Any] = {"state": "under_way", "text": "Läuft.", "readers": "public"}


def news(**more: Any) -> dict[str, Any]:
    return {**NEWS, "date": timezone.localdate().isoformat(), **more}


def test_sheet_shows_everything_and_takes_the_same_queries_for_much(
    lesen: Measure, officer: Client
) -> None:
    filled(lesen)
    root = sheet(officer, lesen)

    page = words(root)
    for expected in (
        "Measure 1.1 · Plan 2025",
        "Person responsible Ada 0 as the lead’s first contact",
        "delayed · 1 January 2025",
        "Why Grund bei 1.1",
        "Stufe 0 due 30 June 2025 overdue 1 of 40",
        "1990 grant €12,500.50 –",
        "Bericht 0 internal bericht.pdf",
    ):
        assert expected in page
    assert {"https://rat.example/", f"/office/umsetzung/anhang/{Attachment.objects.get().pk}/"} < (
        set(links(root))
    )
    few = queries_of(lambda: officer.get(address(lesen)))
    filled(lesen, 30)
    many = queries_of(lambda: officer.get(address(lesen)))
    assert_same_number(few, many)
    assert len(few) <= 15
    assert "21 older reports" in words(sheet(officer, lesen))


def test_news_is_reported_and_shown(lesen: Measure, editor: Client) -> None:
    given = news(state="stopped", reason="Kein Geld.", next_step="Antrag", readers="internal")

    response = send(editor, lesen, "stand", **given)

    assert response["Location"] == f"{address(lesen)}#news"
    update = ProgressUpdate.objects.get()
    assert (update.state, update.reason, update.next_step) == ("stopped", "Kein Geld.", "Antrag")
    assert (update.public, update.author_name) == (False, "editor")
    page = words(sheet(editor, lesen))
    assert "Reported. Only this office reads it." in page
    assert "stopped · " in page
    assert " editor internal Läuft. Why Kein Geld. Next step Antrag" in page
    assert "Nothing more is owed." in page


def test_stop_without_a_reason_comes_back_with_what_was_typed(
    lesen: Measure, editor: Client
) -> None:
    response = send(editor, lesen, "stand", **news(state="stopped", obstacle="Wenig Raum"))

    assert faults(response) == [
        "Why it is delayed or stopped: Say in a sentence why it is delayed or stopped."
    ]
    root = parsed(response)
    form = next(each for each in root.iter("form") if each.get("action", "").endswith("/stand/"))
    sent = dict(values(form))
    assert (sent["state"], sent["text"], sent["obstacle"]) == ("stopped", "Läuft.", "Wenig Raum")
    assert not ProgressUpdate.objects.exists()


def test_reason_typed_for_another_state_is_none(lesen: Measure, editor: Client) -> None:
    send(editor, lesen, "stand", **news(reason="War einmal verspätet."))

    assert ProgressUpdate.objects.get().reason == ""


def test_news_of_tomorrow_and_without_words_is_refused(lesen: Measure, editor: Client) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    empty = send(editor, lesen, "stand", state="", text="", readers="public", date="bald")
    late = send(editor, lesen, "stand", **news(date=tomorrow.isoformat()))

    assert faults(empty) == [
        "Where the measure stands: Choose where the measure stands.",
        "What has happened: Please fill this in.",
        "As of: Write a day with its month and year, as in 31.12.2026.",
    ]
    assert "lies in the future" in faults(late)[0]


def test_unchanged_is_one_click(lesen: Measure, editor: Client) -> None:
    refused = send(editor, lesen, "unveraendert")
    report_on(lesen.concept.municipality, "1.1", "under_way")

    response = send(editor, lesen, "unveraendert")

    assert "nothing was reported yet" in faults(refused)[0]
    assert response.status_code == 302
    page = words(sheet(editor, lesen))
    assert "1.1: you confirmed that nothing has changed." in page
    assert "Confirmed unchanged: under way · " in page


def test_officer_says_who_is_asked_and_how_often(lesen: Measure, officer: Client) -> None:
    filled(lesen, 2)
    bo = Contact.objects.create(
        organisation=Organisation.objects.get(slug="amt-fuer-bau"), name="Bo", email="bo@b.example"
    )

    send(officer, lesen, "zustaendig", contact=bo.pk)
    send(officer, lesen, "rhythmus", months="3")
    too_much = send(officer, lesen, "rhythmus", months="99")

    assert Responsibility.objects.get().contact == bo
    assert Rhythm.objects.get().months == 3
    assert len(faults(too_much)) == 1
    page = words(sheet(officer, lesen))
    assert "Person responsible Bo (Amt für Bau)" in page
    assert "It is owed every 3 months." in page


def test_sections_by_themselves_lead_to_the_sheet(lesen: Measure, editor: Client) -> None:
    for section in ("stand", "unveraendert", "meilensteine", "geld", "papiere", "dateien"):
        assert editor.get(address(lesen, section))["Location"] == address(lesen)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.TRANSLATOR, Role.ADMINISTRATOR])
def test_readers_read_and_write_nothing(lesen: Measure, role: Role) -> None:
    filled(lesen)
    reader = signed_in(member(lesen.concept.municipality, role))

    root = sheet(reader, lesen)

    main = by_id(root, "content")
    assert list(main.iter("form")) == []
    assert "Bericht 0" in words(main)
    assert send(reader, lesen, "stand", **news()).status_code == 403


def test_editor_of_another_organisation_reads_and_writes_nothing(lesen: Measure) -> None:
    other = Organisation.objects.get(slug="amt-fuer-bau")
    stranger = signed_in(member(lesen.concept.municipality, Role.EDITOR, organisation=other))

    assert list(by_id(sheet(stranger, lesen), "content").iter("form")) == []
    for section in ("stand", "unveraendert", "meilensteine", "geld", "papiere", "dateien"):
        assert send(stranger, lesen, section).status_code == 403
    for section in ("zustaendig", "rhythmus"):
        assert send(stranger, lesen, section).status_code == 403


@pytest.mark.parametrize(
    ("status", "sentence"), [("draft", "is a draft"), ("superseded", "was superseded")]
)
def test_edition_that_is_not_in_force_is_read_and_says_why(
    lesen: Measure, officer: Client, status: str, sentence: str
) -> None:
    filled(lesen)
    Concept.objects.update(status=status)

    main = by_id(sheet(officer, lesen), "content")
    response = send(officer, lesen, "stand", **news())

    assert list(main.iter("form")) == []
    assert sentence in words(by_class(main, "notice--halt")[0])
    assert sentence in faults(response)[0]
    assert ProgressUpdate.objects.count() == 1


def test_measure_of_another_edition_or_city_is_not_found(lesen: Measure, officer: Client) -> None:
    assert officer.get(f"/office/umsetzung/2025/{lesen.pk + 99}/").status_code == 404
    assert officer.get(f"/office/umsetzung/2013/{lesen.pk}/").status_code == 404


def test_text_and_outline_lead_to_the_sheet(
    lesen: Measure, officer: Client, editor: Client
) -> None:
    for client in (officer, editor):
        for page in ("/office/konzepte/2025/", f"/office/konzepte/2025/massnahmen/{lesen.pk}/"):
            assert address(lesen) in links(parsed(client.get(page)))
    assert f"/office/konzepte/2025/massnahmen/{lesen.pk}/" in links(sheet(editor, lesen))
