"""Makes Django’s test clients cheap: nearly every test has one, and each would begin anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from django.test import client
from whitenoise.base import WhiteNoise

_FOUND: Final[dict[tuple[Any, ...], dict[str, Any]]] = {}


@contextmanager
def cheap_clients() -> Iterator[None]:
    """Read the static files once a process, and keep no copy of what templates were given.

    Production reads the files once a process as well. Of a page tests see what readers see, so
    nobody asks for the copies, which cost more than some pages do.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", _found_once(WhiteNoise))
        patch.setattr(client, "store_rendered_templates", _forget)
        yield


def _found_once(of: Any) -> Any:
    find = of.update_files_dictionary

    def found(self: WhiteNoise, root: str, prefix: str) -> None:
        key = (root, prefix, self.max_age, self.allow_all_origins, self.charset)
        if key not in _FOUND:
            before, self.files = self.files, {}
            find(self, root, prefix)
            _FOUND[key], self.files = self.files, before
        self.files.update(_FOUND[key])

    return found


def _forget(*_given: Any, **_more: Any) -> None:
    """What is called for every template that is rendered."""
