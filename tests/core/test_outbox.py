"""A posted mail leaves once; what fails is tried again or shown, and in the end forgotten."""

import datetime as dt
from asyncio import WriteTransport
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from leitbild.core.actions import give_mails_up, post_mail, send_mails_again
from leitbild.core.enums import MailState
from leitbild.core.models import AuditEvent, PostedMail
from leitbild.core.outbox import (
    LONGEST,
    message_id,
    send_waiting_mails,
    stuck_mails,
    tidy_outbox,
    withdraw_mails,
)
from leitbild.core.refusal import Refused
from tests.people import person
from tests.ports import free_port

pytestmark = pytest.mark.django_db

MORNING = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
TOWN = 1


class Unreachable(BaseEmailBackend):
    """A mail server that is down."""

    def open(self) -> bool:
        raise ConnectionRefusedError("Connection refused")


class Moody:
    """A mail server that answers by what stands before the @."""

    def __init__(self) -> None:
        self.took: list[str] = []

    async def handle_RCPT(  # noqa: N802 # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        answers = {"unknown": "550 No such user here", "later": "451 Greylisted"}
        answer = answers.get(address.partition("@")[0], "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 # aiosmtpd's name
        name = envelope.rcpt_tos[0].partition("@")[0]
        if name == "spam":
            return "554 Looks like spam"
        self.took.append(name)
        if name == "torn":
            # It has the mail, but nobody hears of it.
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def server(settings: Settings) -> Iterator[Moody]:
    """A mail server with moods, which mails leave through."""
    moods = Moody()
    controller = Controller(moods, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield moods
    controller.stop()


def post(name: str = "a", **more: Any) -> PostedMail:
    """A mail that waits."""
    post_mail(
        **{
            "key": f"test:{name}",
            "to": f"{name}@example.org",
            "language": "de",
            "sender": "Höxter",
            "subject": "Wie steht\nes?",
            "text": "Siehe https://x.example/geheim/",
            "municipality_id": TOWN,
            "headers": {"Reply-To": "amt@example.org"},
            **more,
        }
    )
    return PostedMail.objects.get(key=f"test:{name}")


def test_mail_leaves_once_and_what_it_said_is_forgotten() -> None:
    posted = post()
    assert not post_mail(
        key="test:a", to="b@example.org", language="de", sender="x", subject="x", text="x"
    )

    assert (send_waiting_mails(), send_waiting_mails()) == (1, 0)

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["a@example.org"], "Wie steht es?")
    assert "geheim" in str(sent.body)
    assert sent.extra_headers == {
        "Auto-Submitted": "auto-generated",
        "Reply-To": "amt@example.org",
        "Message-ID": message_id(posted),
    }
    posted.refresh_from_db()
    assert (posted.state, posted.text, posted.headers) == (MailState.LEFT, "", {})


def test_posting_nudges_a_worker_after_the_commit_and_only_one(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post("a")
        post("b")
        assert not DBTaskResult.objects.exists()

    assert [each.task_path for each in DBTaskResult.objects.all()] == [
        "leitbild.core.tasks.send_mails"
    ]


def test_unreachable_server_is_asked_ever_more_rarely_until_a_person_is(
    settings: Settings,
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    minute, hour = dt.timedelta(minutes=1), dt.timedelta(hours=1)
    with time_machine.travel(MORNING, tick=False) as clock:
        first, second = post("a"), post("b")
        moments = []
        while first.state == MailState.WAITING:
            moments.append(timezone.now() - MORNING)
            PostedMail.objects.filter(pk=second.pk).update(next_attempt_at=timezone.now())
            assert send_waiting_mails() == 0
            first.refresh_from_db()
            clock.move_to(max(first.next_attempt_at, timezone.now()))

    steps = [later - before for before, later in pairwise(moments)]
    assert steps == [minute, 5 * minute, 30 * minute, 2 * hour, 12 * hour]
    assert (first.state, first.error) == (MailState.FAILED, "Connection refused")
    second.refresh_from_db()
    # It waited for the same server, and wasn't held for tried each time the first one was.
    assert (second.state, second.attempts) == (MailState.WAITING, 0)


@pytest.mark.parametrize(
    ("name", "state", "error"),
    [
        ("fine", MailState.LEFT, ""),
        ("unknown", MailState.FAILED, "550 No such user here"),
        ("later", MailState.WAITING, "451 Greylisted"),
        ("spam", MailState.FAILED, "554 Looks like spam"),
        ("torn", MailState.UNCLEAR, "Connection unexpectedly closed"),
        ("two\nlines", MailState.FAILED, "Invalid address; address parts cannot contain newlines."),
    ],
)
def test_answer_of_the_mail_server_decides(
    server: Moody, name: str, state: str, error: str
) -> None:
    posted = post(name)
    other = post("other")

    send_waiting_mails()

    posted.refresh_from_db()
    other.refresh_from_db()
    assert posted.state == state
    assert posted.error.startswith(error)
    assert other.state == MailState.LEFT
    assert server.took == [each for each in (name, "other") if each in {"fine", "torn", "other"}]


def test_mail_broken_off_is_written_again_as_the_same_file_or_left_to_a_person(
    settings: Settings, tmp_path: Any
) -> None:
    settings.MAILS = tmp_path
    with time_machine.travel(MORNING, tick=False) as clock:
        for name in ("a", "b"):
            posted = post(name)
            PostedMail.objects.filter(pk=posted.pk).update(
                state=MailState.LEAVING, attempts=1, next_attempt_at=MORNING + LONGEST
            )
        clock.shift(LONGEST - dt.timedelta(seconds=1))
        assert send_waiting_mails() == 0
        assert not stuck_mails(TOWN).exists()

        clock.shift(1)
        assert send_waiting_mails() == 0
        assert [each.state for each in stuck_mails(TOWN)] == [MailState.UNCLEAR] * 2

        settings.EMAIL_BACKEND = "leitbild.core.mail.KeptAsFiles"
        PostedMail.objects.update(state=MailState.LEAVING)
        assert send_waiting_mails() == 2
        PostedMail.objects.update(state=MailState.LEAVING, text="x", next_attempt_at=MORNING)
        assert send_waiting_mails() == 2

    files = sorted(each.name for each in tmp_path.iterdir())
    assert files == sorted(
        f"{message_id(each).strip('<>').partition('@')[0]}.eml" for each in PostedMail.objects.all()
    )


def test_person_sends_again_or_gives_up_what_is_stuck() -> None:
    somebody = person("officer@example.org")
    again, dropped = post("again"), post("dropped")
    PostedMail.objects.update(state=MailState.UNCLEAR, attempts=6, error="?")

    assert send_mails_again(mails=[again], by=somebody) == 1
    assert give_mails_up(mails=[again, dropped], by=somebody) == 1
    with pytest.raises(Refused, match="decided about this already"):
        send_mails_again(mails=[again, dropped], by=somebody)
    assert send_waiting_mails() == 1

    dropped.refresh_from_db()
    assert (dropped.state, dropped.to, dropped.text) == (MailState.UNCLEAR, "", "")
    assert dropped.key == "test:dropped"
    assert [each.to for each in mail.outbox] == [["again@example.org"]]
    assert list(AuditEvent.objects.order_by("pk").values_list("action", "changes")) == [
        ("mail.again", {"title": ["Wie steht es?"]}),
        ("mail.drop", {"title": ["Wie steht es?"]}),
    ]
    assert not stuck_mails(TOWN).exists()


def test_old_mails_and_jobs_are_forgotten_but_for_their_keys() -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        for name in ("left", "failed", "waiting"):
            post(name)
        PostedMail.objects.filter(key="test:left").update(state=MailState.LEFT)
        PostedMail.objects.filter(key="test:failed").update(state=MailState.FAILED)
        for status in ("SUCCESSFUL", "FAILED", "RUNNING", "READY"):
            DBTaskResult.objects.create(
                status=status,
                task_path="x",
                args_kwargs={},
                backend_name="default",
                started_at=MORNING,
                finished_at=MORNING,
            )
        clock.shift(dt.timedelta(days=1, minutes=1))
        assert tidy_outbox() == 2
        assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"FAILED", "READY"}
        clock.shift(dt.timedelta(days=89))
        assert tidy_outbox() == 3
        assert tidy_outbox() == 0

    known = dict(PostedMail.objects.values_list("key", "to"))
    assert known == {"test:left": "", "test:failed": "", "test:waiting": "waiting@example.org"}


def test_mails_of_somebody_who_leaves_are_withdrawn_unless_one_is_just_leaving() -> None:
    for name in ("1:a", "1:b", "11:a"):
        post(name, to="x@example.org")
    PostedMail.objects.filter(key="test:1:b").update(state=MailState.LEAVING)

    withdraw_mails("test:1:")

    assert list(PostedMail.objects.values_list("key", flat=True)) == ["test:1:b", "test:11:a"]
