"""Pages that must be rendered: the demo city's, public ones and those of its office."""

from typing import Final

from bench.figures import Goal, Section, Table, shown, spread
from bench.rendered import Rendered
from bench.renders import Target, profiles, render_in_turn, targets
from bench.timing import say
from leitbild.accounts.models import Municipality
from leitbild.demo.load import load_demo
from leitbild.demo.people import demo_sign_ins
from leitbild.plan.models import Concept, Measure

RUNS: Final = 50
LIMIT: Final = 0.025
WITH_GOAL: Final = ("home", "list", "measure")
PLAIN: Final = "/healthz"
HEAD: Final = ("Page", "Queries", "p50", "p99", "Spread", "Beside `/healthz`")
METHOD: Final = f"""\
The demo city on SQLite, rendered by the WSGI application with its page cache, without a server.
Before each render something was published, so that nothing kept holds: each is a miss, compression
included, and asks once more than the page itself does, whether anything has changed.
{RUNS} renders of each, all pages in turn. `/healthz` is an answer with one trivial query."""


def section() -> Section:
    """Render them all."""
    town = load_demo()
    demo_sign_ins(town)
    pages = list(targets(town, _paths(town)))
    say(f"uncached: {len(pages)} pages, {RUNS} renders of each")
    results = dict(zip(pages, render_in_turn(pages, runs=RUNS), strict=True))
    plain = next(result for target, result in results.items() if target.path == PLAIN)
    found = Section(METHOD)
    found.tables.append(
        Table(HEAD, tuple(_row(target, result, plain) for target, result in results.items()))
    )
    for target, result in results.items():
        if target.name in WITH_GOAL:
            goal = _goal(target, result, plain)
            found.goals.append(goal)
            if not goal.is_reached:
                say(f"uncached: profile of {target.name}")
                found.profiles += profiles(f"uncached {target.name}", target)
    return found


def _paths(town: Municipality) -> dict[str, str]:
    concept = Concept.objects.get(municipality=town, slug="2022")
    measure = Measure.objects.filter(concept=concept).order_by("position", "pk")[0]
    theme = concept.themes.order_by("position", "pk")[1]
    return {
        "healthz": PLAIN,
        "home": "/de/",
        "home in Arabic": "/ar/",
        "list": "/de/massnahmen/",
        "list, filtered": f"/de/massnahmen/?theme={theme.number}&q=deutsch",
        "measure": f"/de/massnahmen/{measure.code}/",
        "search": "/de/suche/?q=deutsch",
        "theme": f"/de/themen/{theme.slug}/",
        "news": "/de/neues/",
        "feed": "/de/neues.atom",
        "table as CSV": "/de/massnahmen/tabelle.csv",
        "office: start": "/office/",
        "office: board": f"/office/umsetzung/{concept.slug}/",
        "office: outline": f"/office/konzepte/{concept.slug}/",
        "office: plan check": f"/office/konzepte/{concept.slug}/check/",
    }


def _row(target: Target, result: Rendered, plain: Rendered) -> tuple[str, ...]:
    times = result.sample
    return (
        f"{target.name} (`{target.path}`)",
        str(result.queries),
        shown(times.median, "ms"),
        shown(times.percentile(99), "ms"),
        spread(times),
        shown(times.median / plain.sample.median, "×"),
    )


def _goal(target: Target, result: Rendered, plain: Rendered) -> Goal:
    times = result.sample
    return Goal(
        f"uncached {target.name}: p50",
        LIMIT,
        "ms",
        times.median,
        figure=f"{shown(times.median, 'ms')}, {result.queries} queries",
        ratio=f"{shown(times.median / plain.sample.median, '×')} `/healthz`",
        spread=spread(times),
    )
