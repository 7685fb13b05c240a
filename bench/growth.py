"""What grows with the number of municipalities in one database: on PostgreSQL, seeded."""

import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote

from django.db import connection

from bench.figures import Goal, Profile, Sample, Section, Table, duration, shown
from bench.profiling import profile, slow_statements
from bench.renders import Rendered, Target, officer_cookie, render_in_turn
from bench.timing import say, seconds
from leitbild.accounts.models import HostName, Municipality
from leitbild.core.pagecache.revisions import counted
from leitbild.plan.models import Concept, Measure

SIZES: Final = (1, 10, 100, 1_000)
MEASURES: Final = 60
UPDATES: Final = 20
LANGUAGES: Final = "de,en"
SEED: Final = (
    "seed",
    f"--measures={MEASURES}",
    f"--updates={UPDATES}",
    f"--languages={LANGUAGES}",
    "--municipalities",
)
TOWNS: Final = 5
RENDERS: Final = 60
"""Of each page at each size, over all towns that are looked at."""
PROFILED: Final = 10
LIMIT: Final = 1.3
WITH_GOAL: Final = ("list", "search", "office: board")
METHOD: Final = f"""\
`leitbild {" ".join(SEED)} NUMBER` made towns on PostgreSQL.
At each size up to {TOWNS} towns, the first and others drawn by lot, are
rendered as above: {RENDERS} times each page, all in turn, nothing kept.
Sizes can’t be measured in turn, so beside each render a fixed loop of plain Python is timed, and
what grows is the page’s time as a multiple of the loop’s. Growth is from
{SIZES[0]} to {SIZES[-1]:,}; its spread is that of single towns."""


@dataclass(slots=True)
class Page:
    """One page at one size, in several towns."""

    by_town: list[Rendered] = field(default_factory=list)

    @property
    def times(self) -> Sample:
        """All of them."""
        return Sample.of([time for each in self.by_town for time in each.times])

    @property
    def relative(self) -> float:
        """Its time as a multiple of the loop's."""
        return self.times.median / Sample.of(self._beside).median

    @property
    def relative_by_town(self) -> Sample:
        """The same for each town."""
        return Sample.of([each.sample.median / _median(each.beside) for each in self.by_town])

    @property
    def queries(self) -> int:
        """Of the town that needed most."""
        return max(each.queries for each in self.by_town)

    @property
    def _beside(self) -> list[float]:
        return [time for each in self.by_town for time in each.beside]


def _median(times: list[float]) -> float:
    return Sample.of(times).median


def section() -> Section:
    """Seed more and more, and look each time."""
    found = Section(METHOD)
    sizes: dict[int, dict[str, Page]] = {}
    seeding: dict[int, float] = {}
    targets: list[Target] = []
    for size in SIZES:
        say(f"growth: seeding up to {size:,} municipalities")
        seeding[size] = seconds(partial(_seed, size))
        targets = [target for town in _towns(size) for target in _targets(town)]
        say(
            f"growth: rendering {len(targets)} pages at {size:,} ({seeding[size]:.0f} s of seeding)"
        )
        sizes[size] = _rendered(targets)
    found.tables.append(_table(sizes))
    found.tables.append(_database(seeding))
    found.goals += [_goal(name, sizes) for name in WITH_GOAL]
    for goal, name in zip(found.goals, WITH_GOAL, strict=True):
        if not goal.is_reached:
            found.profiles += _profiles(next(each for each in targets if each.name == name))
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        found.versions["PostgreSQL"] = str(cursor.fetchone()[0])
    return found


def _seed(size: int) -> None:
    """In a process of its own: what making rows leaves behind is no part of a server's life."""
    command = [str(Path(sys.executable).with_name("leitbild")), *SEED, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"leitbild seed failed: {done.stderr.strip()}")


def _towns(size: int) -> Sequence[Municipality]:
    """The first, which is there at every size, and some drawn by lot, the same every time."""
    every = list(Municipality.objects.order_by("pk"))
    if len(every) != size:
        raise RuntimeError(f"There are {len(every)} municipalities instead of {size}.")
    rest = every[1:]
    return [every[0], *random.Random(size).sample(rest, min(TOWNS - 1, len(rest)))]  # noqa: S311 # no secret


def _targets(town: Municipality) -> Iterator[Target]:
    concept = Concept.objects.get(municipality=town)
    title = Measure.objects.filter(concept=concept).order_by("position", "pk")[0].title
    word = max(title.split(), key=len)
    theme = concept.themes.order_by("position", "pk")[0]
    host = HostName.objects.filter(municipality=town).order_by("pk")[0].name
    office = officer_cookie(town)
    for name, path in {
        "list": "/de/massnahmen/",
        "list, filtered": f"/de/massnahmen/?theme={theme.number}",
        "search": f"/de/suche/?q={quote(word)}",
        "office: board": f"/office/umsetzung/{concept.slug}/",
    }.items():
        cookie = office if path.startswith("/office") else ""
        yield Target(name, path, town.pk, host=host, cookie=cookie)


def _rendered(targets: Sequence[Target]) -> dict[str, Page]:
    towns = len({target.municipality_id for target in targets})
    pages: dict[str, Page] = {}
    results = render_in_turn(targets, runs=RENDERS // towns)
    for target, result in zip(targets, results, strict=True):
        pages.setdefault(target.name, Page()).by_town.append(result)
    return pages


def _table(sizes: dict[int, dict[str, Page]]) -> Table:
    names = list(sizes[SIZES[0]])
    head = ("Page, p50 at …", "Queries", *(f"{size:,}" for size in SIZES), "Growth", "Spread")
    rows = []
    for name in names:
        pages = [sizes[size][name] for size in SIZES]
        cells = [shown(page.times.median, "ms") for page in pages]
        ratio, single = _growth(name, sizes)
        queries = str(max(page.queries for page in pages))
        rows.append((name, queries, *cells, shown(ratio, "×"), single.spread("×")))
    return Table(head, tuple(rows))


def _growth(name: str, sizes: dict[int, dict[str, Page]]) -> tuple[float, Sample]:
    """From the smallest to the largest, of all towns and of each."""
    small, large = sizes[SIZES[0]][name], sizes[SIZES[-1]][name]
    of_each = [each / small.relative for each in large.relative_by_town.values]
    return large.relative / small.relative, Sample.of(of_each)


def _database(seeding: dict[int, float]) -> Table:
    """How long it took to make, how large it is, and what the page cache asks every half second."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = int(cursor.fetchone()[0])
    asked = Sample.of([seconds(counted) for _ in range(RENDERS)])
    return Table(
        (f"Of {SIZES[-1]:,} municipalities", "Measured"),
        (
            ("seeding, together", duration(sum(seeding.values()))),
            ("measures", f"{Measure.objects.count():,}"),
            ("size of the database", shown(size, "MB")),
            ("asking what has changed, at most every 0.5 s", duration(asked.median)),
        ),
    )


def _goal(name: str, sizes: dict[int, dict[str, Page]]) -> Goal:
    ratio, single = _growth(name, sizes)
    small, large = (sizes[size][name].times.median for size in (SIZES[0], SIZES[-1]))
    return Goal(
        f"growth of {name}, {SIZES[0]} to {SIZES[-1]:,} municipalities",
        LIMIT,
        "×",
        ratio,
        figure=f"{shown(small, 'ms')} to {shown(large, 'ms')}",
        ratio=shown(ratio, "×"),
        spread=single.spread("×"),
    )


def _profiles(target: Target) -> Iterator[Profile]:
    what = f"{target.name} among {SIZES[-1]:,} municipalities"
    yield profile(what, target.render, runs=PROFILED, first=target.outdate)
    yield slow_statements(
        f"{what}, its slowest queries", target.render, runs=PROFILED, first=target.outdate
    )
