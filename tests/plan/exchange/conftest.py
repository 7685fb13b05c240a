"""Fixtures of all exchange tests."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def _source_language() -> Iterator[None]:
    """Sentences as they stand in the code: their German depends on the catalogue."""
    with override("en"):
        yield
