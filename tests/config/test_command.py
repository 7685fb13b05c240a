"""What can't be done, by an option or by a server, is refused in the terminal's language."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from tests.ports import free_port

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["import"], "die folgenden Angaben fehlen: FILE"),
        (["import", "x.xlsx", "--nix"], "unbekannte Angaben: --nix"),
        (["import", "x.xlsx", "--edition", "bald"], "„bald“ ist kein Jahr zwischen 1900 und 2200."),
        (["serve", "--port", "99999"], "„99999“ ist kein Port von 1 bis 65535."),
        (["serve", "--workers", "x"], "„x“ ist keine Zahl von 1 bis 128."),
        (["export", "-o", "x", "--template", "pdf"], "'pdf' geht nicht (möglich: 'xlsx', 'ods')"),
    ],
)
def test_usage_errors_speak_german_on_a_german_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")

    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert err.startswith("Aufruf: leitbild")
    assert err.splitlines()[-1].startswith(f"leitbild {arguments[0]}: ")
    assert sentence in err


def test_server_that_cannot_be_reached_is_not_called_a_disk(run: Run, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    code, out, err = run("manage", "sendtestemail", "it@stadt.example")

    assert (code, out, err) == (1, "", "That did not work: Connection refused.\n")
