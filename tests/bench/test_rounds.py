"""What is made of the rounds in which nginx and the product were asked in turn."""

import pytest

from bench.load import Client, Load, python_client
from bench.rounds import NO_NGINX, Rounds, goals

CLIENT: Client = python_client()
SLOW = "python -m bench.client can’t ask faster than it is answered"


def test_ratio_is_the_median_of_the_rounds() -> None:
    ours, theirs = _rounds([60, 80, 60], p99=0.002), _rounds([100, 100, 80], p99=0.001)

    rate, p99 = goals("home", ours, theirs, CLIENT)

    assert (rate.what, rate.value, rate.is_reached) == (
        "cached home: requests against nginx’s",
        0.75,
        True,
    )
    assert (rate.figure, rate.ratio, rate.spread) == (
        "60.0/s beside 100/s",
        "0.75×",
        "0.60–0.80×",
    )
    assert (p99.value, p99.figure, p99.is_reached) == (2.0, "2.00 ms beside 1.00 ms", True)


@pytest.mark.parametrize(
    ("rates", "busy", "is_reached"),
    [
        ([60.0], (0.5, 1.0), None),
        ([40.0], (0.5, 1.0), False),
        ([40.0], (1.0, 1.0), None),
        ([40.0], (0.5, 0.5), False),
    ],
    ids=["nginx may be faster", "missed even so", "we may be faster, too", "well told"],
)
def test_client_that_is_too_slow_leaves_in_doubt_what_it_may_hide(
    rates: list[float], busy: tuple[float, float], is_reached: bool | None
) -> None:
    ours, theirs = _rounds(rates, busy=busy[0]), _rounds([100.0], busy=busy[1])

    rate, _p99 = goals("home", ours, theirs, CLIENT)

    assert rate.is_reached is is_reached
    assert rate.why_not == (SLOW if is_reached is None else "")


def test_without_nginx_there_is_no_ratio() -> None:
    for goal in goals("home", _rounds([60.0]), Rounds(), CLIENT):
        assert (goal.value, goal.ratio, goal.why_not) == (None, "", NO_NGINX)
        assert goal.figure


def _rounds(rates: list[float], *, p99: float = 0.001, busy: float = 0.1) -> Rounds:
    return Rounds([Load(rate=each, p50=p99 / 2, p99=p99, busy=busy) for each in rates])
