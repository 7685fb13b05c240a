"""A worker killed while mails leave loses none and sends none twice.

A hundred mails wait. The worker is killed with SIGKILL wherever it happens to be, again and
again, and its next life begins with a clock that is further ahead: what was broken off is settled
then. Kept as files, every mail must be there once in the end. Through a mail server none may
arrive twice; a mail nobody can know of must wait for a person.
"""

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path
from typing import Any, Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from django.db.models import Sum
from pytest_django import Settings

from leitbild.core.actions import post_mail
from leitbild.core.enums import MailState
from leitbild.core.models import PostedMail
from leitbild.core.outbox import send_waiting_mails, stuck_mails
from tests.parallel import at_once
from tests.ports import free_port

MAILS: Final = 100
KILLS: Final = 15
OPEN: Final = (MailState.WAITING, MailState.LEAVING)
TOWN: Final = 1
ENDS_WITHIN: Final = 20.0


def post(number: int) -> bool:
    """Post one of the mails."""
    return post_mail(
        key=f"test:{number}",
        to=f"{number}@example.org",
        language="de",
        sender="Musterstadt",
        subject=f"Brief {number}",
        text="Siehe https://musterstadt.example/geheim/",
        municipality_id=TOWN,
    )


class Lives:
    """The worker's lives, one after the other."""

    def __init__(
        self, process: "subprocess.Popen[str]", mail: dict[str, Any], **more: object
    ) -> None:
        """Remember who gives life, how mails leave in it, and what else is asked of it."""
        self._process = process
        self._asked = {"settings": mail, **more}
        self._number = 0
        self.pid = 0

    def begin(self, *, later: dt.timedelta = dt.timedelta(), **more: object) -> None:
        """Let it live, its clock ahead of the one before, or ahead by much; what else is asked."""
        self._number += 1
        ahead = 11 * self._number + later.total_seconds() / 60
        asked = {**self._asked, **more, "ahead": ahead}
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(asked)}\n")
        self._process.stdin.flush()
        self.pid = self._said()

    def end(self, how: signal.Signals = signal.SIGKILL) -> int:
        """Kill it, or ask it to end; how it did."""
        os.kill(self.pid, how)
        return self._said()

    def _said(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


@contextmanager
def worker(database: str) -> Iterator["subprocess.Popen[str]"]:
    """What gives life to workers of this database."""
    connection.close()
    command = [sys.executable, "-W", "ignore", "-m", "tests.durability.worker", database]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            # A life that goes on ends by itself once nobody is there who gave it.
            process.kill()


def kill_while_sending(lives: Lives) -> None:
    """Let it send through many short lives and one that ends when nothing is left to send."""
    for _life in range(KILLS):
        before = attempts()
        lives.begin()
        wait_for(lambda: attempts() > before or is_done())  # noqa: B023 # called at once
        time.sleep(random.uniform(0, 0.015))  # noqa: S311 # moments nobody could guard against
        assert lives.end() == -signal.SIGKILL
    lives.begin()
    wait_for(is_done)
    assert lives.end(signal.SIGTERM) == 0


def attempts() -> int:
    """How often any mail has been taken up."""
    return PostedMail.objects.aggregate(number=Sum("attempts"))["number"] or 0


def is_done() -> bool:
    """Whether no mail is on its way any more."""
    return not PostedMail.objects.filter(state__in=OPEN).exists()


def wait_for(happened: Callable[[], bool]) -> None:
    """Wait until something has happened."""
    until = time.monotonic() + ENDS_WITHIN
    while not happened():
        assert time.monotonic() < until, Counter(PostedMail.objects.values_list("state"))
        time.sleep(0.003)


class Inbox:
    """Whoever takes mails for all addresses, and counts them."""

    def __init__(self) -> None:
        """Nothing has come."""
        self.came: Counter[str] = Counter()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 # aiosmtpd's name
        """Take a mail."""
        self.came[envelope.rcpt_tos[0]] += 1
        return "250 OK"


def assert_none_is_lost_or_doubled_in_files(giver: Any, folder: Path) -> None:
    for number in range(MAILS):
        assert post(number)

    kill_while_sending(
        Lives(giver, {"EMAIL_BACKEND": "leitbild.core.mail.KeptAsFiles", "MAILS": str(folder)})
    )

    kept = [
        message_from_bytes(each.read_bytes(), policy=policy.default) for each in folder.iterdir()
    ]
    addresses = Counter(f"{number}@example.org" for number in range(MAILS))
    assert Counter(str(each["To"]) for each in kept) == addresses
    assert set(PostedMail.objects.values_list("state", "text")) == {(MailState.LEFT, "")}


def assert_none_arrives_twice(giver: Any) -> None:
    PostedMail.objects.all().delete()
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=free_port())
    for number in range(MAILS):
        assert post(number)
    server.start()
    try:
        kill_while_sending(
            Lives(
                giver,
                {
                    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                    "EMAIL_HOST": "127.0.0.1",
                    "EMAIL_PORT": server.port,
                },
            )
        )
    finally:
        server.stop()

    unclear = {each.to for each in stuck_mails(TOWN)}
    left = set(PostedMail.objects.filter(state=MailState.LEFT).values_list("to", flat=True))
    assert set(inbox.came.values()) == {1}
    assert left <= set(inbox.came)
    assert left | unclear == {f"{number}@example.org" for number in range(MAILS)}
    assert len(left) + len(unclear) == MAILS
    # Else nothing was tried.
    assert unclear


def test_worker_killed_while_mails_leave_sends_each_once(own_database: str, tmp_path: Path) -> None:
    with worker(own_database) as giver:
        assert_none_is_lost_or_doubled_in_files(giver, tmp_path / "mails")
        # Else nothing was tried: no kill in the midst of a mail.
        assert PostedMail.objects.filter(attempts__gt=1).exists()

        assert_none_arrives_twice(giver)


def test_workers_who_send_at_once_share_the_mails(
    own_database: str, tmp_path: Path, settings: Settings
) -> None:
    settings.EMAIL_BACKEND, settings.MAILS = "leitbild.core.mail.KeptAsFiles", tmp_path
    for number in range(20):
        post(number)

    outcomes = at_once([send_waiting_mails] * 3)

    assert sum(each for each in outcomes if isinstance(each, int)) == 20
    assert set(PostedMail.objects.values_list("state", "attempts")) == {(MailState.LEFT, 1)}


def test_mail_posted_by_many_at_once_is_posted_once(own_database: str) -> None:
    outcomes = at_once([partial(post, 1)] * 4)

    assert sorted(outcomes, key=str) == [False, False, False, True]
    assert PostedMail.objects.count() == 1
