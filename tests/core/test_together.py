"""Rows of several kinds come by one query, and are what they are when each comes by its own."""

import datetime as dt
from typing import Any

import pytest
from django.db.models import CharField, DateField, Model, OuterRef, Subquery

from leitbild.accounts.models import Municipality
from leitbild.core.prepared import Given
from leitbild.core.together import Together
from leitbild.delivery.models import Attachment, Milestone, MilestoneValue, Money, ProgressUpdate
from leitbild.plan.models import Measure
from tests.queries import queries_of
from tests.towns import measure, plan, report_on, settle


def asked(question: Together, **given: object) -> tuple[list[str], list[list[Any]]]:
    """What it sends, and the rows."""
    found: list[list[list[Any]]] = []
    sent = queries_of(lambda: found.append(question.rows(**given)))
    return sent, found[0]


def columns(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_rows_of_many_kinds_come_by_one_query_as_they_are(db: None) -> None:
    town = settle(plan(measure("1.1"), measure("1.2")))
    report_on(town, "1.1", "delayed", "2025-03-01")
    report_on(town, "1.1", "under_way", "2025-01-01")
    lesen = Measure.objects.get(code="1.1")
    Money.objects.create(measure=lesen, year=2025, source="grant", spent_cents=9_999_999_999)
    step = Milestone.objects.create(
        measure=lesen, title="„Ä“", due=dt.date(2025, 5, 1), sample=True
    )
    for value, day in ((3, "2025-01-01"), (14, "2025-03-01")):
        MilestoneValue.objects.create(milestone=step, value=value, date=day)
    newest = MilestoneValue.objects.filter(milestone=OuterRef("pk")).order_by("-date")
    question = Together(
        Attachment.objects.none(),
        ProgressUpdate.objects.filter(measure=lesen),
        Milestone.objects.annotate(newest=Subquery(newest.values("value")[:1])),
        Money.objects.all(),
        Attachment.objects.all(),
    )

    sent, [no_files, updates, steps, money, files] = asked(question)

    assert len(sent) == 1
    assert no_files == files == []
    assert sorted(map(str, map(columns, updates))) == sorted(
        str(columns(each)) for each in ProgressUpdate.objects.all()
    )
    assert [columns(each) for each in money] == [columns(Money.objects.get())]
    assert [(columns(each), each.newest) for each in steps] == [(columns(step), 14)]
    assert [each.recorded_at.utcoffset() for each in updates] == [dt.timedelta(0)] * 2
    assert not updates[0]._state.adding


def test_question_is_asked_again_with_other_values(db: None) -> None:
    settle(plan(measure("1.1"), measure("1.2")))
    for code, day in (("1.1", "2025-01-01"), ("1.1", "2025-03-01"), ("1.2", "2025-03-01")):
        report_on(Municipality.objects.get(), code, "under_way", day)
    named, recent = Given("code", CharField()), Given("since", DateField())
    question = Together(
        Measure.objects.filter(code=named),
        ProgressUpdate.objects.filter(measure__code=named, date__gte=recent),
    )

    answers = [
        asked(question, code=code, since=dt.date(2025, month, 1))[1]
        for code, month in (("1.1", 1), ("1.1", 2), ("1.2", 1), ("1' OR '1", 1))
    ]

    assert [([row.code for row in rows], len(updates)) for rows, updates in answers] == [
        (["1.1"], 2),
        (["1.1"], 1),
        (["1.2"], 1),
        ([], 0),
    ]


def test_question_is_not_asked_without_what_it_leaves_open(db: None) -> None:
    with pytest.raises(KeyError, match="code"):
        Together(Measure.objects.filter(code=Given("code", CharField()))).rows()
