"""Stamps for tests: by what a page is good."""

import datetime as dt

from leitbild.core.pagecache.revisions import Stamp


def stamp(number: int) -> Stamp:
    """The stamp of the nth content on one day."""
    return dt.date(2026, 11, 23), 0, number
