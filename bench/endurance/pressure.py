"""Readers who ask at a constant rate: `python -m bench.endurance.pressure`, the plan on stdin.

A request has its moment, and is asked at its moment, however late the answers before it are. So
a server that stands still for a second is seen by all who would have come in that second; times
count from the moment a request was due. wrk and oha wait for answers, and would not see them.

A process of its own, in plain Python: the harness must not slow it down. It prints a line of JSON.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import quantiles
from typing import Any, Final

CONNECTIONS: Final = 64
TICK: Final = 0.001
PATIENCE: Final = 30.0
"""Seconds in which the last answers may come."""
SHARES: Final = {"br": 60, "gzip": 25, "identity": 15}
"""How many of a hundred readers take which encoding."""
KNOWN: Final = 0.2
"""How many have the page already and ask whether it has changed."""
NEW: Final = 0.003
"""How many ask for what nobody has asked for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked."""

    port: int
    rate: int
    seconds: float
    paths: Sequence[str]
    """Pages everybody reads."""
    search: str
    """Where a word can be added that nobody has looked for."""


@dataclass(slots=True)
class Found:
    """What came of it."""

    asked: int = 0
    seconds: float = 0.0
    statuses: dict[str, int] = field(default_factory=dict)
    broken: int = 0
    """Connections that ended without an answer."""
    unanswered: int = 0
    p50: float = 0.0
    p99: float = 0.0
    slowest: float = 0.0

    @property
    def answered(self) -> int:
        """How many got an answer, whatever it was."""
        return sum(self.statuses.values())

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Request:
    """One that is due."""

    due: float
    path: str
    encoding: str
    is_known: bool


class Connection(asyncio.Protocol):
    """Asks one thing after the other."""

    def __init__(self, readers: "Readers") -> None:
        """Belong to the readers."""
        self._readers = readers
        self._transport: asyncio.Transport | None = None
        self._request: Request | None = None
        self._received = b""

    def connection_made(self, transport: Any) -> None:
        """Be ready."""
        self._transport = transport
        self._readers.free(self)

    def ask(self, request: Request, asked: bytes) -> None:
        """Send a request."""
        assert self._transport is not None  # noqa: S101 # only who is ready is asked
        self._request = request
        self._transport.write(asked)

    def data_received(self, data: bytes) -> None:
        """Read on; an answer that is whole makes ready for the next one."""
        self._received += data
        head, mark, body = self._received.partition(b"\r\n\r\n")
        if not mark or self._request is None:
            return
        headers = head.decode("latin-1").lower()
        if len(body) < int(_header(headers, "content-length") or 0):
            return
        request, self._request, self._received = self._request, None, b""
        self._readers.answered(request, headers)
        self._readers.free(self)

    def connection_lost(self, _error: Exception | None) -> None:
        """Somebody else takes the place."""
        self._readers.lost(self, self._request)


def _header(headers: str, name: str) -> str:
    """The value of a header; all in small letters."""
    start = headers.find(f"\r\n{name}: ")
    if start < 0:
        return ""
    start += len(name) + 4
    end = headers.find("\r\n", start)
    return headers[start : end if end > 0 else None]


class Readers:
    """All who read."""

    def __init__(self, plan: Plan) -> None:
        """Nobody has asked yet."""
        self._plan = plan
        self._chance = random.Random(plan.rate)  # noqa: S311 # the same every time
        self._free: deque[Connection] = deque()
        self._due: deque[Request] = deque()
        self._tags: dict[tuple[str, str], str] = {}
        self._statuses: Counter[str] = Counter()
        self._times: list[float] = []
        self._over = False
        self._opening: set[asyncio.Task[Any]] = set()
        self._found = Found()

    async def go(self) -> Found:
        """Ask until the time is over, and wait for the last answers."""
        for _connection in range(CONNECTIONS):
            await self._open()
        plan, start = self._plan, time.perf_counter()
        whole = int(plan.rate * plan.seconds)
        while self._found.asked < whole:
            now = time.perf_counter()
            while self._found.asked < min(whole, (now - start) * plan.rate):
                self._due.append(self._next(start + self._found.asked / plan.rate))
                self._found.asked += 1
                self._ask()
            await asyncio.sleep(TICK)
        until = time.perf_counter() + PATIENCE
        while len(self._times) + self._found.broken < whole and time.perf_counter() < until:
            await asyncio.sleep(TICK)
        self._found.seconds = time.perf_counter() - start
        return self._counted()

    def _next(self, due: float) -> Request:
        chance, plan = self._chance, self._plan
        if chance.random() < NEW:
            path = f"{plan.search}{chance.randrange(10**9)}"
        else:
            path = chance.choice(plan.paths)
        [encoding] = chance.choices(list(SHARES), list(SHARES.values()))
        return Request(due, path, encoding, chance.random() < KNOWN)

    def _ask(self) -> None:
        while self._due and self._free:
            request = self._due.popleft()
            lines = [
                f"GET {request.path} HTTP/1.1",
                f"Host: 127.0.0.1:{self._plan.port}",
                f"Accept-Encoding: {request.encoding}",
            ]
            tag = self._tags.get((request.path, request.encoding))
            if request.is_known and tag:
                lines.append(f"If-None-Match: {tag}")
            self._free.popleft().ask(request, "\r\n".join([*lines, "", ""]).encode())

    def free(self, connection: Connection) -> None:
        """A connection can be used."""
        self._free.append(connection)
        self._ask()

    def answered(self, request: Request, headers: str) -> None:
        """Note what a request got, and when."""
        self._times.append(time.perf_counter() - request.due)
        self._statuses[headers[9:12]] += 1
        if request.path in self._plan.paths:
            self._tags[request.path, request.encoding] = _header(headers, "etag")

    def lost(self, connection: Connection, request: Request | None) -> None:
        """A connection ended; where somebody waited for an answer, that is a failure."""
        if self._over:
            return
        if connection in self._free:
            self._free.remove(connection)
        self._found.broken += request is not None
        opening = asyncio.get_running_loop().create_task(self._open())
        self._opening.add(opening)
        opening.add_done_callback(self._opening.discard)

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: Connection(self), "127.0.0.1", self._plan.port)

    def _counted(self) -> Found:
        self._over = True
        found = self._found
        found.statuses = dict(self._statuses)
        found.unanswered = found.asked - found.answered - found.broken
        percentiles = quantiles(self._times, n=100, method="inclusive")
        found.p50, found.p99, found.slowest = percentiles[49], percentiles[98], max(self._times)
        return found


if __name__ == "__main__":
    asked = Plan(**json.loads(sys.stdin.read()))
    print(json.dumps(asdict(asyncio.run(Readers(asked).go()))))
