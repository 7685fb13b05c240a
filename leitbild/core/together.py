"""Rows of several kinds by one query."""

import datetime as dt
import json
from functools import cached_property
from typing import Any

from django.db.models import Field, Model, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from leitbild.core.prepared import Prepared


class Together:
    """Querysets whose rows come by one query, for pages that show a few rows of many kinds.

    The statement is prepared; what differs from one time to the next is `Given`. A union wants the
    same columns of all its parts, so each row travels as JSON, with what its queryset annotates;
    bytes can't.
    """

    def __init__(self, *querysets: QuerySet[Any]) -> None:
        """Remember them; they are put together when they are asked for the first time."""
        self._querysets = querysets
        self._database = querysets[0].db

    def rows(self, **given: Any) -> list[list[Any]]:
        """The rows of each queryset, in no particular order."""
        found: list[list[Any]] = [[] for _ in self._querysets]
        for number, row in self._union.tuples(**given):
            found[number].append(self._row(self._querysets[number], json.loads(row)))
        return found

    @cached_property
    def _union(self) -> Prepared[Any]:
        first, *others = (_part(number, rows) for number, rows in enumerate(self._querysets))
        return Prepared(first.union(*others, all=True))

    def _row(self, rows: QuerySet[Any], values: dict[str, Any]) -> Model:
        fields = rows.model._meta.concrete_fields
        row: Model = rows.model.from_db(
            self._database,
            [field.attname for field in fields],
            [_python(field, values[field.attname]) for field in fields],
        )
        for name in _annotated(rows):
            setattr(row, name, values[name])
        return row


def _part(number: int, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    names = [*(field.attname for field in rows.model._meta.concrete_fields), *_annotated(rows)]
    row = JSONObject(**{name: name for name in names})
    bare = rows.order_by().annotate(together_number=Value(number), together_row=row)
    part: QuerySet[Any, Any] = bare.values_list("together_number", "together_row")
    return part


def _annotated(rows: QuerySet[Any]) -> list[str]:
    return list(rows.query.annotations)


def _python(field: "Field[Any, Any]", value: Any) -> Any:
    """What a column holds, from how JSON says it; a moment without a zone is UTC, as in SQLite."""
    value = field.to_python(value)
    if isinstance(value, dt.datetime) and timezone.is_naive(value):
        return timezone.make_aware(value, dt.UTC)
    return value
