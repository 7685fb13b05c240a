"""Everything at once, and what is there afterwards."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from email import message_from_bytes, policy
from pathlib import Path
from threading import Thread
from typing import Final

from django.db import connection
from django.urls import reverse
from django.utils import translation

from bench.endurance.asking import Asker, Refused
from bench.endurance.importing import SLUG, Importer
from bench.endurance.pressure import Found, Plan
from leitbild.accounts.models import Municipality, User
from leitbild.core.enums import MailState
from leitbild.core.models import PostedMail
from leitbild.plan.models import Measure
from leitbild.plan.queries.documents import current_concept

BEFORE: Final = 1.0
"""Seconds for which readers read alone."""
ASKING: Final = 0.8
"""Part of the time in which the round is answered."""
LEAST_RATE: Final = 0.98
"""Part of the rate that must be reached, or the load wasn't the one that was asked for."""
SETTLED_WITHIN: Final = 60.0


@dataclass
class Outcome:
    """What came of it."""

    found: Found
    importer: Importer
    asker: Asker
    mails: int
    faults: list[str]

    def lines(self, rate: int) -> Iterator[str]:
        """The summary, and what mustn't have happened."""
        found, asker, times = self.found, self.asker, self.importer.times
        yield f"{found.asked:,} requests were due at {rate:,}/s; answered {found.rate:,.0f}/s"
        statuses = ", ".join(f"{each}: {n:,}" for each, n in sorted(found.statuses.items()))
        yield f"answers {statuses}; broken connections: {found.broken}"
        yield (
            f"p50 {found.p50 * 1000:.1f} ms, p99 {found.p99 * 1000:.1f} ms, "
            f"slowest {found.slowest * 1000:,.0f} ms"
        )
        yield (
            f"{self.importer.number} imports of {self.importer.measures:,} measures, "
            f"{min(times):.1f} to {max(times):.1f} s each"
        )
        yield (
            f"round: {asker.sent} mails, {len(asker.answered)} answers, {asker.accepted} taken "
            f"over; {asker.followed} people asked to follow; slowest {asker.slowest:.1f} s"
        )
        yield f"mails posted: {self.mails}"
        yield "NOT HELD:" if self.faults else "held: nothing lost, nothing twice, no error"
        yield from (f"- {each}" for each in self.faults)


def endure(
    town: Municipality,
    *,
    officer: User,
    port: int,
    rate: int,
    seconds: float,
    measures: int,
    mails: Path,
    least: float = LEAST_RATE,
) -> Outcome:
    """Let everything happen at once to a server that runs, beside its worker.

    Less than the part `least` of the rate is a fault.
    """
    concept = current_concept(town)
    assert concept is not None  # noqa: S101 # the demo has one
    asker = Asker(port=port, concept=concept, officer=officer, mails=mails)
    importer = Importer(
        database=str(connection.settings_dict["NAME"]),
        folder=mails.parent,
        municipality={"slug": town.slug, "name": town.name, "languages": town.languages},
        measures=measures,
    )
    faults: list[str] = []
    plan = Plan(port, rate, seconds, _paths(concept.slug), "/de/suche/?q=wort")
    readers = _readers(plan)
    time.sleep(BEFORE)
    until = time.monotonic() + seconds - BEFORE
    threads = [
        _thread(lambda: importer.go(until), faults),
        _thread(lambda: asker.go(until - seconds * (1 - ASKING)), faults),
    ]
    output, _errors = readers.communicate()
    for each in threads:
        each.join()
    found = Found(**json.loads(output))
    _settle()
    faults += [*_of_readers(found, rate * least), *_of_writers(importer, asker), *_of_mails(mails)]
    return Outcome(found, importer, asker, PostedMail.objects.count(), faults)


def _paths(edition: str) -> list[str]:
    """What people read."""
    paths = []
    for language in ("de", "ar"):
        with translation.override(language):
            names = ("home", "measures", "news", "arrival")
            paths += [reverse(f"portal:{name}") for name in names]
    code = Measure.objects.filter(concept__slug=edition).values_list("code", flat=True)
    return [*paths, *(f"/de/massnahmen/{each}/" for each in code[:6]), "/palette.css"]


def _readers(plan: Plan) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.endurance.pressure"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None  # noqa: S101 # a pipe
    process.stdin.write(json.dumps(asdict(plan)))
    process.stdin.close()
    process.stdin = None
    return process


def _thread(call: Callable[[], object], faults: list[str]) -> Thread:
    """Begin something; what goes wrong with it is a fault."""

    def run() -> None:
        try:
            call()
        except (Refused, OSError) as error:
            faults.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def _settle() -> None:
    """Wait until every mail has left, or isn't going to."""
    until = time.monotonic() + SETTLED_WITHIN
    under_way = PostedMail.objects.filter(state__in=(MailState.WAITING, MailState.LEAVING))
    while under_way.exists() and time.monotonic() < until:
        time.sleep(0.1)


def _of_readers(found: Found, least: float) -> Iterator[str]:
    if odd := {each: n for each, n in found.statuses.items() if each not in {"200", "304"}}:
        yield f"Readers got {odd}."
    if not found.statuses.get("304"):
        yield "No reader was told that nothing has changed."
    if found.broken or found.unanswered:
        yield f"{found.broken} connections broke, {found.unanswered} requests weren't answered."
    if found.rate < least:
        yield f"Only {found.rate:,.0f} requests a second were answered."


def _of_writers(importer: Importer, asker: Asker) -> Iterator[str]:
    yield from (f"An import failed: {each}" for each in importer.failures)
    titles = Measure.objects.filter(concept__slug=SLUG).values_list("title", flat=True)
    wanted = {importer.title(n, imports=importer.number) for n in range(1, importer.measures + 1)}
    if Counter(titles) != Counter(wanted):
        yield f"Of {len(wanted)} measures {len(wanted & set(titles))} are as imported last."
    if not asker.answered or asker.accepted != len(asker.answered):
        yield f"{len(asker.answered)} answers were given, {asker.accepted} taken over."
    if lost := asker.missing():
        yield f"These answers aren't news, once: {', '.join(lost)}."


def _of_mails(folder: Path) -> Iterator[str]:
    """Every mail that was posted must lie there once."""
    if left_behind := PostedMail.objects.exclude(state=MailState.LEFT).count():
        yield f"{left_behind} mails haven't left."
    read = [message_from_bytes(f.read_bytes(), policy=policy.default) for f in folder.glob("*.eml")]
    kept = Counter(str(each["To"]) for each in read)
    posted = Counter(PostedMail.objects.values_list("to", flat=True))
    if kept != posted:
        yield f"Mails posted and not kept: {posted - kept}; kept and not posted: {kept - posted}."
