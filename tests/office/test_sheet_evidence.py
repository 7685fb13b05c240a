"""Milestones, money, papers and files on a measure's sheet: written, and not overwritten unseen."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.delivery.actions.milestones import add_milestone, change_milestone
from leitbild.delivery.models import Attachment, CouncilPaper, Milestone, MilestoneValue, Money
from leitbild.plan.models import Measure
from tests.elements import parsed, words
from tests.office.sheets import PDF, faults, filled, form_of, send, sheet
from tests.office.writing import values
from tests.people import member, signed_in


@pytest.fixture
def lesen(writing_town: Municipality, tmp_path: Path, settings: Any) -> Measure:
    """A measure of the school office."""
    settings.MEDIA_ROOT = tmp_path
    return Measure.objects.select_related("concept__municipality", "lead").get(code="1.1")


@pytest.fixture
def editor(lesen: Measure) -> Client:
    return signed_in(member(lesen.concept.municipality, Role.EDITOR, organisation=lesen.lead))


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
    assert served.getvalue() == PDF
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
