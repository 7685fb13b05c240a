"""How soon it serves, how much memory it holds, how much has to be installed."""

import re
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from bench.figures import Goal, Profile, Sample, Section, Table, duration, shown, spread
from bench.mixture import MIX, mixed_requests, shuffled
from bench.profiling import import_times
from bench.renders import officer_cookie
from bench.server import COMMAND, Server, ask, resident, served
from bench.timing import say, seconds
from leitbild.demo.load import load_demo
from leitbild.demo.people import demo_sign_ins

STARTS: Final = 5
AT_ONCE: Final = 4
REQUESTS: Final = 1_000
LIMIT_START: Final = 1.5
LIMIT_MEMORY: Final = 150_000_000
ROOT: Final = Path(__file__).resolve().parent.parent
LOCK: Final = ROOT / "requirements" / "run.lock"
PIN: Final = re.compile(r"(?m)^([\w.-]+)(?:\[[\w,]+\])?==")
BESIDE: Final = ("-c", "import django.core.handlers.wsgi, django.db.models, django.template")
METHOD: Final = f"""\
`{COMMAND}` on the demo city, SQLite: from the start of the process until `/de/` answers 200,
{STARTS} times after one that doesn’t count, in turn with `python {BESIDE[0]} "{BESIDE[1]}"`, what
no Django site does without. Memory is what the one worker holds (resident), after it has answered
the first page and after {REQUESTS:,} requests, {AT_ONCE} at a time, in random order: {MIX}.
Packages are those of `requirements/run.lock` that are installed here, by the files they list."""


def section() -> Section:
    """Start it, use it, weigh it."""
    cookie = _officer_of_demo()
    found = Section(METHOD)
    say(f"startup: {STARTS} starts")
    starts, beside = _starts()
    say(f"startup: {REQUESTS:,} mixed requests")
    with served() as server:
        first, later, parent = _memory(server, cookie)
    say("startup: weighing packages")
    sizes = _packages()
    rows = (
        ("from start to the first page", duration(starts.median), spread(starts)),
        ("plain Django loaded", duration(beside.median), spread(beside)),
        ("memory of the worker after the first page", shown(first, "MB"), ""),
        (f"memory of the worker after {REQUESTS:,} requests", shown(later, "MB"), ""),
        ("memory of the process that started it", shown(parent, "MB"), ""),
        ("installed packages", str(len(sizes)), ""),
        ("their size", shown(sum(sizes.values()), "MB"), ""),
        ("the largest of them", _largest(sizes), ""),
    )
    found.tables.append(Table(("What", "Measured", "Spread"), rows))
    found.goals += [_start(starts, beside), _weight(first, later)]
    if not found.goals[0].is_reached:
        found.profiles.append(_imports())
    if not found.goals[1].is_reached:
        found.profiles.append(_growth(cookie))
    return found


def _officer_of_demo() -> str:
    """Load the demo city; the cookie of its officer."""
    town = load_demo()
    demo_sign_ins(town)
    return officer_cookie(town)


def _starts() -> tuple[Sample, Sample]:
    ours, plain = [], []
    command = [sys.executable, *BESIDE]
    for _ in range(STARTS + 1):
        with served() as server:
            ours.append(server.seconds)
        plain.append(seconds(lambda: subprocess.run(command, check=True)))
    # The first one compiles what has never been loaded before.
    return Sample.of(ours[1:]), Sample.of(plain[1:])


def _memory(server: Server, cookie: str) -> tuple[int, int, int]:
    """What the worker holds first and after the requests, and its parent then."""
    first = resident(server.worker)
    _ask_all(server, shuffled(mixed_requests(server, REQUESTS)), cookie)
    return first, resident(server.worker), resident(server.pid)


def _ask_all(server: Server, paths: Iterable[str], cookie: str) -> None:
    """Ask for every path, some at a time; raises RuntimeError at one that isn't answered well."""

    def get(path: str) -> None:
        headers = {"Cookie": cookie} if path.startswith("/office") else {}
        answer = ask(f"{server.address}{path}", headers)
        if answer.status != 200:
            raise RuntimeError(f"{path} answers {answer.status}.")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(get, paths))


def _start(starts: Sample, beside: Sample) -> Goal:
    return Goal(
        "start until the first page",
        LIMIT_START,
        "s",
        starts.median,
        figure=duration(starts.median),
        ratio=f"{shown(starts.over(beside).median, '×')} plain Django",
        spread=spread(starts),
    )


def _weight(first: int, later: int) -> Goal:
    return Goal(
        f"memory of a worker after {REQUESTS:,} mixed requests",
        LIMIT_MEMORY,
        "MB",
        later,
        figure=shown(later, "MB"),
        ratio=f"{shown(later / first, '×')} after the first page",
    )


def _packages() -> dict[str, int]:
    """The size of each package that running needs and that this machine has."""
    sizes = {}
    for name in PIN.findall(LOCK.read_text("utf-8")):
        try:
            files = distribution(name).files or []
        except PackageNotFoundError:
            # Of another system or another Python.
            continue
        places = [Path(str(file.locate())) for file in files]
        sizes[name] = sum(place.stat().st_size for place in places if place.is_file())
    own = (ROOT / "leitbild").rglob("*")
    sizes["leitbild"] = sum(file.stat().st_size for file in own if _belongs(file))
    return sizes


def _belongs(file: Path) -> bool:
    """Bytecode isn't part of a package but made by using it."""
    return file.is_file() and file.suffix != ".pyc"


def _largest(sizes: dict[str, int]) -> str:
    by_size = sorted(sizes, key=lambda name: sizes[name], reverse=True)[:5]
    return ", ".join(f"{name} {shown(sizes[name], 'MB')}" for name in by_size)


def _imports() -> Profile:
    command = [sys.executable, "-X", "importtime", "-c", "import leitbild.config.wsgi"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return import_times("loading the application, by package", done.stderr)


def _growth(cookie: str) -> Profile:
    """A fresh worker's memory after each kind of request, one kind after the other."""
    say("startup: memory by kind of request")
    with served() as server:
        requests = mixed_requests(server, REQUESTS)
        lines = [f"{shown(resident(server.worker), 'MB'):>10}  after the first page"]
        for kind, chosen in requests.items():
            _ask_all(server, chosen, cookie)
            now = shown(resident(server.worker), "MB")
            lines.append(f"{now:>10}  after {len(chosen)} × {kind}")
    return Profile("memory of a worker, kind of request by kind of request", tuple(lines))
