"""Altering what is written once, as somebody with access to the database could."""

from typing import Any

from django.db import connection, models

from leitbild.core.constraints import AppendOnly


def without_protection(model: type[models.Model]) -> None:
    """Drop the triggers that keep a table's rows from being altered."""
    [name] = [each.name for each in model._meta.constraints if isinstance(each, AppendOnly)]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Nothing may wait for the end of the transaction while a table is changed.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"DROP TRIGGER {quote(name)} ON {table}")
            return
        for event in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER {quote(f'{name}_{event}')}")


def tamper(row: models.Model, **values: Any) -> None:
    """Alter a row that is written once."""
    without_protection(type(row))
    type(row)._default_manager.filter(pk=row.pk).update(**values)
