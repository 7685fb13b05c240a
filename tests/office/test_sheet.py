"""One measure's delivery in the office: what it shows, who writes, what comes back."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Contact, Municipality, Organisation
from leitbild.delivery.actions.attachments import attach_file
from leitbild.delivery.actions.milestones import add_milestone, change_milestone, record_value
from leitbild.delivery.actions.money import set_money
from leitbild.delivery.actions.papers import add_paper
from leitbild.delivery.models import (
    Attachment,
    CouncilPaper,
    Milestone,
    MilestoneValue,
    Money,
    ProgressUpdate,
    Responsibility,
    Rhythm,
)
from leitbild.plan.models import Concept, Measure
from tests.elements import by_class, by_id, links, parsed, words
from tests.markup import assert_valid
from tests.office.writing import values
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import report_on

PDF = b"%PDF-1.7 Bericht"


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


def address(row: Measure, *rest: str) -> str:
    below = "".join(f"{each}/" for each in rest)
    return f"/office/umsetzung/{row.concept.slug}/{row.pk}/{below}"


def sheet(client: Client, row: Measure) -> Any:
    """The page, which is well-formed whatever it shows."""
    response = client.get(address(row))
    assert_valid(response)
    return parsed(response)


def send(client: Client, row: Measure, section: str, /, **data: Any) -> Any:
    return client.post(address(row, section), data)


def faults(response: Any) -> list[str]:
    """What the summary of errors says, each with the field it leads to."""
    assert response.status_code == 422
    root = parsed(response)
    [summary] = by_class(root, "faults")
    for target in links(summary):
        by_id(root, target.removeprefix("#"))
    return [words(each) for each in summary.iter("li")]


def form_of(client: Client, row: Measure, button: str) -> dict[str, str]:
    """What a browser would send of the form with this button, untouched."""
    for form in sheet(client, row).iter("form"):
        for each in form.iter("button"):
            if words(each).partition(":")[0] == button:
                return {**dict(values(form)), "do": each.get("value", "")}
    raise AssertionError(button)


NEWS: dict[str, Any] = {"state": "under_way", "text": "Läuft.", "readers": "public"}


def news(**more: Any) -> dict[str, Any]:
    return {**NEWS, "date": timezone.localdate().isoformat(), **more}


def filled(lesen: Measure, number: int = 1) -> None:
    """Give the measure so much of everything."""
    by: dict[str, Any] = {"by": None}
    schulamt = Organisation.objects.get(slug="schulamt")
    for each in range(number):
        report_on(lesen.concept.municipality, "1.1", "delayed", f"2025-01-{each % 28 + 1:02}")
        step = add_milestone(
            measure=lesen, title=f"Stufe {each}", due=dt.date(2025, 6, 30), target=40, **by
        )
        record_value(milestone=step, value=each, date=dt.date(2025, 1, 31), **by)
        record_value(milestone=step, value=each + 1, date=dt.date(2025, 1, 31), **by)
        money: dict[str, Any] = {"year": 1990 + each, "source": "grant", "spent_cents": None}
        set_money(measure=lesen, planned_cents=1_250_050, **money, **by)
        add_paper(measure=lesen, title=f"Sachstand {each}", url="https://rat.example/", **by)
        attach_file(
            measure=lesen,
            title=f"Bericht {each}",
            file=ContentFile(PDF),
            name="bericht.pdf",
            public=bool(each % 2),
            **by,
        )
        person = {"name": f"Ada {each}", "position": each}
        Contact.objects.get_or_create(organisation=schulamt, email=f"{each}@a.de", defaults=person)


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
    assert len(few) <= 16
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


def test_milestone_is_set_reported_changed_and_removed(lesen: Measure, editor: Client) -> None:
    send(editor, lesen, "meilensteine", title="Plätze", due="30.06.2026", target="1.200")
    row = Milestone.objects.get()
    assert (row.due, row.target) == (dt.date(2026, 6, 30), 1200)

    change = form_of(editor, lesen, "Save")
    assert (change["title"], change["due"], change["do"]) == ("Plätze", "2026-06-30", "change")
    send(editor, lesen, "meilensteine", **{**change, "done": "2026-01-31"})
    send(editor, lesen, "meilensteine", **form_of(editor, lesen, "Remove"))

    assert not Milestone.objects.exists()


def test_number_of_a_milestone_is_reported(lesen: Measure, editor: Client) -> None:
    row = add_milestone(measure=lesen, title="Plätze", due=dt.date(2026, 6, 30), target=40, by=None)
    given = form_of(editor, lesen, "Report a number")

    missing = send(editor, lesen, "meilensteine", **given)
    send(editor, lesen, "meilensteine", **{**given, "value": "12"})

    assert faults(missing) == ["Number reached: Please fill this in."]
    assert MilestoneValue.objects.get(milestone=row).value == 12
    assert "12 of 40" in words(sheet(editor, lesen))


def test_milestone_somebody_changed_meanwhile_is_shown_before_it_is_overwritten(
    lesen: Measure, editor: Client
) -> None:
    row = add_milestone(measure=lesen, title="Plätze", due=dt.date(2026, 6, 30), by=None)
    mine = {**form_of(editor, lesen, "Save"), "title": "Fünfzig Plätze"}
    change_milestone(milestone=row, title="Vierzig Plätze", by=None)

    first = send(editor, lesen, "meilensteine", **mine)
    [reason] = faults(first)
    known = next(
        dict(values(form))
        for form in parsed(first).iter("form")
        if ("row", str(row.pk)) in values(form)
    )
    send(editor, lesen, "meilensteine", **known, do="change")

    assert reason.startswith("Somebody has changed this milestone meanwhile: “Vierzig Plätze”")
    assert known["title"] == "Fünfzig Plätze"
    row.refresh_from_db()
    assert row.title == "Fünfzig Plätze"


def test_milestone_that_is_gone_says_so(lesen: Measure, editor: Client) -> None:
    for do in ("change", "value", "remove"):
        given = {"row": "99", "do": do, "title": "x", "due": "2026-01-01", "value": "1"}
        response = send(editor, lesen, "meilensteine", **given, date="2026-01-01")
        assert faults(response) == ["This has been removed meanwhile. Nothing was changed."]


def test_money_is_entered_changed_and_not_overwritten_unseen(
    lesen: Measure, editor: Client
) -> None:
    new = form_of(editor, lesen, "Enter money")
    send(editor, lesen, "geld", **{**new, "source": "grant", "planned": "12.500 €", "spent": ""})
    again = send(editor, lesen, "geld", **{**new, "source": "grant", "planned": "9,500"})
    moved = send(editor, lesen, "geld", **{**new, "source": "grant", "planned": "9500"})

    assert faults(again) == ["Planned: “9,500” can be read as two amounts. Write 9500 or 9,50."]
    assert faults(moved)[0].startswith(
        f"For {timezone.localdate().year}, grant, something else is recorded by now: €12,500 "
        "planned, – spent."
    )
    change = form_of(editor, lesen, "Save")
    assert (change["planned"], change["spent"]) == ("12500", "")
    send(editor, lesen, "geld", **{**change, "spent": "100,50"})
    assert Money.objects.get().spent_cents == 10_050
    send(editor, lesen, "geld", **{**form_of(editor, lesen, "Save"), "planned": "", "spent": ""})
    assert not Money.objects.exists()


def test_paper_is_linked_and_unlinked(lesen: Measure, editor: Client) -> None:
    wrong = send(editor, lesen, "papiere", title="", url="kein Verweis")
    send(editor, lesen, "papiere", title="Sachstand", number="12/2026", date="2026-01-31")
    gone = form_of(editor, lesen, "Remove")

    assert len(faults(wrong)) == 2
    assert CouncilPaper.objects.get().number == "12/2026"
    send(editor, lesen, "papiere", **gone)
    assert not CouncilPaper.objects.exists()


def test_file_is_attached_served_changed_and_removed(
    lesen: Measure, editor: Client, tmp_path: Path
) -> None:
    file = SimpleUploadedFile("Übersicht „neu“.exe", PDF)
    wrong = send(editor, lesen, "dateien", title="", readers="internal")
    send(editor, lesen, "dateien", file=file, title="Bericht", readers="internal")
    row = Attachment.objects.get()

    served = editor.get(f"/office/umsetzung/anhang/{row.pk}/")

    assert faults(wrong) == [
        "File: Choose a file first.",
        "What the file holds: Please fill this in.",
    ]
    assert b"".join(served.streaming_content) == PDF
    assert served["Content-Type"] == "application/pdf"
    assert served["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C3%9Cbersicht%20%E2%80%9Eneu%E2%80%9C.exe.pdf"
    )
    assert served["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert served["X-Content-Type-Options"] == "nosniff"
    assert served["Cache-Control"] == "no-store, private"

    change = {**form_of(editor, lesen, "Save"), "readers": "public"}
    send(editor, lesen, "dateien", **change)
    row.refresh_from_db()
    assert row.public
    send(editor, lesen, "dateien", **form_of(editor, lesen, "Remove for good"))
    assert not Attachment.objects.exists()
    assert editor.get(f"/office/umsetzung/anhang/{row.pk}/").status_code == 404


def test_file_with_macros_is_refused_at_its_field(lesen: Measure, editor: Client) -> None:
    file = SimpleUploadedFile("a.docx", b"PK\x03\x04 nothing")

    response = send(editor, lesen, "dateien", file=file, title="Bericht", readers="public")

    assert faults(response)[0].startswith("The file is damaged or isn’t what its name says.")
    assert not Attachment.objects.exists()


def test_file_that_is_gone_from_the_disk_is_not_found(
    lesen: Measure, editor: Client, tmp_path: Path
) -> None:
    filled(lesen)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.unlink()

    served = editor.get(f"/office/umsetzung/anhang/{Attachment.objects.get().pk}/")

    assert served.status_code == 404


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
