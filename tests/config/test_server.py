"""The demo starts in a fresh directory, answers, and ends cleanly."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError
from pytest_django import Settings

from leitbild.config.environment import Environment
from leitbild.config.server import STAMP, refresh_static_files, resolve, url_of
from tests.ports import free_port, taken_port

ENDS_WITHIN = 20


@contextmanager
def leitbild(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """The command in a process and session of its own, as a terminal starts it."""
    unset = {"DATABASE_URL", "LEITBILD_DATA", "DJANGO_SETTINGS_MODULE"}
    process = subprocess.Popen(
        [sys.executable, "-m", "leitbild.config.cli", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**{k: v for k, v in os.environ.items() if k not in unset}, "LC_ALL": "C.UTF-8"},
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def lines_until(process: subprocess.Popen[str], sign: str) -> list[str]:
    lines: list[str] = []
    assert process.stdout
    for line in process.stdout:
        lines.append(line.rstrip())
        if sign in line:
            break
    return lines


def ask_for_news_and_wait_for_the_mail(port: int, folder: Path) -> None:
    """Have a mail written, and see that the worker beside the server keeps it."""
    form = urlencode({"what": "plan", "email": "nadia@example.org"}).encode()
    urllib.request.urlopen(f"http://127.0.0.1:{port}/de/folgen/", form).close()
    until = time.monotonic() + ENDS_WITHIN
    while not any(b"To: nadia@example.org" in each.read_bytes() for each in folder.glob("*.eml")):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_demo_serves_ends_cleanly_and_is_there_again(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()

    with leitbild("demo", "--data", data, "--port", port) as process:
        first = lines_until(process, "Ctrl-C")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/de/") as answer:
            page = answer.read().decode()
        # As a terminal does it: to everybody at once.
        os.killpg(process.pid, signal.SIGINT)
        ended = end_of(process)
    with leitbild("demo", "--data", data, "--port", port) as process:
        second = lines_until(process, "Ctrl-C")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/office/mails/") as answer:
            mails = answer.status
        ask_for_news_and_wait_for_the_mail(port, data / "mails")
        process.send_signal(signal.SIGTERM)
        ended_again = end_of(process)

    assert first[0].startswith("Loaded Kaiserslautern: 2 concepts, ")
    assert first.pop(-2) == "The static files were renewed."
    for lines in (first[1:], second):
        assert_says_how_to_get_in(lines, port)
    assert "Kaiserslautern" in page
    assert mails == 200
    assert ended == ended_again == (0, "Stopped.\n", "")


def end_of(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit code and last words of a command that was told to end."""
    rest, errors = process.communicate(timeout=ENDS_WITHIN)
    return process.returncode, rest, errors


def assert_says_how_to_get_in(lines: list[str], port: int) -> None:
    people = [line.split()[-2:] for line in lines[1:6]]
    assert lines[0] == f"The office: http://127.0.0.1:{port}/office/ – sign in as"
    assert [email for email, _password in people] == [
        f"{role}@demo.example"
        for role in ("administrator", "officer", "editor", "translator", "observer")
    ]
    assert [len(password) for password in {password for _email, password in people}] == [12]
    assert lines[6:] == [
        f"Mails, codes among them: http://127.0.0.1:{port}/office/mails/",
        f"Leitbild answers at http://127.0.0.1:{port}/ – stop it with Ctrl-C.",
    ]


def test_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with taken_port() as port, leitbild("serve", "--data", tmp_path, "--port", port) as process:
        out, err = process.communicate(timeout=ENDS_WITHIN)

    sentence = f"Port {port} is in use; choose another one with --port.\n"
    assert (process.returncode, out, err) == (1, "", sentence)


def test_data_that_is_no_directory_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")

    with leitbild("serve", "--data", file) as process:
        out, err = process.communicate(timeout=ENDS_WITHIN)

    assert (process.returncode, out) == (1, "")
    assert err == (
        f"The data directory {file} can't be used (File exists). "
        "Name another one with --data or LEITBILD_DATA.\n"
    )


def test_help_needs_no_data_directory(tmp_path: Path) -> None:
    with leitbild("--help", "--data", tmp_path / "new") as process:
        process.communicate(timeout=ENDS_WITHIN)

    assert process.returncode == 0
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("host", ["nowhere.invalid", "203.0.113.7", "a..b"])
def test_address_of_another_computer_is_refused(host: str) -> None:
    with pytest.raises(CommandError, match="is not an address of this computer"):
        resolve(host, free_port())


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),  # noqa: S104 # nothing listens
        ("::", "http://[::1]:8000/"),
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_url_can_be_typed_into_a_browser(address: str, url: str) -> None:
    assert url_of(address, 8000) == url


def test_static_files_are_renewed_only_when_they_changed(
    settings: Settings, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = Environment.read({"LEITBILD_DATA": str(tmp_path)})

    assert refresh_static_files()
    assert not refresh_static_files()

    (tmp_path / STAMP).write_text("of another version")
    assert refresh_static_files()
