"""What is made of rounds in which two servers were asked in turn; measured elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from bench.figures import Goal, Sample, shown
from bench.load import Client, Load

LEAST_RATE: Final = 0.5
MOST_P99: Final = 3.0
BUSY: Final = 0.9
"""The part of its cores from which on the client is what limits the rate."""
NO_NGINX: Final = "nginx isn’t here and couldn’t be installed"


@dataclass(slots=True)
class Rounds:
    """One page of one server."""

    loads: list[Load] = field(default_factory=list)

    @property
    def rate(self) -> Sample:
        """Requests in a second."""
        return Sample.of([each.rate for each in self.loads])

    @property
    def p50(self) -> Sample:
        """What half of the answers stayed below, in seconds."""
        return Sample.of([each.p50 for each in self.loads])

    @property
    def p99(self) -> Sample:
        """What all but one in a hundred stayed below, in seconds."""
        return Sample.of([each.p99 for each in self.loads])

    def keeps_busy(self, asking: Client) -> bool:
        """Whether the client had nothing left to ask faster with."""
        return Sample.of([each.busy for each in self.loads]).median > BUSY * asking.cores


def goals(name: str, ours: Rounds, theirs: Rounds, asking: Client) -> Iterator[Goal]:
    """Its rate and its slowest answers against nginx's, where nginx was asked."""
    both = [ours, theirs] if theirs.loads else [ours]
    for what, limit, is_least, unit, samples in (
        ("requests", LEAST_RATE, True, "/s", [each.rate for each in both]),
        ("p99", MOST_P99, False, "ms", [each.p99 for each in both]),
    ):
        goal = Goal(
            f"cached {name}: {what} against nginx’s",
            limit,
            "×",
            None,
            is_least,
            figure=" beside ".join(shown(each.median, unit) for each in samples),
            why_not=NO_NGINX,
        )
        if theirs.loads:
            goal = _judged(goal, samples[0].over(samples[1]), ours, theirs, asking)
        yield goal


def _judged(goal: Goal, ratios: Sample, ours: Rounds, theirs: Rounds, asking: Client) -> Goal:
    """The goal with its value, unless the client was too slow to tell.

    A client that can't ask faster makes a server look slower than it is. Of nginx that is in our
    favour: what is missed even so is missed, what is reached can't be told.
    """
    ratio, spread = shown(ratios.median, "×"), ratios.spread("×")
    goal = replace(goal, value=ratios.median, ratio=ratio, spread=spread, why_not="")
    slow = ours.keeps_busy(asking) or (theirs.keeps_busy(asking) and goal.is_reached)
    why_not = f"{asking.name} can’t ask faster than it is answered"
    return replace(goal, value=None, why_not=why_not) if slow else goal


def limits(name: str, ours: Rounds, theirs: Rounds, asking: Client) -> Iterator[str]:
    """Of which figures the client was the limit."""
    for server, rounds in (("ours", ours), ("nginx", theirs)):
        if rounds.loads and rounds.keeps_busy(asking):
            yield (
                f"Of {name} from {server}: {asking.name} was as busy as it can be, so the server "
                "may well be faster than these figures."
            )
