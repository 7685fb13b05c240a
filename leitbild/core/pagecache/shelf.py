"""Where pages are kept: as many as fit, those asked for last."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

from leitbild.core.pagecache.page import Page

LARGEST: Final = 8
"""One page may take this part of the whole: a big download doesn't push out all others."""


class Shelf:
    """Keeps pages up to a number of bytes in all; what was asked for longest ago goes first."""

    def __init__(self, limit: int) -> None:
        """Keep at most `limit` bytes."""
        self._limit = limit
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._size = 0

    @property
    def size(self) -> int:
        """Bytes that are kept now."""
        return self._size

    def __len__(self) -> int:
        """How many pages are kept."""
        return len(self._pages)

    def get(self, key: Hashable) -> Page | None:
        """The page kept under a key."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: Page) -> bool:
        """Keep a page instead of what was kept under its key; whether it isn't too large."""
        with self._lock:
            before = self._pages.pop(key, None)
            self._size -= before.size if before else 0
            if page.size > self._limit // LARGEST:
                return False
            self._pages[key] = page
            self._size += page.size
            while self._size > self._limit:
                _key, oldest = self._pages.popitem(last=False)
                self._size -= oldest.size
            return True
