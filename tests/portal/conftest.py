"""Visiting pages of the demo city."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from leitbild.accounts.models import Municipality
from tests.elements import parsed
from tests.queries import queries_of


@dataclass(frozen=True, slots=True)
class Seen:
    """A page, its elements and what it cost."""

    response: Any
    root: Element
    queries: list[str]


Visit: TypeAlias = Callable[[str], Seen]


@pytest.fixture(scope="session")
def _remembered() -> dict[str, Seen]:
    return {}


@pytest.fixture
def visit(demo_city: Municipality, client: Client, _remembered: dict[str, Seen]) -> Visit:
    """Visits a page of the demo city; a page once seen is remembered, since it stays the same."""

    def visited(path: str) -> Seen:
        if path not in _remembered:
            answers: list[Any] = []
            queries = queries_of(lambda: answers.append(client.get(path)))
            _remembered[path] = Seen(answers[0], parsed(answers[0]), queries)
        return _remembered[path]

    return visited
