"""Counting queries: a list costs the same with one row and with thirty (STYLE rule 18)."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(call: Callable[[], object]) -> list[str]:
    """SQL that `call` sends, in order."""
    # SQLite is asked this once a connection, by whoever happens to be the first to need it.
    assert connection.features.supports_json_field
    with CaptureQueriesContext(connection) as captured:
        call()
    return [query["sql"] for query in captured.captured_queries]


def assert_same_number(few: list[str], many: list[str]) -> None:
    """Fail with the queries that came on top."""
    assert len(few) == len(many), "\n".join(
        [f"{len(few)} queries became {len(many)}; the last ones:", *many[len(few) - len(many) :]]
    )
