"""Servers of a test's own, and reading their pages as browsers do."""

import http.client
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import Thread
from typing import Final

from django.conf import settings
from django.db import connection

from tests.ports import free_port

ENDS_WITHIN: Final = 20.0


class Site:
    """A server that runs, and what has reached Django behind its page cache."""

    def __init__(self, process: "subprocess.Popen[str]", port: int, database: str) -> None:
        """Remember where it will answer, and out of which database."""
        self.port = port
        self.database = database
        self.rendered: list[str] = []
        self._process = process
        assert process.stdout is not None
        self._lines = process.stdout
        self._listener = Thread(target=self._listen, daemon=True)

    def wait(self) -> None:
        """Wait until it answers."""
        for line in self._lines:
            if line == "ready\n":
                break
        else:
            raise AssertionError("The server ended before it answered.")
        self._listener.start()

    def end(self) -> None:
        """Ask it to end, and wait until it has."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(ENDS_WITHIN)

    def _listen(self) -> None:
        for line in self._lines:
            self.rendered.append(line.rstrip("\n"))

    def renders_of(self, path: str) -> int:
        """How often Django was asked for an address; the server is asked to end first."""
        self.end()
        self._listener.join(ENDS_WITHIN)
        return self.rendered.count(f"GET {path}")

    def reader(self) -> "Reader":
        """Somebody who reads."""
        return Reader(self.port)


class Reader:
    """Reads pages over one connection, as a browser does."""

    def __init__(self, port: int) -> None:
        """Nothing is asked yet."""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ENDS_WITHIN)

    def __enter__(self) -> "Reader":
        """Read."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the connection."""
        self._connection.close()

    def read(self, path: str, **headers: str) -> str:
        """A page, which must be there."""
        status, _headers, body = self.answer(path, **headers)
        assert status == http.client.OK, (path, status)
        return body.decode()

    def answer(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        asked = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request("GET", path, headers=asked)
        answer = self._connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


@contextmanager
def sites(number: int) -> Iterator[list[Site]]:
    """Servers of the database in use, started side by side."""
    connection.close()
    with ExitStack() as stack:
        found = [stack.enter_context(_begun()) for _site in range(number)]
        for each in found:
            each.wait()
        yield found


@contextmanager
def _begun() -> Iterator[Site]:
    database, port = str(connection.settings_dict["NAME"]), free_port()
    arguments = [database, str(settings.STATIC_ROOT), str(port)]
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.durability.real_server", *arguments],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        served = Site(process, port, database)
        try:
            yield served
        finally:
            with suppress(subprocess.TimeoutExpired):
                served.end()
            process.kill()
