"""`leitbild check` names what needs mending, and the way to mend it."""

import datetime as dt
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.test.utils import override_settings
from django.utils import timezone
from pytest_django import Settings

from leitbild.accounts.enums import Role
from leitbild.accounts.models import HostName, Municipality
from leitbild.config.cli import main
from leitbild.config.environment import KEY_FILE, Environment
from leitbild.config.inspection import inspection
from leitbild.config.nodes import file_storage
from leitbild.core.actions import post_mail
from leitbild.core.models import PostedMail, Translation
from leitbild.plan.models import Measure, Theme
from tests.people import member
from tests.ports import free_port
from tests.s3 import Store, running_store
from tests.towns import measure, plan, settle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key(settings: Settings, tmp_path: Path) -> Path:
    """The secret key of an installation of the test's own."""
    settings.ENVIRONMENT = Environment.read({"LEITBILD_DATA": str(tmp_path)})
    return tmp_path / KEY_FILE


def whats() -> list[str]:
    return [finding.what for finding in inspection()]


def test_sound_installation_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    settle(plan(measure("1.1", {"de": "Lesen", "ar": "القراءة"})))

    assert main(["check"]) == 0
    assert capsys.readouterr().out == "Everything is in order.\n"


def test_readable_secret_key_is_an_error(
    key: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    key.chmod(0o644)

    code = main(["check"])

    out, err = capsys.readouterr()
    assert code == 1
    assert out == (f"Error: Others than the owner can read the secret key (644). chmod 600 {key}\n")
    assert err == "1 error needs mending.\n"


def test_secret_key_is_made_for_its_owner_alone(key: Path) -> None:
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


@pytest.fixture
def store(settings: Settings, tmp_path: Path) -> Iterator[Store]:
    """An installation that keeps its uploaded files in a store."""
    with running_store() as store:
        given = {"LEITBILD_DATA": str(tmp_path), "LEITBILD_STORAGE_URL": store.url}
        settings.ENVIRONMENT = Environment.read(given)
        default = file_storage(settings.ENVIRONMENT)
        with override_settings(STORAGES={**settings.STORAGES, "default": default}):
            yield store


def test_store_of_files_that_does_all_it_is_asked_is_in_order(store: Store) -> None:
    assert whats() == []
    assert not store.objects


@pytest.mark.parametrize("fault", ["is_broken", "is_mute", "is_kept"])
def test_store_of_files_that_does_not_is_an_error(store: Store, fault: str) -> None:
    setattr(store, fault, True)

    [finding] = inspection()

    assert finding.is_error
    assert finding.what.startswith("The store of files doesn’t answer as it should")
    assert "LEITBILD_STORAGE_URL" in finding.remedy
    assert "se/cret" not in finding.what


def test_data_directory_open_to_everybody_is_a_note(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    tmp_path.chmod(0o755)

    assert main(["check"]) == 0
    assert capsys.readouterr().out == (
        f"Note: Everybody on this computer can look into the data directory (755). "
        f"chmod o= {tmp_path}\n"
    )


def test_several_municipalities_need_host_names() -> None:
    settle(plan(measure("1.1")))
    other = {"slug": "neustadt", "name": "Neustadt", "languages": ["de"], "hosts": ["neu.example"]}
    settle(plan(measure("1.1"), municipality=other))

    assert whats() == ["Musterstadt is one of several municipalities and has no host name."]


def test_unknown_language_is_an_error() -> None:
    town = settle(plan(measure("1.1")))
    Municipality.objects.filter(pk=town.pk).update(languages=["de", "xx"])

    assert whats() == ["Musterstadt has pages in “xx”, which is not a known language code."]


def test_colour_without_contrast_is_an_error() -> None:
    settle(plan(measure("1.1")))
    Theme.objects.update(colour="#cccccc")

    assert whats()[0] == (
        "Musterstadt, 2025/1 Bildung: #cccccc on #fbfaf6 has a contrast of 1.53:1."
    )


def test_outdated_translation_is_a_note(capsys: pytest.CaptureFixture[str]) -> None:
    settle(plan(measure("1.1", {"de": "Lesen", "ar": "القراءة"})))
    Measure.objects.update(title="Vorlesen")

    assert whats() == [
        "Translations of plan.measure into “ar” that are older than their source: 1."
    ]
    assert main(["check"]) == 0


def test_translation_of_nothing_is_a_note() -> None:
    Translation.objects.create(
        record="plan.measure", record_id=1, field="title", language="ar", text="?"
    )

    assert whats() == ["Translations of plan.measure that belong to nothing: 1."]


def test_mails_that_are_only_kept_are_a_note_once_people_work_here(settings: Settings) -> None:
    member(settle(plan(measure("1.1"))), Role.OFFICER)

    assert whats() == [
        f"Mails are not sent but kept in {settings.MAILS}, invitations and codes among them."
    ]


def test_shown_mails_are_an_error(settings: Settings, tmp_path: Path) -> None:
    settings.ENVIRONMENT = Environment.read(
        {"LEITBILD_DATA": str(tmp_path), "LEITBILD_SHOW_MAILS": "1"}
    )

    [finding] = inspection()

    assert finding.is_error
    assert finding.remedy == "Leave LEITBILD_SHOW_MAILS out."


def test_mails_that_do_not_leave_are_told(settings: Settings) -> None:
    town = settle(plan(measure("1.1")))
    for key in ("waiting", "failed", "given up"):
        post_mail(key=key, to="a@example.org", language="de", sender="x", subject="x", text="x")
    late = timezone.now() - dt.timedelta(minutes=16)
    PostedMail.objects.filter(key="waiting").update(next_attempt_at=late)
    PostedMail.objects.exclude(key="waiting").update(state="failed")
    PostedMail.objects.filter(key="given up").update(text="")

    assert whats() == ["Mails that should have left: 1.", "Mails that did not leave: 1."]

    PostedMail.objects.all().delete()
    sends = {"LEITBILD_MAIL_URL": "smtp://x@mail.example", "LEITBILD_MAIL_FROM": "a@example.org"}
    variables = {"LEITBILD_DATA": str(settings.ENVIRONMENT.data), **sends}
    settings.ENVIRONMENT = Environment.read(variables)
    assert whats() == ["Nobody can follow Musterstadt by e-mail, because it has no host name."]
    HostName.objects.create(municipality=town, name="plan.musterstadt.example")
    assert whats() == []


def test_mail_server_that_lets_nobody_in_is_an_error(settings: Settings) -> None:
    sends = {"LEITBILD_MAIL_URL": "smtp://x@mail.example", "LEITBILD_MAIL_FROM": "a@example.org"}
    settings.ENVIRONMENT = Environment.read(
        {"LEITBILD_DATA": str(settings.ENVIRONMENT.data), **sends}
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    controller = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port

    [away] = inspection()
    controller.start()
    try:
        there = whats()
        settings.EMAIL_USE_TLS = True
        [plain] = inspection()
    finally:
        controller.stop()

    assert (away.is_error, plain.is_error, there) == (True, True, [])
    assert away.what == "The mail server can’t be used: Connection refused."
    assert plain.what == (
        "The mail server can’t be used: STARTTLS extension not supported by server."
    )
