"""The page cache: public pages as bytes, in front of Django (ADR 14).

`layer` answers a request from what is kept or lets Django render it once; `page` is what is kept,
`shelf` where, `revisions` tells whether it still holds.
"""

from leitbild.core.pagecache.layer import PageCache
from leitbild.core.pagecache.revisions import REVISIONS, bump
from leitbild.core.pagecache.shelf import Shelf

__all__ = ["REVISIONS", "PageCache", "Shelf", "bump"]
