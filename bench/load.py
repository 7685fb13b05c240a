"""Asking a server as fast as it answers: by wrk, by oha, or by a client in Python that says so."""

import json
import os
import resource
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bench.tools import found, tool, version_of

CONNECTIONS: Final = 16
# The server needs a core of its own, and where there are enough the client shall not be the limit.
THREADS: Final = 2 if (os.cpu_count() or 1) >= 4 else 1
ENCODING: Final = "Accept-Encoding: br"
# wrk speaks Lua; its own summary rounds.
SCRIPT: Final = """\
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "failures": %d}\\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e6, latency:percentile(99) / 1e6,
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


class Failed(Exception):
    """The load couldn't be made, or not everything was answered; the message says which."""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of some seconds of asking; times in seconds."""

    rate: float
    p50: float
    p99: float
    busy: float
    """How many cores the client used."""


@dataclass(frozen=True, slots=True)
class Client:
    """A program that asks."""

    program: tuple[str, ...]
    name: str
    version: str
    arguments: Callable[[str, float, str], list[str]]
    """For an address, some seconds and the path of the script for wrk."""
    read: Callable[[str], dict[str, Any]]
    cores: int = THREADS
    """How many it can use; if it does, it is what limits the rate."""

    def ask(self, url: str, seconds: float) -> Load:
        """Ask for one address; raises Failed if anything but 200 came back."""
        with TemporaryDirectory(prefix="leitbild-bench-") as folder:
            script = Path(folder) / "report.lua"
            script.write_text(SCRIPT)
            before = _cpu_of_children()
            command = [*self.program, *self.arguments(url, seconds, str(script))]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            busy = _cpu_of_children() - before
        if done.returncode:
            raise Failed(f"{self.name} failed: {done.stderr.strip() or done.stdout.strip()}")
        said = self.read(done.stdout)
        if said["failures"] or not said["requests"]:
            raise Failed(f"{url}: {said['failures']} of {said['requests']} requests failed.")
        return Load(
            rate=said["requests"] / said["seconds"],
            p50=said["p50"],
            p99=said["p99"],
            busy=busy / said["seconds"],
        )

    def told(self, seconds: float) -> str:
        """The command as the report names it."""
        return f"{self.name} {shlex.join(self.arguments('URL', seconds, 'report.lua'))}"


def client() -> Client:
    """The best one this machine has or gets."""
    for name, known in (("wrk", _wrk), ("oha", _oha)):
        if path := found(name):
            return known(path)
    if path := tool("wrk"):
        return _wrk(path)
    return python_client()


def _wrk(path: Path) -> Client:
    options = [f"-t{THREADS}", f"-c{CONNECTIONS}"]
    return Client(
        (str(path),),
        "wrk",
        version_of([str(path), "-v"]).partition(" Copyright")[0],
        lambda url, seconds, script: [
            *options, f"-d{seconds:.0f}s", "-s", script, "-H", ENCODING, url
        ],
        said_by_script,
    )  # fmt: skip


def said_by_script(output: str) -> dict[str, Any]:
    """What our own script says, after everything else."""
    said: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    return said


def _oha(path: Path) -> Client:
    options = ["-c", str(CONNECTIONS), "--no-tui", "--output-format", "json", "-H", ENCODING]
    return Client(
        (str(path),),
        "oha",
        version_of([str(path), "--version"]),
        lambda url, seconds, _script: ["-z", f"{seconds:.0f}s", *options, url],
        said_by_oha,
    )


def said_by_oha(output: str) -> dict[str, Any]:
    """Its summary; requests that were on their way when time was up are no failures."""
    said = json.loads(output)
    answers: dict[str, int] = said["statusCodeDistribution"]
    errors: dict[str, int] = said["errorDistribution"]
    lost = sum(count for what, count in errors.items() if "deadline" not in what)
    requests = sum(answers.values())
    return {
        "requests": requests,
        "seconds": said["summary"]["total"],
        "p50": said["latencyPercentiles"]["p50"],
        "p99": said["latencyPercentiles"]["p99"],
        "failures": requests - answers.get("200", 0) + lost,
    }


def python_client() -> Client:
    return Client(
        (sys.executable, "-m", "bench.client"),
        "python -m bench.client",
        "our own, in Python: far slower than a server, so that rates tell little",
        lambda url, seconds, _script: [url, f"{seconds:g}", str(CONNECTIONS)],
        said_by_script,
        cores=1,
    )


def _cpu_of_children() -> float:
    """Seconds of CPU that ended children have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
