"""Mails: how they are set, and how they are kept where no server sends them."""

import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import formataddr, parseaddr
from pathlib import Path
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from leitbild.core.languages import language

ENDING: Final = ".eml"
SHOWN: Final = 50
log = logging.getLogger(__name__)


def letter(*, subject: str, text: str, to: str, sender: str) -> EmailMultiAlternatives:
    """A mail as plain text and as HTML, in the active language, signed by its sender."""
    signed = f"{text.strip()}\n\n{sender}\n"
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=signed,
        from_email=formataddr((sender, address)),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    page = {
        "subject": mail.subject,
        "text": signed,
        "language": language(get_language() or settings.LANGUAGE_CODE),
    }
    mail.attach_alternative(render_to_string("core/mail/letter.html", page), "text/html")
    return mail


class NotSent(Exception):
    """A mail couldn't leave; the log says why."""


def send(mail: EmailMessage) -> None:
    """Hand a mail over; raises NotSent."""
    try:
        mail.send()
    except (OSError, SMTPException) as error:
        log.exception("A mail couldn't be sent.")
        raise NotSent from error


class KeptAsFiles(BaseEmailBackend):
    """Writes each mail to a file of its own, which only its owner can read."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them all."""
        folder: Path = settings.MAILS
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for mail in email_messages:
            moment = timezone.now().strftime("%Y%m%d-%H%M%S-%f")
            file = folder / f"{moment}-{secrets.token_hex(4)}{ENDING}"
            # Under its name only when it is whole: somebody may be reading the folder.
            draft = file.with_suffix(".part")
            draft.touch(mode=0o600)
            draft.write_bytes(mail.message().as_bytes())
            draft.rename(file)
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A mail that was kept instead of sent."""

    subject: str
    to: str
    at: datetime | None
    text: str


def kept_mails() -> Iterator[KeptMail]:
    """The newest mails that were kept, the newest first."""
    folder: Path = settings.MAILS
    files = sorted(folder.glob(f"*{ENDING}"), reverse=True) if folder.is_dir() else []
    for file in files[:SHOWN]:
        yield _read(file)


def _read(file: Path) -> KeptMail:
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain", "html"))
    date = mail["Date"]
    return KeptMail(
        subject=str(mail["Subject"] or ""),
        to=str(mail["To"] or ""),
        at=date.datetime if date else None,
        text=body.get_content() if body else "",
    )
