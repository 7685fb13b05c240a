"""Uploaded files in an S3-compatible store: the same pages, and nothing on this machine's disk."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.config.environment import Environment
from leitbild.config.nodes import file_storage
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.attachments import attach_file, remove_attachment
from leitbild.delivery.models import Attachment
from leitbild.plan.models import Concept, Measure
from tests.people import member, signed_in
from tests.s3 import Store, running_store
from tests.towns import measure, plan, settle

PDF = b"%PDF-1.7\n% ein Bericht\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store, and settings as the environment that names it makes them."""
    with running_store() as store:
        given = {"LEITBILD_DATA": str(tmp_path / "data"), "LEITBILD_STORAGE_URL": store.url}
        storages = {**settings.STORAGES, "default": file_storage(Environment.read(given))}
        with override_settings(STORAGES=storages, MEDIA_ROOT=tmp_path / "unused"):
            yield store
        assert store.unsigned == []
        assert not (tmp_path / "unused").exists()


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1", "Lesen")))


def attached(content: bytes = PDF, **more: Any) -> Attachment:
    """A file of the only measure."""
    lesen = Measure.objects.select_related("concept__municipality").get()
    file = SimpleUploadedFile("bericht.pdf", content)
    return attach_file(
        measure=lesen, title="Bericht", file=file, name="bericht.pdf", public=True, by=None, **more
    )


def test_attached_file_lies_in_the_store_and_is_read_through_the_portal(
    store: Store, town: Municipality, client: Client
) -> None:
    row = attached()

    response: Any = client.get(f"/de/anhang/{row.pk}/")

    assert list(store.objects.values()) == [PDF]
    assert b"".join(response) == PDF
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
    assert "127.0.0.1" not in str(response.headers)


def test_file_that_is_gone_from_the_store_is_not_found(
    store: Store, town: Municipality, client: Client
) -> None:
    row = attached()
    store.objects.clear()

    assert client.get(f"/de/anhang/{row.pk}/").status_code == 404


def test_removed_file_leaves_the_store_after_the_commit(
    store: Store, town: Municipality, django_capture_on_commit_callbacks: Any
) -> None:
    row = attached()

    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(attachment=row, by=None)
        assert store.objects

    assert not store.objects


def test_store_that_takes_nothing_is_said_and_leaves_no_row(
    store: Store, town: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    store.is_broken = True

    with pytest.raises(Refused) as refused:
        attached()

    [reason] = refused.value.reasons
    assert reason.startswith("The file can’t be stored at the moment. Please try again")
    assert not Attachment.objects.exists()
    assert "se/cret" not in caplog.text


def test_no_reader_is_ever_sent_to_the_store(store: Store, town: Municipality) -> None:
    row = attached()

    with pytest.raises(NotImplementedError, match="by a view"):
        _ = row.file.url


def test_import_goes_on_where_the_dry_run_left_it(store: Store, town: Municipality) -> None:
    officer = signed_in(member(town, Role.OFFICER))
    raw = plan(measure("1.1", "Lesen"), measure("1.2", "Rechnen"))
    file = SimpleUploadedFile("plan.json", json.dumps(raw).encode())

    preview = officer.post(reverse("office:import"), {"file": file})["Location"]
    shown = officer.get(preview).content.decode().partition('name="shown" value="')[2]
    officer.post(preview, {"shown": shown.partition('"')[0], "confirm": "1"})

    assert Concept.objects.get().measures.count() == 2
    assert not store.objects


def test_upload_the_store_does_not_take_is_said_beside_the_field(
    store: Store, town: Municipality
) -> None:
    store.is_broken = True
    officer = signed_in(member(town, Role.OFFICER))
    file = SimpleUploadedFile("plan.json", json.dumps(plan(measure("1.1", "Lesen"))).encode())

    response = officer.post(reverse("office:import"), {"file": file})

    assert response.status_code == 200
    assert "The file can’t be stored at the moment." in response.content.decode()


def test_names_do_not_overwrite_one_another(store: Store) -> None:
    names = [
        default_storage.save("a/b.txt", SimpleUploadedFile("b.txt", text))
        for text in (b"eins", b"zwei")
    ]

    assert len(set(names)) == 2
    assert sorted(store.objects.values()) == [b"eins", b"zwei"]
