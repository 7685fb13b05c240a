"""The demo's samples move with whoever starts it, all of them by the same whole weeks."""

import datetime as dt

import pytest

from leitbild.demo.days import BASE, Calendar

DAY = dt.timedelta(days=1)


def test_nothing_moves_on_the_base_day() -> None:
    assert (Calendar().day(BASE), Calendar().year(2026)) == (BASE, 2026)


@pytest.mark.parametrize("days", [-8, -1, 1, 6, 7, 100, 1_000])
def test_samples_move_by_whole_weeks_and_never_into_the_future(days: int) -> None:
    today = BASE + days * DAY

    moved = Calendar(today).day(BASE)

    assert moved.weekday() == BASE.weekday()
    assert today - 6 * DAY <= moved <= today


def test_years_of_money_move_after_half_a_year() -> None:
    years = [Calendar(BASE + dt.timedelta(weeks=weeks)).year(2026) for weeks in (25, 27, 78, 79)]

    assert years == [2026, 2027, 2027, 2028]
