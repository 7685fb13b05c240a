"""Mails are letters in two forms; without a server each is kept in a file of its own."""

from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.utils.translation import override
from pytest_django import Settings

from leitbild.core.mail import NotSent, kept_mails, letter, send


class Broken(EmailBackend):
    """A mail server nobody can reach."""

    def send_messages(self, _messages: Any) -> int:
        raise ConnectionRefusedError


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where mails are kept."""
    settings.MAILS = tmp_path / "mails"
    settings.EMAIL_BACKEND = "leitbild.core.mail.KeptAsFiles"
    return tmp_path / "mails"


def test_letter_is_signed_and_nothing_in_it_is_markup() -> None:
    send(
        letter(
            subject="Neu:\nMaßnahme",
            text="Siehe https://x.example/?a=1&b=2\n\n<b>Gruß</b>",
            to="a@example.org",
            sender="Höxter",
        )
    )

    [sent] = mail.outbox
    assert sent.subject == "Neu: Maßnahme"
    assert sent.body == "Siehe https://x.example/?a=1&b=2\n\n<b>Gruß</b>\n\nHöxter\n"
    assert isinstance(sent, EmailMultiAlternatives)
    html = str(sent.alternatives[0][0])
    assert '<a dir="ltr" href="https://x.example/?a=1&amp;b=2"' in html
    assert "&lt;b&gt;Gruß" in html


def test_sender_cannot_add_lines_to_the_head(folder: Path) -> None:
    with pytest.raises(ValueError, match="newline"):
        send(letter(subject="x", text="x", to="a@example.org\nBcc: b@example.org", sender="x"))


def test_server_that_does_not_answer_is_one_kind_of_failure(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"

    with pytest.raises(NotSent):
        send(letter(subject="x", text="x", to="a@example.org", sender="x"))


def test_no_folder_holds_no_mails(folder: Path) -> None:
    assert list(kept_mails()) == []


def test_kept_mail_is_its_owners_alone(folder: Path) -> None:
    with override("ar"):
        mail = letter(subject="رمز\n1234", text="1234", to="a@example.org", sender="مدينة")
        mail.send()

    [file] = folder.iterdir()
    [kept] = kept_mails()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    assert (kept.subject, kept.to, kept.text) == (
        "رمز 1234",
        "a@example.org",
        "1234\n\nمدينة\n",
    )
    assert kept.at
    assert 'lang="ar" dir="rtl"' in str(mail.alternatives[0][0])


def test_mail_of_plain_text_alone_is_kept_too(folder: Path) -> None:
    EmailMessage("Betreff", "Text", "a@example.org", ["b@example.org"]).send()

    assert [kept.text.strip() for kept in kept_mails()] == ["Text"]
