"""Samples, goals and how values are written."""

import pytest

from bench.figures import Comparison, Goal, Sample, compared, duration, shown


def test_sample_tells_median_ends_and_percentiles() -> None:
    sample = Sample.of([0.005, 0.001, 0.002, 0.004, 0.003])

    assert (sample.median, sample.lowest, sample.highest) == (0.003, 0.001, 0.005)
    assert sample.percentile(50) == 0.003
    assert sample.percentile(99) == pytest.approx(0.00496)
    assert Sample.of([7.0]).percentile(99) == 7.0


def test_sample_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^Nothing was measured\.$"):
        Sample.of([])


def test_ratio_is_one_of_rounds_not_of_medians() -> None:
    ours, theirs = Sample.of([1.0, 10.0, 3.0]), Sample.of([2.0, 10.0, 12.0])

    assert ours.over(theirs).values == (0.5, 1.0, 0.25)
    assert ours.over(theirs).median == 0.5


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0254, "ms", "25.4 ms"),
        (0.25412, "ms", "254 ms"),
        (0.00254, "ms", "2.54 ms"),
        (43_210.7, "/s", "43,211/s"),
        (0.512, "×", "0.51×"),
        (150_000_000, "MB", "150 MB"),
    ],
)
def test_value_is_written_with_about_three_digits(value: float, unit: str, text: str) -> None:
    assert shown(value, unit) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(1.5, "1.50 s"), (0.0123, "12.3 ms"), (0.000_045, "45.0 µs")]
)
def test_duration_chooses_its_unit(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("value", "is_least", "is_reached"),
    [
        (0.5, True, True),
        (0.49, True, False),
        (0.5, False, True),
        (0.51, False, False),
        (None, True, None),
    ],
)
def test_goal_is_reached_at_its_limit(
    value: float | None, is_least: bool, is_reached: bool | None
) -> None:
    assert Goal("what", 0.5, "×", value, is_least).is_reached is is_reached


def test_goal_says_which_way_its_limit_holds() -> None:
    assert Goal("what", 0.5, "×", 1, is_least=True).wanted == "≥ 0.50×"
    assert Goal("what", 0.025, "ms", 1).wanted == "≤ 25.0 ms"


def test_comparison_stands_beside_the_plain_way() -> None:
    rows = compared([Comparison("import", Sample.of([2.0, 4.0, 3.0]), Sample.of([1.0, 1.0, 1.0]))])

    assert rows.rows == (("import", "3.00 s", "2.00–4.00 s", "1.00 s", "3.00×"),)
