from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from leitbild.core.pagecache.page import OVERHEAD, Page
from leitbild.core.pagecache.shelf import LARGEST, Shelf
from tests.core.pagecache.stamps import stamp


def page(size: int) -> Page:
    """A page that takes this many bytes, and can't be compressed."""
    response = HttpResponse(b"x" * (size - 2 * OVERHEAD), content_type="application/pdf")
    return Page.of(response, municipality_id=1, stamp=stamp(1))


def test_page_is_found_again() -> None:
    shelf, one = Shelf(100_000), page(5_000)

    assert shelf.put("a", one)
    assert shelf.get("a") is one
    assert shelf.get("b") is None


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    shelf = Shelf(40_000)
    for key in "abcdefgh":
        shelf.put(key, page(5_000))
    shelf.get("a")

    shelf.put("i", page(5_000))

    assert shelf.get("a")
    assert shelf.get("b") is None
    assert len(shelf) == 8


def test_what_would_push_out_most_of_the_others_is_not_kept() -> None:
    shelf = Shelf(80_000)
    shelf.put("a", page(5_000))

    assert not shelf.put("b", page(80_000 // LARGEST + 1))
    assert shelf.get("a")


def test_newer_page_takes_the_place_of_the_older_one() -> None:
    shelf = Shelf(80_000)
    shelf.put("a", page(5_000))
    shelf.put("a", page(7_000))

    assert shelf.size == 7_000
    assert not shelf.put("a", page(70_000))
    # The older one is outdated, whether or not the newer one is kept.
    assert shelf.get("a") is None
    assert shelf.size == 0


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(2 * OVERHEAD, 12_000)), max_size=200),
    st.integers(0, 60_000),
)
def test_memory_is_bounded_and_counted_right(puts: list[tuple[int, int]], limit: int) -> None:
    shelf = Shelf(limit)
    for key, size in puts:
        shelf.put(key, page(size))
        assert shelf.size <= limit
    assert shelf.size == sum(found.size for key in range(21) if (found := shelf.get(key)))
