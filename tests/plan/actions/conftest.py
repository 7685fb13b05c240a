"""A small town with people who write."""

import pytest

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User
from tests.people import member
from tests.towns import measure, plan, settle


@pytest.fixture
def town(db: None) -> Municipality:
    """A town whose concept has two measures."""
    return settle(plan(measure("1.1"), measure("1.2", "Rechnen")))


@pytest.fixture
def officer(town: Municipality) -> User:
    """Who may write everything."""
    return member(town, Role.OFFICER)


@pytest.fixture
def editor(town: Municipality) -> User:
    """Who writes measures of an organisation."""
    return member(town, Role.EDITOR)
