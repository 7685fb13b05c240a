"""Files lie under names nobody can guess, and go from the disk when they are removed."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from leitbild.accounts.models import User
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.attachments import (
    attach_file,
    change_attachment,
    remove_attachment,
)
from leitbild.delivery.models import Attachment
from leitbild.plan.models import Measure
from tests.towns import measure, plan, settle

PDF = b"%PDF-1.7 Bericht"


@pytest.fixture
def lesen(db: None, tmp_path: Path, settings: Any) -> Measure:
    settings.MEDIA_ROOT = tmp_path
    settle(plan(measure("1.1", lead="schulamt")))
    return Measure.objects.select_related("concept__municipality").get()


def changes(action: str) -> list[dict[str, Any]]:
    return [each.changes for each in AuditEvent.objects.filter(action=action).order_by("pk")]


def reasons(call: Any, **values: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        call(**values)
    return refused.value.reasons


def attach(lesen: Measure, **values: Any) -> Attachment:
    given: dict[str, Any] = {
        "title": "Bericht",
        "file": ContentFile(PDF),
        "name": "bericht.pdf",
        "public": False,
        "by": None,
        **values,
    }
    return attach_file(measure=lesen, **given)


def kept(tmp_path: Path) -> list[Path]:
    return [each for each in tmp_path.rglob("*") if each.is_file()]


def test_file_is_kept_under_a_name_nobody_can_guess(lesen: Measure, tmp_path: Path) -> None:
    ada = User.objects.create(email="ada@example.org", name="Ada")

    row = attach(lesen, name="../Bericht 2026.pdf", by=ada)

    [path] = kept(tmp_path)
    assert path.read_bytes() == PDF
    assert len(path.name) == 32
    assert (row.name, row.content_type, row.size) == ("Bericht 2026.pdf", "application/pdf", 16)
    assert row.digest == sha256(PDF).hexdigest()
    assert row.uploaded_by == ada
    assert changes("attachment.create") == [
        {"title": "Bericht", "name": "Bericht 2026.pdf", "public": False}
    ]


def test_file_is_renamed_and_published(lesen: Measure) -> None:
    row = attach(lesen)

    change_attachment(attachment=row, title="Jahresbericht", public=True, by=None)
    change_attachment(attachment=row, title="Jahresbericht", public=True, by=None)

    row.refresh_from_db()
    assert (row.title, row.public) == ("Jahresbericht", True)
    assert changes("attachment.change") == [
        {
            "name": "bericht.pdf",
            "fields": {"title": ["Bericht", "Jahresbericht"], "public": [False, True]},
        }
    ]
    assert reasons(change_attachment, attachment=row, title=" ", public=True, by=None) == [
        "Say what the file holds."
    ]


def test_removed_file_leaves_the_disk_once_that_is_settled(
    lesen: Measure, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    row = attach(lesen)
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            remove_attachment(attachment=row, by=None)
            transaction.set_rollback(True)
        after_failure = kept(tmp_path)
        remove_attachment(attachment=row, by=None)
        before_commit = kept(tmp_path)

    assert len(after_failure) == len(before_commit) == 1
    assert kept(tmp_path) == []
    assert not Attachment.objects.exists()
    assert reasons(remove_attachment, attachment=row, by=None) == [
        "This file has been removed meanwhile."
    ]


def test_file_that_is_refused_leaves_nothing_behind(lesen: Measure, tmp_path: Path) -> None:
    assert reasons(attach, lesen=lesen, title="")[0] == "Say what the file holds."
    assert "can’t be attached" in reasons(attach, lesen=lesen, file=ContentFile(b"MZ"))[0]

    Measure.objects.filter(pk=lesen.pk).delete()
    assert reasons(attach, lesen=lesen) == ["This measure has been deleted meanwhile."]
    assert kept(tmp_path) == []
