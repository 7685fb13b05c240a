"""What grows is told against a machine that may have become slower meanwhile."""

import pytest

from bench.rendered import Rendered, growth, together


def test_slower_machine_is_no_growth() -> None:
    small = [Rendered(times=[0.010, 0.010], beside=[0.001, 0.001])]
    large = [Rendered(times=[0.030, 0.030], beside=[0.003, 0.003])]

    ratio, of_each = growth(small, large)

    assert ratio == pytest.approx(1.0)
    assert of_each.values == pytest.approx((1.0,))


def test_growth_is_told_of_all_towns_and_of_each() -> None:
    small = [Rendered(times=[0.010], beside=[0.001])]
    large = [
        Rendered(times=[0.010], beside=[0.001]),
        Rendered(times=[0.020], beside=[0.001]),
        Rendered(times=[0.020], beside=[0.001]),
    ]

    ratio, of_each = growth(small, large)

    assert ratio == pytest.approx(2.0)
    assert of_each.values == pytest.approx((1.0, 2.0, 2.0))


def test_towns_together_need_the_queries_of_the_one_that_needs_most() -> None:
    whole = together([Rendered([0.1], [0.2], 7), Rendered([0.3], [0.4], 9)])

    assert whole == Rendered([0.1, 0.3], [0.2, 0.4], 9)
