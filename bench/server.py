"""The real server as a process of its own: started, asked, looked at, ended."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ALONE: Final = ("--workers", "1", "--no-worker")
"""One process that answers, and nothing beside it."""
COMMAND: Final = f"leitbild --data DIR serve --port PORT {' '.join(ALONE)}"
READY_WITHIN: Final = 60.0
ENDED_WITHIN: Final = 20.0
PAUSE: Final = 0.01
PROC: Final = Path("/proc")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    port: int
    pid: int
    seconds: float
    """From the start of its process to the first page."""

    @property
    def address(self) -> str:
        """What its paths are put behind."""
        return _address(self.port)

    @property
    def worker(self) -> int:
        """The process that answers; raises RuntimeError where it can't be told."""
        children = _children(self.pid)
        if len(children) != 1:
            raise RuntimeError(f"The server has {len(children)} children instead of one worker.")
        return children[0]


def free_port() -> int:
    """A port nobody uses."""
    with closing(socket.socket()) as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def ask(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Ask once, as a browser that takes brotli unless the headers say otherwise."""
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    with closing(http.client.HTTPConnection(parts.netloc, timeout=READY_WITHIN)) as connection:
        connection.request("GET", target, headers={"Accept-Encoding": "br", **(headers or {})})
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, names, answer.read())


def leitbild(*words: str) -> list[str]:
    """A command line: of the very script people start, beside the Python that runs this."""
    return [str(Path(sys.executable).with_name("leitbild")), *words]


@contextmanager
def served(options: Sequence[str] = ALONE) -> Iterator[Server]:
    """Start the installation's server, wait for its first page, end it afterwards."""
    port = free_port()
    command = leitbild("serve", "--port", str(port), *options)
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        answer = first_answer(process, f"{_address(port)}/de/")
        if answer.status != 200:
            raise RuntimeError(f"The first page is answered with {answer.status}.")
        yield Server(port, process.pid, time.monotonic() - start)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(ENDED_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def first_answer(process: "subprocess.Popen[bytes]", url: str) -> Answer:
    """What a server that begins says first; raises RuntimeError where it ends or stays silent."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            return ask(url)
        except OSError:
            time.sleep(PAUSE)
    raise RuntimeError(f"Nobody answers {url}; what the server said stands above.")


def _children(pid: int) -> list[int]:
    found = []
    for each in PROC.glob("[0-9]*/stat"):
        try:
            # A name may hold anything, so what follows is counted from its closing bracket.
            parent = int(each.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found.append(int(each.parent.name))
    return found


def resident(pid: int) -> int:
    """Bytes of memory a process holds; raises RuntimeError where the system doesn't say."""
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError as error:
        raise RuntimeError("Memory is read from /proc, which only Linux has.") from error
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024
