"""The one place that reads environment variables. Each is documented in docs/settings.md."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

KEY_FILE: Final = "secret_key"


class FaultyEnvironment(Exception):
    """A variable that can't be used as it is; the message says how to mend it."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What the installation is told from outside."""

    data: Path
    database_url: str
    debug: bool
    secret_key: str
    https: bool

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> "Environment":
        """Read and check all variables; make the data directory and its secret key if needed."""
        data = Path(variables.get("LEITBILD_DATA", "data")).expanduser().absolute()
        return cls(
            data=data,
            database_url=variables.get("DATABASE_URL", ""),
            debug=_switch(variables, "LEITBILD_DEBUG"),
            secret_key=variables.get("LEITBILD_SECRET_KEY", "") or _kept_key(data),
            https=_switch(variables, "LEITBILD_HTTPS"),
        )


def _switch(variables: Mapping[str, str], name: str) -> bool:
    value = variables.get(name, "0").strip().lower()
    if value not in {"0", "1", "true", "false", ""}:
        raise FaultyEnvironment(f"{name} is “{value}”; set it to 1 or 0.")
    return value in {"1", "true"}


def _kept_key(data: Path) -> str:
    """The installation's secret key, made on first use and readable by its owner alone."""
    file = data / KEY_FILE
    try:
        data.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _make_key(file)
        return file.read_text(encoding="ascii")
    except OSError as error:
        raise FaultyEnvironment(
            f"The data directory {data} can't be used ({error.strerror}). "
            "Name another one with --data or LEITBILD_DATA."
        ) from error


def _make_key(file: Path) -> None:
    """Write a new key, unless another process does so at this moment."""
    with suppress(FileExistsError):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(50))
