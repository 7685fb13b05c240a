"""Serving: static files brought up to date, a server that ends cleanly, and its address."""

import errno
import http.client
import multiprocessing
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from leitbild.config.alone import alone_at
from leitbild.config.companion import Companion
from leitbild.config.memory import call_it_lasting, keep_small

STAMP: Final = "static.digest"
READY_WITHIN: Final = 60.0
STOPPED_WITHIN: Final = 5
THREADS: Final = 16
SWITCH: Final = 0.0001
"""Seconds after which a thread that renders lets others go on, who answer what is kept."""


def refresh_static_files() -> bool:
    """Collect static files if they or the version changed; say whether they did.

    One process at a time: a second one that cleared the folder meanwhile would leave gaps.
    """
    stamp = settings.ENVIRONMENT.data / STAMP
    digest = _static_digest()
    with alone_at("static"):
        if stamp.exists() and stamp.read_text() == digest and Path(settings.STATIC_ROOT).is_dir():
            return False
        call_command("collectstatic", interactive=False, clear=True, verbosity=0, skip_checks=True)
        stamp.write_text(digest)
        return True


def _static_digest() -> str:
    whole = sha256(version("leitbild").encode())
    for name, file in sorted(_static_files()):
        whole.update(f"\n{name}\n".encode())
        whole.update(sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def _static_files() -> Iterator[tuple[str, Path]]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))


def resolve(host: str, port: int) -> str:
    """The IP address to listen on; refuses what can't be listened on with a sentence."""
    try:
        family, kind, _proto, _name, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError):
        raise CommandError(
            _("“{host}” is not an address of this computer.").format(host=host)
        ) from None
    try:
        with closing(socket.socket(family, kind)) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise CommandError(_reason(error, host, port)) from None
    return str(address[0])


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return _("Port {port} is in use; choose another one with --port.").format(port=port)
    if error.errno == errno.EACCES:
        return _("Port {port} is reserved; choose one above 1023 with --port.").format(port=port)
    return _("“{host}” is not an address of this computer.").format(host=host)


def url_of(address: str, port: int) -> str:
    """The address to type into a browser."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104 # compared
    return f"http://[{reachable}]:{port}/" if ":" in reachable else f"http://{reachable}:{port}/"


def serve(
    *,
    address: str,
    port: int,
    workers: int,
    ready: Callable[[str], None],
    companion: Companion | None = None,
) -> None:
    """Serve until interrupted; `ready` is called with the URL once pages can be fetched.

    Only then the companion starts, so that the first page doesn't wait for it.
    """
    server = Granian(
        "leitbild.config.wsgi:application",
        address=address,
        port=port,
        workers=workers,
        blocking_threads=THREADS,
        interface=Interfaces.WSGI,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=STOPPED_WITHIN,
    )
    keep_small()
    if multiprocessing.get_start_method() == "fork":
        # Workers are copies of this process: they share what it has loaded …
        _application()
    let_go_of_databases()  # … but must not share its connections.
    url = url_of(address, port)
    threading.Thread(target=_announce, args=(url, ready, companion), daemon=True).start()
    try:
        server.serve(target_loader=_application_in_worker, wrap_loader=False)
    except SystemExit:
        # A worker that got the signal first is no failure.
        if not server.interrupt_signal:
            raise CommandError(_("The server stopped by itself; see the lines above.")) from None
    finally:
        if companion is not None:
            companion.stop()


def let_go_of_databases() -> None:
    """Close all connections, and the pool they come from where there is one."""
    connections.close_all()
    for each in connections.all(initialized_only=True):
        # Only PostgreSQL's connections come from one.
        if close_pool := getattr(each, "close_pool", None):
            close_pool()


def _application_in_worker() -> Any:
    """The application, in a worker that leaves Ctrl-C to the process that started it.

    A terminal sends SIGINT to both; a worker that also gets the parent's SIGTERM at that
    moment can hang (granian 2.8).
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    sys.setswitchinterval(SWITCH)
    return _application()


def _application() -> Any:
    """The application and all addresses; a process loads them once."""
    # Not at the top: commands and tests that need this module don't need the pages.
    from leitbild.config import urls, wsgi  # noqa: F401, PLC0415

    call_it_lasting()
    return wsgi.application


def _announce(url: str, ready: Callable[[str], None], companion: Companion | None) -> None:
    if _answers(url):
        ready(url)
    if companion is not None:
        companion.start()


def _answers(url: str) -> bool:
    """Wait until pages can be fetched; whether they can be."""
    host = url.removeprefix("http://").rstrip("/")
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        time.sleep(0.05)
        try:
            with closing(http.client.HTTPConnection(host, timeout=READY_WITHIN)) as connection:
                connection.request("HEAD", "/healthz")
                connection.getresponse()
        except OSError:
            continue
        return True
    return False
