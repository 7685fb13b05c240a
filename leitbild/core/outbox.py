"""The outbox: handing over the mails that were posted, each at most once.

A mail's row is the truth; jobs are only nudged to look. Before a mail is handed over, that it is
leaving is committed; after it, that it has left. Whoever finds a mail leaving for longer than a
hand-over can take knows that its worker died: where mails are kept as files, the same file is
written again; where a mail server takes them, nobody can know whether it did, and such a mail is
shown to the office instead of being sent a second time.
"""

import datetime as dt
from email.utils import parseaddr
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from leitbild.core.ending import ENDING
from leitbild.core.enums import MailState
from leitbild.core.mail import NotSent, Unclear, hand_over, is_repeatable, letter
from leitbild.core.models import PostedMail

PAUSES: Final = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=12),
)
"""How long a mail waits after each attempt that failed; after one more it is given to people."""
LONGEST: Final = dt.timedelta(minutes=10)
"""A hand-over that began longer ago than this was broken off."""
KEPT: Final = dt.timedelta(days=90)
"""How long it stays known to whom a mail went."""
STUCK: Final = (MailState.FAILED, MailState.UNCLEAR)
"""States that wait for a person's decision."""
BLANK: Final = {"to": "", "subject": "", "text": "", "headers": {}}
"""What is forgotten of a mail in the end; its key stays, so that it is never posted again."""


def send_waiting_mails() -> int:
    """Hand over every mail that is due; how many left.

    Several workers may do this at once. It ends early where the process shall end, and where the
    mail server can't be reached: the other mails would only wait for the same.
    """
    _settle_abandoned()
    sent = 0
    while not ENDING.asked and (mail := _claimed()) is not None:
        try:
            hand_over(_as_letter(mail))
        except NotSent as failure:
            _postpone(mail, failure)
            if failure.unreachable:
                break
        except Unclear as doubt:
            _of_mine(mail).update(state=MailState.UNCLEAR, error=_short(doubt))
        else:
            _of_mine(mail).update(
                state=MailState.LEFT, left_at=timezone.now(), error="", text="", headers={}
            )
            sent += 1
    return sent


def _settle_abandoned() -> None:
    """Decide what becomes of mails whose hand-over was broken off. One query where there are none.

    A mail that waits once more is as due as it was.
    """
    now = timezone.now()
    abandoned = PostedMail.objects.filter(state=MailState.LEAVING, next_attempt_at__lte=now)
    if abandoned.exists():
        abandoned.update(state=MailState.WAITING if is_repeatable() else MailState.UNCLEAR)


def _claimed() -> PostedMail | None:
    """The next mail that is due, now this worker's; that it is leaving is committed."""
    now = timezone.now()
    due = PostedMail.objects.filter(state=MailState.WAITING, next_attempt_at__lte=now)
    while (mail := due.order_by("next_attempt_at", "pk").first()) is not None:
        as_read = PostedMail.objects.filter(
            pk=mail.pk, state=MailState.WAITING, attempts=mail.attempts
        )
        mail.attempts += 1
        with transaction.atomic(durable=True):
            mine = as_read.update(
                state=MailState.LEAVING, attempts=mail.attempts, next_attempt_at=now + LONGEST
            )
        if mine:
            return mail
    return None


def _of_mine(mail: PostedMail) -> QuerySet[PostedMail]:
    """The mail, if nobody took it up anew: also one that was held for abandoned meanwhile."""
    return PostedMail.objects.filter(
        pk=mail.pk, attempts=mail.attempts, state__in=(MailState.LEAVING, MailState.UNCLEAR)
    )


def _postpone(mail: PostedMail, failure: NotSent) -> None:
    """Let a mail wait that certainly didn't leave, or show it where waiting is no use."""
    if failure.for_good or mail.attempts > len(PAUSES):
        _of_mine(mail).update(state=MailState.FAILED, error=_short(failure))
        return
    _of_mine(mail).update(
        state=MailState.WAITING,
        next_attempt_at=timezone.now() + PAUSES[mail.attempts - 1],
        error=_short(failure),
    )


def _short(reason: Exception) -> str:
    return str(reason)[:500]


def _as_letter(mail: PostedMail) -> EmailMessage:
    """What is handed over: the same letter, under the same id, however often."""
    with translation.override(mail.language):
        made = letter(subject=mail.subject, text=mail.text, to=mail.to, sender=mail.sender)
    made.extra_headers.update(mail.headers)
    made.extra_headers["Message-ID"] = message_id(mail)
    return made


def message_id(mail: PostedMail) -> str:
    """The mail's own id; a file it is kept in bears the part before the @ as its name."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    posted = mail.posted_at.astimezone(dt.UTC).strftime("%Y%m%d-%H%M%S-%f")
    digest = sha256(mail.key.encode()).hexdigest()[:16]
    return f"<{posted}-{digest}@{address.rpartition('@')[2]}>"


def stuck_mails(municipality_id: int) -> QuerySet[PostedMail]:
    """Mails of a municipality that wait for a person's decision, the newest first."""
    stuck = PostedMail.objects.filter(municipality_id=municipality_id, state__in=STUCK)
    return stuck.exclude(text="").order_by("-posted_at", "-pk")


def withdraw_mails(prefix: str) -> None:
    """Forget every mail whose key begins so, sent or not; for people whose data is deleted.

    One that is just being handed over stays: its worker is about to write to it.
    """
    mails = PostedMail.objects.filter(key__startswith=prefix)
    mails.exclude(state=MailState.LEAVING).delete()


def tidy_outbox() -> int:
    """Forget of old mails whom they were for, and what jobs left behind; how many rows that were.

    A mail nobody decided about in all that time is given up.
    """
    now = timezone.now()
    old = PostedMail.objects.filter(posted_at__lt=now - KEPT).exclude(to="")
    forgotten = old.filter(state__in=(MailState.LEFT, *STUCK)).update(**BLANK)
    return forgotten + _tidy_jobs(now)


def _tidy_jobs(now: dt.datetime) -> int:
    """Results of jobs: what failed stays two weeks to be looked at, the rest a day."""
    day, fortnight = now - dt.timedelta(days=1), now - dt.timedelta(days=14)
    results = DBTaskResult.objects
    number = 0
    for rows in (
        results.successful().filter(finished_at__lt=day),
        results.failed().filter(finished_at__lt=fortnight),
        # Of workers that died. What they were to do is found by the periodic jobs.
        results.running().filter(started_at__lt=day),
    ):
        number += rows.delete()[0]
    return number
