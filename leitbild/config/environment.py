"""The one place that reads environment variables. Each is documented in docs/settings.md."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

KEY_FILE: Final = "secret_key"
KEY_LENGTH: Final = 50
POSTGRESQL: Final = ("postgres://", "postgresql://", "pgsql://")


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
        data = Path(variables.get("LEITBILD_DATA") or "data").expanduser().absolute()
        return cls(
            data=data,
            database_url=_database_url(variables),
            debug=_switch(variables, "LEITBILD_DEBUG"),
            secret_key=_secret_key(variables, data),
            https=_switch(variables, "LEITBILD_HTTPS"),
        )


def _switch(variables: Mapping[str, str], name: str) -> bool:
    value = variables.get(name, "0").strip().lower()
    if value not in {"0", "1", "true", "false", ""}:
        raise FaultyEnvironment(f"{name} is “{value}”; set it to 1 or 0.")
    return value in {"1", "true"}


def _database_url(variables: Mapping[str, str]) -> str:
    """The address of a PostgreSQL server; SQLite needs options that an address can't name."""
    url = variables.get("DATABASE_URL", "")
    if url and not url.startswith(POSTGRESQL):
        raise FaultyEnvironment(
            "DATABASE_URL must name a PostgreSQL server, as in postgres://user:password@host/name. "
            "For SQLite leave it out and name the directory with --data or LEITBILD_DATA."
        )
    return url


def _secret_key(variables: Mapping[str, str], data: Path) -> str:
    """The key that was given or, without one, the key kept in the data directory."""
    given = variables.get("LEITBILD_SECRET_KEY", "")
    if given and len(given) < KEY_LENGTH:
        raise FaultyEnvironment(
            f"LEITBILD_SECRET_KEY has {len(given)} characters; at least {KEY_LENGTH} are needed."
        )
    file = data / KEY_FILE
    try:
        # Drafts and people's addresses lie here: nobody else on this machine shall look in.
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if given:
            return given
        if not file.exists():
            _make_key(file)
        return file.read_text(encoding="ascii")
    except OSError as error:
        raise FaultyEnvironment(
            f"The data directory {data} can't be used ({error.strerror}). "
            "Name another one with --data or LEITBILD_DATA."
        ) from error


def _make_key(file: Path) -> None:
    """Write a new key for its owner alone, unless another process does so at this moment.

    The file appears under its name when it is whole, so nobody reads half a key.
    """
    with NamedTemporaryFile("w", dir=file.parent, encoding="ascii") as draft:
        draft.write(secrets.token_urlsafe(KEY_LENGTH))
        draft.flush()
        with suppress(FileExistsError):
            os.link(draft.name, file)
