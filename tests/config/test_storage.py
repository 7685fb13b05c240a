"""Uploaded files in an S3-compatible store: the same pages, and nothing on this machine's disk."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
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
from leitbild.config.storage import PrivateStore
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.attachments import attach_file, remove_attachment
from leitbild.delivery.files import LARGEST
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


def dry_run(officer: Client) -> tuple[str, dict[str, str]]:
    """Upload a plan with one more measure: where its dry run is, and what its form says."""
    raw = plan(measure("1.1", "Lesen"), measure("1.2", "Rechnen"))
    file = SimpleUploadedFile("plan.json", json.dumps(raw).encode())
    preview = officer.post(reverse("office:import"), {"file": file})["Location"]
    shown = officer.get(preview).content.decode().partition('name="shown" value="')[2]
    return preview, {"shown": shown.partition('"')[0]}


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


def test_file_the_store_does_not_hand_out_is_asked_for_later_and_no_half_answer(
    store: Store, town: Municipality, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    row = attached()
    client.raise_request_exception = False
    store.is_mute = True

    response = client.get(f"/de/anhang/{row.pk}/")

    assert response.status_code == 503
    assert not response.streaming
    assert "Bitte versuchen Sie es in einer Minute noch einmal" in response.content.decode()
    [said] = caplog.records
    assert said.getMessage().startswith(
        "A request could not be answered: The store of files doesn’t answer as it should: "
    )
    assert said.exc_info is None


def test_threads_share_what_is_needed_to_speak_with_the_store(store: Store) -> None:
    """One for each, as the library has it, takes 15 MB of memory sixteen times."""
    name = default_storage.save("a/b.txt", SimpleUploadedFile("b.txt", b"eins"))
    together = Barrier(4, timeout=10)

    def read(_number: int) -> tuple[bytes, int]:
        together.wait()
        with default_storage.open(name) as file:
            return file.read(), id(default_storage.connection)  # type: ignore[attr-defined] # theirs

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(read, range(4)))

    assert [content for content, _connection in found] == [b"eins"]


def test_large_file_comes_back_as_it_was(store: Store) -> None:
    """By way of the disk, as it is more than is held in memory."""
    content = b"0123456789abcdef" * (LARGEST // 16)

    name = default_storage.save("a/b.pdf", SimpleUploadedFile("b.pdf", content))

    with default_storage.open(name) as file:
        assert file.read() == content


def test_import_is_told_of_even_if_its_file_can_not_be_removed(
    store: Store, town: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    officer = signed_in(member(town, Role.OFFICER))
    preview, answers = dry_run(officer)
    store.is_kept = True

    response = officer.post(preview, {**answers, "confirm": "1"})

    assert (response.status_code, Concept.objects.get().measures.count()) == (302, 2)
    assert "could not be removed" in caplog.text


def test_environment_s_other_keys_mean_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", "of somebody else")
    monkeypatch.setenv("AWS_S3_SESSION_PROFILE", "of somebody else")
    given = {"LEITBILD_DATA": str(tmp_path), "LEITBILD_STORAGE_URL": "s3://key:secret@host/bucket"}

    store: Any = PrivateStore(**file_storage(Environment.read(given))["OPTIONS"])

    assert (store.access_key, store.security_token, store.session_profile) == ("key", None, None)


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
    preview, answers = dry_run(officer)

    officer.post(preview, {**answers, "confirm": "1"})

    assert Concept.objects.get().measures.count() == 2
    assert not store.objects


def test_import_waits_for_a_store_that_is_away_since_the_dry_run(
    store: Store, town: Municipality
) -> None:
    officer = signed_in(member(town, Role.OFFICER))
    officer.raise_request_exception = False
    preview, answers = dry_run(officer)

    store.is_mute = True
    away = officer.post(preview, {**answers, "confirm": "1"})
    store.is_mute = False
    officer.post(preview, {**answers, "confirm": "1"})

    assert away.status_code == 503
    assert Concept.objects.get().measures.count() == 2


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
