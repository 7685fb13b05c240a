"""Pages that are kept, given out by the real server, beside nginx that gives out the same bytes."""

import itertools
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from bench.figures import Profile, Sample, Section, Table, duration, shown
from bench.load import CONNECTIONS, Client, client
from bench.nginx import Kept, nginx
from bench.profiling import profile
from bench.renders import Target
from bench.rounds import NO_NGINX, Rounds, goals, limits
from bench.server import COMMAND, Server, ask, served
from bench.timing import say, seconds
from bench.tools import tool, version_of
from leitbild.accounts.models import Municipality
from leitbild.demo.load import load_demo
from leitbild.plan.models import Measure

ROUNDS: Final = 5
MIXED_ROUNDS: Final = 3
SECONDS: Final = 2
WARM_UP: Final = 1
MISSING: Final = 4
"""Connections that ask for what isn't kept."""
METHOD: Final = """\
The demo city on SQLite, one worker: `{command}`. The same bytes (brotli) and headers from a file:
one worker of nginx with `sendfile`, `open_file_cache` and no log. {connections} connections, asked
by `{client}`: first a second to warm up, then {rounds} rounds of {seconds} s, ours and nginx in
turn. A ratio is the median of the rounds’ ratios."""


def section() -> Section:
    """Measure the kept pages, then hits while others cause misses."""
    town = load_demo()
    asking, program = client(), tool("nginx")
    found = Section(
        METHOD.format(
            command=COMMAND,
            connections=CONNECTIONS,
            client=asking.told(SECONDS),
            rounds=ROUNDS,
            seconds=SECONDS,
        ),
        versions={asking.name: asking.version},
        failure="" if program else NO_NGINX,
    )
    pages = _pages()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="leitbild-bench-")))
        ours = stack.enter_context(served())
        kept = [_kept(ours, path) for path in pages.values()]
        theirs = [""] * len(kept)
        if program:
            found.versions["nginx"] = version_of([str(program), "-v"]).rpartition(" ")[2]
            theirs = stack.enter_context(nginx(program, kept, folder / "nginx"))
        rows: list[tuple[str, ...]] = []
        for name, page, other_url in zip(pages, kept, theirs, strict=True):
            say(f"cached {name}: {ROUNDS} rounds, ours and nginx in turn")
            own, other = _race(asking, f"{ours.address}{page.path}", other_url)
            rows += _rows(name, page, own, other)
            found.goals += goals(name, own, other, asking)
            found.notes += limits(name, own, other, asking)
        found.tables.append(Table(HEAD, tuple(rows), words=2))
        say("cached: hits while others cause misses")
        found.tables.append(_mixed(asking, ours))
    if found.has_missed:
        found.profiles.append(_hits(town))
    return found


def _pages() -> dict[str, str]:
    measure = Measure.objects.filter(concept__slug="2022").order_by("position", "pk")[0]
    return {
        "home": "/de/",
        "list": "/de/massnahmen/",
        "measure": f"/de/massnahmen/{measure.code}/",
    }


def _kept(server: Server, path: str) -> Kept:
    """What the server gives out; asked twice, so that it is kept now."""
    ask(f"{server.address}{path}")
    answer = ask(f"{server.address}{path}")
    if answer.status != 200 or answer.headers.get("content-encoding") != "br":
        raise RuntimeError(f"{path} isn't given out as brotli: {answer.status}, {answer.headers}.")
    return Kept(path, answer.headers, answer.body)


def _race(asking: Client, ours: str, theirs: str) -> tuple[Rounds, Rounds]:
    urls = [url for url in (ours, theirs) if url]
    rounds = {url: Rounds() for url in urls}
    for url in urls:
        asking.ask(url, WARM_UP)
    for _ in range(ROUNDS):
        for url in urls:
            rounds[url].loads.append(asking.ask(url, SECONDS))
    return rounds[ours], rounds.get(theirs, Rounds())


HEAD: Final = ("Page", "Server", "Bytes", "Requests", "Spread", "p50", "p99", "p99’s spread")


def _rows(name: str, page: Kept, ours: Rounds, theirs: Rounds) -> Iterator[tuple[str, ...]]:
    for server, rounds in (("ours", ours), ("nginx", theirs)):
        if rounds.loads:
            yield (
                f"{name} (`{page.path}`)",
                server,
                f"{len(page.body):,}",
                shown(rounds.rate.median, "/s"),
                rounds.rate.spread("/s"),
                shown(rounds.p50.median, "ms"),
                shown(rounds.p99.median, "ms"),
                rounds.p99.spread("ms"),
            )


def _mixed(asking: Client, server: Server) -> Table:
    """Hits alone, and while other connections ask for what must be rendered."""
    url = f"{server.address}/de/"
    alone, among, misses = Rounds(), Rounds(), list[float]()
    for _ in range(MIXED_ROUNDS):
        alone.loads.append(asking.ask(url, SECONDS))
        with _missing(server, misses):
            among.loads.append(asking.ask(url, SECONDS))
    head = (
        "Hits of home",
        "Requests",
        "p50",
        "p99",
        "p99’s spread",
        "Misses",
        "A miss takes (p50)",
    )
    whole = MIXED_ROUNDS * SECONDS
    rendered = (shown(len(misses) / whole, "/s"), duration(Sample.of(misses).median))
    rows = (
        ("alone", *_hit_figures(alone), "0", ""),
        (f"while {MISSING} others ask for uncached lists", *_hit_figures(among), *rendered),
    )
    return Table(head, rows)


def _hit_figures(rounds: Rounds) -> Sequence[str]:
    return (
        shown(rounds.rate.median, "/s"),
        shown(rounds.p50.median, "ms"),
        shown(rounds.p99.median, "ms"),
        rounds.p99.spread("ms"),
    )


NUMBERS: Final = itertools.count()


@contextmanager
def _missing(server: Server, times: list[float]) -> Iterator[None]:
    """Ask meanwhile for lists nobody has asked for yet."""
    over = threading.Event()

    def asks() -> None:
        while not over.is_set():
            url = f"{server.address}/de/massnahmen/?q=wort{next(NUMBERS)}"
            times.append(seconds(partial(ask, url)))

    threads = [threading.Thread(target=asks) for _ in range(MISSING)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _hits(town: Municipality) -> Profile:
    """What Python does for a hit; the server's own threads aren't in it."""
    home = Target("home", "/de/", town.pk)
    home.render()
    return profile("a hit of home, in Python alone (without granian)", home.render, runs=5_000)
