"""The real server as a process of its own: started, asked, looked at, ended."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

COMMAND: Final = "leitbild --data DIR serve --port PORT --workers 1 --no-worker"
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

    address: str
    pid: int
    seconds: float
    """From the start of its process to the first page."""

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


@contextmanager
def served(data: Path, page: str = "/de/") -> Iterator[Server]:
    """Start the server on a data directory, wait for a page, end it afterwards."""
    port = free_port()
    environment = {**os.environ, "LEITBILD_DATA": str(data)}
    options = ("serve", "--port", str(port), "--workers", "1", "--no-worker")
    # The very script people start, beside the Python that runs this.
    command = [str(Path(sys.executable).with_name("leitbild")), *options]
    start = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(process, f"{address}{page}")
        yield Server(address, process.pid, time.monotonic() - start)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(ENDED_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", url: str) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            answer = ask(url)
        except OSError:
            time.sleep(PAUSE)
            continue
        if answer.status == 200:
            return
        raise RuntimeError(f"The server answers {url} with {answer.status}.")
    raise RuntimeError("The server doesn't answer; what it said stands above.")


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
