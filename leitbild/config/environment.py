"""The one place that reads environment variables. Each is documented in docs/settings.md."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

KEY_FILE: Final = "secret_key"
KEY_LENGTH: Final = 50
POSTGRESQL: Final = ("postgres://", "postgresql://", "pgsql://")
MEGABYTE: Final = 1_000_000
PAGE_CACHE: Final = 64 * MEGABYTE
LARGEST_POOL: Final = 64
STORES: Final = {"s3": "https", "s3+http": "http"}
REGION: Final = "us-east-1"
"""What stores that know no regions are called by."""
MAIL_PORTS: Final = {"smtp": 587, "smtps": 465}


class FaultyEnvironment(Exception):
    """A variable that can't be used as it is; the message says how to mend it."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails leave, and in whose name."""

    host: str
    port: int
    user: str
    password: str
    tls_from_start: bool
    sender: str


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider people may sign in with."""

    issuer: str
    client_id: str
    client_secret: str
    name: str


@dataclass(frozen=True, slots=True)
class FileStore:
    """An S3-compatible store for the files people upload, shared by several nodes."""

    endpoint: str
    bucket: str
    key: str
    secret: str
    region: str


@dataclass(frozen=True, slots=True)
class Environment:
    """What the installation is told from outside."""

    data: Path
    database_url: str
    debug: bool
    secret_key: str
    https: bool
    show_mails: bool = False
    page_cache: int = PAGE_CACHE
    pool: int = 0
    mail: MailServer | None = None
    provider: Provider | None = None
    store: FileStore | None = None

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
            show_mails=_switch(variables, "LEITBILD_SHOW_MAILS"),
            page_cache=_page_cache(variables),
            pool=_pool(variables),
            mail=_mail_server(variables),
            provider=_provider(variables),
            store=_store(variables),
        )


def _switch(variables: Mapping[str, str], name: str) -> bool:
    value = variables.get(name, "0").strip().lower()
    if value not in {"0", "1", "true", "false", ""}:
        raise FaultyEnvironment(f"{name} is “{value}”; set it to 1 or 0.")
    return value in {"1", "true"}


def _page_cache(variables: Mapping[str, str]) -> int:
    """Bytes of memory for kept pages; none, and nothing is kept."""
    megabytes = variables.get("LEITBILD_PAGE_CACHE", "").strip()
    if not megabytes:
        return PAGE_CACHE
    if not megabytes.isascii() or not megabytes.isdecimal():
        raise FaultyEnvironment(
            f"LEITBILD_PAGE_CACHE is “{megabytes}”; set it to the megabytes of memory each process "
            "may use for kept pages, as in 64, or to 0 to keep none."
        )
    return int(megabytes) * MEGABYTE


def _pool(variables: Mapping[str, str]) -> int:
    """How many connections to PostgreSQL the threads of a process share; 0: one for each."""
    size = variables.get("LEITBILD_POOL", "").strip() or "0"
    if not size.isascii() or not size.isdecimal() or int(size) > LARGEST_POOL:
        raise FaultyEnvironment(
            f"LEITBILD_POOL is “{size}”; set it to the number of connections to PostgreSQL each "
            f"process may open, from 1 to {LARGEST_POOL}, or leave it out."
        )
    if int(size) and not _database_url(variables):
        raise FaultyEnvironment(
            "LEITBILD_POOL is for PostgreSQL: set DATABASE_URL too, or leave both out."
        )
    return int(size)


def _database_url(variables: Mapping[str, str]) -> str:
    """The address of a PostgreSQL server; SQLite needs options that an address can't name."""
    url = variables.get("DATABASE_URL", "")
    if url and not url.startswith(POSTGRESQL):
        raise FaultyEnvironment(
            "DATABASE_URL must name a PostgreSQL server, as in postgres://user:password@host/name. "
            "For SQLite leave it out and name the directory with --data or LEITBILD_DATA."
        )
    return url


def _mail_server(variables: Mapping[str, str]) -> MailServer | None:
    """Where mails leave; None where they are only kept."""
    url = variables.get("LEITBILD_MAIL_URL", "").strip()
    sender = variables.get("LEITBILD_MAIL_FROM", "").strip()
    if not url and not sender:
        return None
    if not (url and sender):
        raise FaultyEnvironment(
            "LEITBILD_MAIL_URL and LEITBILD_MAIL_FROM belong together: "
            "set both, or leave both out and mails are only kept as files."
        )
    if "@" not in sender:
        raise FaultyEnvironment(
            f"LEITBILD_MAIL_FROM is “{sender}”; set it to an e-mail address, as in "
            "plan@stadt.example."
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FaultyEnvironment(_unreadable_mail_url()) from None
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise FaultyEnvironment(_unreadable_mail_url())
    return MailServer(
        host=parts.hostname,
        port=port or MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls_from_start=parts.scheme == "smtps",
        sender=sender,
    )


def _unreadable_mail_url() -> str:
    # Without the value: it holds a password.
    return (
        "LEITBILD_MAIL_URL can't be read; write it as smtp://user:password@host:587 or "
        "smtps://user:password@host, with signs like @ and / in the password as %40 and %2F."
    )


def _provider(variables: Mapping[str, str]) -> Provider | None:
    """The provider of sign-ins, described whole or not at all."""
    needed = ("LEITBILD_OIDC_ISSUER", "LEITBILD_OIDC_CLIENT_ID", "LEITBILD_OIDC_CLIENT_SECRET")
    given = {name: variables.get(name, "").strip() for name in (*needed, "LEITBILD_OIDC_NAME")}
    if not any(given.values()):
        return None
    if missing := [name for name in needed if not given[name]]:
        raise FaultyEnvironment(
            f"To sign in by OpenID Connect {' and '.join(missing)} must be set too; "
            "without OpenID Connect leave out all that begins with LEITBILD_OIDC."
        )
    issuer, client_id, client_secret, name = given.values()
    if urlsplit(issuer).scheme not in {"https", "http"} or not urlsplit(issuer).hostname:
        raise FaultyEnvironment(
            f"LEITBILD_OIDC_ISSUER is “{issuer}”; set it to an address, as in "
            "https://login.stadt.example/realms/stadt."
        )
    return Provider(
        issuer=issuer.rstrip("/"),
        client_id=client_id,
        client_secret=client_secret,
        name=name or (urlsplit(issuer).hostname or ""),
    )


def _store(variables: Mapping[str, str]) -> FileStore | None:
    """Where files that people upload lie; None where they lie in the data directory."""
    url = variables.get("LEITBILD_STORAGE_URL", "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FaultyEnvironment(_unreadable_storage_url()) from None
    bucket = parts.path.strip("/")
    more = parse_qs(parts.query, keep_blank_values=True)
    is_whole = parts.hostname and parts.username and parts.password and bucket
    if parts.scheme not in STORES or not is_whole or "/" in bucket or more.keys() - {"region"}:
        raise FaultyEnvironment(_unreadable_storage_url())
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else str(parts.hostname)
    return FileStore(
        endpoint=f"{STORES[parts.scheme]}://{host}{f':{port}' if port else ''}",
        bucket=bucket,
        key=unquote(str(parts.username)),
        secret=unquote(str(parts.password)),
        region=more.get("region", [""])[0] or REGION,
    )


def _unreadable_storage_url() -> str:
    # Without the value: it holds a secret.
    return (
        "LEITBILD_STORAGE_URL can't be read; write it as s3://key:secret@host/bucket?region=name, "
        "with signs like / and + in the secret as %2F and %2B; s3+http://… for a store that "
        "speaks no HTTPS."
    )


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
