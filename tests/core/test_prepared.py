"""A prepared question answers as its queryset does, and is put together once."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.db.models import Count, DateField
from django.db.models.sql.compiler import SQLCompiler

from leitbild.accounts.models import Municipality
from leitbild.core.prepared import Given, Prepared
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.models import Measure
from tests.queries import queries_of
from tests.towns import measure, plan, report_on, settle

DAYS = ("2025-01-01", "2025-02-01", "2025-03-01")


@pytest.fixture
def town(db: None) -> Municipality:
    """A measure with news of three days."""
    town = settle(plan(measure("1.1")))
    for day in DAYS:
        report_on(town, "1.1", "under_way", day)
    return town


@contextmanager
def no_statement_is_made() -> Iterator[None]:
    """Refuse to put a statement together."""
    with patch.object(SQLCompiler, "as_sql", side_effect=AssertionError("put together again")):
        yield


def since() -> Given:
    return Given("since", DateField())


def test_value_is_given_each_time_and_the_statement_made_once(town: Municipality) -> None:
    question = Prepared(ProgressUpdate.objects.filter(date__gte=since()).order_by("date"))

    found = [[str(each.date) for each in question.rows(since=dt.date(2025, 2, 1))]]
    with no_statement_is_made():
        found += [[str(each.date) for each in question.rows(since=dt.date(2025, 3, 1))]]

    assert found == [["2025-02-01", "2025-03-01"], ["2025-03-01"]]


def test_row_is_what_its_queryset_says_with_what_it_annotates(town: Municipality) -> None:
    everyone = Municipality.objects.annotate(concept_count=Count("concepts"))
    expected = everyone.get()

    found: list[Municipality] = []
    sent = queries_of(lambda: found.extend(Prepared(everyone).rows()))

    assert len(sent) == 1
    assert [(vars(each) | {"_state": None}) for each in found] == [
        vars(expected) | {"_state": None}
    ]
    assert not found[0]._state.adding


def test_tuples_are_the_columns_asked_for(town: Municipality) -> None:
    codes = Measure.objects.values_list("code", "title")

    assert Prepared(codes).tuples() == [("1.1", Measure.objects.get().title)]


def test_value_that_was_forgotten_is_named(town: Municipality) -> None:
    with pytest.raises(KeyError, match="since"):
        Prepared(ProgressUpdate.objects.filter(date__gte=since())).rows()
