"""Mails: how they are set, and how they are kept where no server sends them."""

import logging
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import formataddr, parseaddr
from pathlib import Path
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from leitbild.core.languages import language

ENDING: Final = ".eml"
SHOWN: Final = 50
PERMANENT: Final = 500
"""From this code on, a mail server's answer is its last word."""
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
        "body": _as_html(signed),
        "language": language(get_language() or settings.LANGUAGE_CODE),
    }
    mail.attach_alternative(render_to_string("core/mail/letter.html", page), "text/html")
    return mail


def _as_html(text: str) -> SafeString:
    """A text as paragraphs with links, whose addresses run from left to right in any language."""
    escaped = str(urlize(text, autoescape=True)).replace("<a ", '<a dir="ltr" ')
    return mark_safe(linebreaks(escaped))  # noqa: S308 # urlize has escaped it


class NotSent(Exception):
    """A mail certainly didn't leave; says why.

    `for_good`: to try again is of no use. `unreachable`: no mail can leave now.
    """

    def __init__(
        self, reason: object = "", *, for_good: bool = False, unreachable: bool = False
    ) -> None:
        """Keep what whoever tries again must know."""
        super().__init__(str(reason))
        self.for_good = for_good
        self.unreachable = unreachable


class Unclear(Exception):
    """The connection broke while a mail was being handed over: it may have left or not."""


def send(mail: EmailMessage) -> None:
    """Hand a mail over while somebody waits for it; raises NotSent."""
    try:
        mail.send()
    except (OSError, SMTPException) as error:
        log.exception("A mail couldn't be sent.")
        raise NotSent from error


def hand_over(mail: EmailMessage) -> None:
    """Hand a mail over to the mail server or keep it; raises NotSent or Unclear.

    What goes wrong before the mail server has the mail, or by its own word, is certain.
    """
    server = reach()
    try:
        server.send_messages([mail])
    except (SMTPRecipientsRefused, SMTPResponseException) as error:
        raise NotSent(_answer(error), for_good=_is_final(error)) from error
    except (ValueError, SMTPNotSupportedError) as error:
        # An address or a header that can't be written down.
        raise NotSent(_answer(error), for_good=True) from error
    except (OSError, SMTPException) as error:
        if is_repeatable():
            raise NotSent(_answer(error), unreachable=True) from error
        raise Unclear(_answer(error)) from error
    finally:
        # The mail is theirs by now; what goes wrong at the farewell changes nothing.
        with suppress(OSError, SMTPException):
            server.close()


def reach() -> BaseEmailBackend:
    """The mail server, which lets us in; raises NotSent."""
    server: BaseEmailBackend = get_connection()
    try:
        server.open()
    except (OSError, SMTPException) as error:
        # It may have got as far as a connection that nobody else would close.
        with suppress(OSError, SMTPException):
            server.close()
        raise NotSent(_answer(error), unreachable=True) from error
    return server


def is_repeatable() -> bool:
    """Whether handing the same mail over twice comes to the same as once."""
    return isinstance(get_connection(), KeptAsFiles)


def _is_final(error: SMTPException) -> bool:
    """Whether the mail server will give the same answer every time: about people, or content."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _words in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= PERMANENT


def _answer(error: Exception) -> str:
    """What went wrong in the mail server's words, or the system's."""
    if isinstance(error, SMTPRecipientsRefused):
        return "; ".join(_spoken(code, words) for code, words in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return _spoken(error.smtp_code, error.smtp_error)
    return (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__


def _spoken(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"


class KeptAsFiles(BaseEmailBackend):
    """Writes each mail to a file of its own, which only its owner can read."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them all."""
        folder: Path = settings.MAILS
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for mail in email_messages:
            file = folder / f"{_file_name(mail)}{ENDING}"
            # Under its name only when it is whole: somebody may be reading the folder.
            draft = file.with_suffix(".part")
            draft.touch(mode=0o600)
            draft.write_bytes(mail.message().as_bytes())
            draft.rename(file)
        return len(email_messages)


def _file_name(mail: EmailMessage) -> str:
    """Made of the mail's own id, so that a second writing makes no second file."""
    name = str(mail.extra_headers.get("Message-ID", "")).strip("<>").partition("@")[0]
    if re.fullmatch(r"[\w-]+", name):
        return name
    return f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(4)}"


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
