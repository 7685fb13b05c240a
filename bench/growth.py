"""What grows with the number of municipalities in one database: on PostgreSQL, seeded."""

import random
import subprocess
from collections.abc import Sequence
from functools import partial
from typing import Final
from urllib.parse import quote

from django.db import connection

from bench.figures import Goal, Sample, Section, Table, duration, shown
from bench.rendered import Rendered, growth, together
from bench.renders import Target, profiles, render_in_turn, targets
from bench.server import leitbild
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
LIMIT: Final = 1.3
WITH_GOAL: Final = ("list", "search", "office: board")
METHOD: Final = f"""\
`leitbild {" ".join(SEED)} NUMBER` made towns on PostgreSQL.
At each size up to {TOWNS} towns, the first and others drawn by lot, are
rendered as above: {RENDERS} times each page, all in turn, nothing kept.
Sizes can’t be measured in turn, so beside each render a fixed loop of plain Python is timed, and
what grows is the page’s time as a multiple of the loop’s. Growth is from
{SIZES[0]} to {SIZES[-1]:,}; its spread is that of single towns."""
Pages = dict[str, list[Rendered]]
"""Pages at one size, by their names: what was measured of each in several towns."""


def section() -> Section:
    """Seed more and more, and look each time."""
    found = Section(METHOD)
    sizes: dict[int, Pages] = {}
    seeding: dict[int, float] = {}
    pages: list[Target] = []
    for size in SIZES:
        say(f"growth: seeding up to {size:,} municipalities")
        seeding[size] = seconds(partial(_seed, size))
        pages = [page for town in _towns(size) for page in _pages(town)]
        say(f"growth: rendering {len(pages)} pages at {size:,} ({seeding[size]:.0f} s of seeding)")
        sizes[size] = _rendered(pages)
    found.tables.append(_table(sizes))
    found.tables.append(_database(seeding))
    found.goals += [_goal(name, sizes) for name in WITH_GOAL]
    for goal, name in zip(found.goals, WITH_GOAL, strict=True):
        if not goal.is_reached:
            what = f"{name} among {SIZES[-1]:,} municipalities"
            found.profiles += profiles(what, next(each for each in pages if each.name == name))
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        found.versions["PostgreSQL"] = str(cursor.fetchone()[0])
    return found


def _seed(size: int) -> None:
    """In a process of its own: what making rows leaves behind is no part of a server's life."""
    command = leitbild(*SEED, str(size))
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


def _pages(town: Municipality) -> list[Target]:
    concept = Concept.objects.get(municipality=town)
    title = Measure.objects.filter(concept=concept).order_by("position", "pk")[0].title
    word = max(title.split(), key=len)
    theme = concept.themes.order_by("position", "pk")[0]
    host = HostName.objects.filter(municipality=town).order_by("pk")[0].name
    paths = {
        "list": "/de/massnahmen/",
        "list, filtered": f"/de/massnahmen/?theme={theme.number}",
        "search": f"/de/suche/?q={quote(word)}",
        "office: board": f"/office/umsetzung/{concept.slug}/",
    }
    return list(targets(town, paths, host=host))


def _rendered(pages: Sequence[Target]) -> Pages:
    towns = len({page.municipality_id for page in pages})
    found: Pages = {}
    results = render_in_turn(pages, runs=RENDERS // towns)
    for page, result in zip(pages, results, strict=True):
        found.setdefault(page.name, []).append(result)
    return found


def _table(sizes: dict[int, Pages]) -> Table:
    names = list(sizes[SIZES[0]])
    head = ("Page, p50 at …", "Queries", *(f"{size:,}" for size in SIZES), "Growth", "Spread")
    rows = []
    for name in names:
        pages = [together(sizes[size][name]) for size in SIZES]
        cells = [shown(page.sample.median, "ms") for page in pages]
        ratio, single = growth(sizes[SIZES[0]][name], sizes[SIZES[-1]][name])
        queries = str(max(page.queries for page in pages))
        rows.append((name, queries, *cells, shown(ratio, "×"), single.spread("×")))
    return Table(head, tuple(rows))


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


def _goal(name: str, sizes: dict[int, Pages]) -> Goal:
    small, large = (sizes[size][name] for size in (SIZES[0], SIZES[-1]))
    ratio, single = growth(small, large)
    medians = [shown(together(each).sample.median, "ms") for each in (small, large)]
    return Goal(
        f"growth of {name}, {SIZES[0]} to {SIZES[-1]:,} municipalities",
        LIMIT,
        "×",
        ratio,
        figure=" to ".join(medians),
        ratio=shown(ratio, "×"),
        spread=single.spread("×"),
    )
