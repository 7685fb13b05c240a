"""A small town whose measures people write."""

import pytest

from leitbild.accounts.models import Municipality
from tests.towns import measure, plan, settle


@pytest.fixture
def writing_town(db: None) -> Municipality:
    """A town with a measure of the school office and one of another."""
    return settle(
        plan(
            measure("1.1", lead="schulamt", text="Ein *Absatz*.", start=2025, end="2026-12-31"),
            measure("1.2", "Rechnen", lead="amt-fuer-bau"),
        )
    )
