"""Rows of several kinds by one query."""

import datetime as dt
from typing import Any

from django.db.models import Field, Model, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils import timezone


def together(*querysets: QuerySet[Any]) -> list[list[Any]]:
    """The rows of each queryset, in no particular order; one query for all of them.

    For pages that show a few rows of many kinds. A union wants the same columns of all its
    parts, so each row travels as JSON, with what its queryset annotates; bytes can't.
    """
    parts = [_part(number, rows) for number, rows in enumerate(querysets)]
    found: list[list[Any]] = [[] for _ in querysets]
    for number, values in parts[0].union(*parts[1:], all=True):
        found[number].append(_row(querysets[number], values))
    return found


def _part(number: int, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    names = [*(field.attname for field in rows.model._meta.concrete_fields), *_annotated(rows)]
    row = JSONObject(**{name: name for name in names})
    bare = rows.order_by().annotate(together_number=Value(number), together_row=row)
    part: QuerySet[Any, Any] = bare.values_list("together_number", "together_row")
    return part


def _annotated(rows: QuerySet[Any]) -> list[str]:
    return list(rows.query.annotations)


def _row(rows: QuerySet[Any], values: dict[str, Any]) -> Model:
    fields = list(rows.model._meta.concrete_fields)
    row: Model = rows.model.from_db(
        rows.db,
        [field.attname for field in fields],
        [_python(field, values[field.attname]) for field in fields],
    )
    for name in _annotated(rows):
        setattr(row, name, values[name])
    return row


def _python(field: "Field[Any, Any]", value: Any) -> Any:
    """What a column holds, from how JSON says it; a moment without a zone is UTC, as in SQLite."""
    value = field.to_python(value)
    if isinstance(value, dt.datetime) and timezone.is_naive(value):
        return timezone.make_aware(value, dt.UTC)
    return value
