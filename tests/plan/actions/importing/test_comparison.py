"""Two lists become one without losing the order of either."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitbild.plan.actions.importing.comparison import merged_order

NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True)


@pytest.mark.parametrize(
    ("existing", "listed", "merged"),
    [
        ("", "abc", "abc"),
        ("abc", "", "abc"),
        ("abc", "cba", "cba"),
        ("abc", "ca", "cba"),
        ("abc", "xb", "axbc"),
        ("abc", "bx", "abxc"),
        ("abc", "xy", "abcxy"),
    ],
)
def test_merged_order_of_letters(existing: str, listed: str, merged: str) -> None:
    assert "".join(merged_order(existing, listed)) == merged


@given(NAMES, NAMES)
def test_merged_order_holds_each_once_and_the_listed_in_their_order(
    existing: list[str], listed: list[str]
) -> None:
    merged = merged_order(existing, listed)

    assert sorted(merged) == sorted({*existing, *listed})
    assert [name for name in merged if name in listed] == listed
    assert merged_order(merged, listed) == merged
