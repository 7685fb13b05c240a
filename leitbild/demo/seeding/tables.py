"""Rows on their way into the database, many thousands in one statement.

As objects of the ORM millions of rows take a quarter of an hour. Here they are plain tuples:
PostgreSQL takes them by COPY, SQLite by one prepared INSERT. Every constraint and trigger of the
database holds for them as for any other row.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Field, Model


class Table:
    """Rows of one model that wait to be written.

    The columns that aren't named hold what a new row of the model holds.
    """

    def __init__(self, model: type[Model], *names: str, now: dt.datetime) -> None:
        """Take rows with values for these fields, in this order."""
        fields = {field.attname: field for field in model._meta.concrete_fields}
        named = [fields.pop(name) for name in names]
        self._names = names
        rest = [field for field in fields.values() if not field.primary_key]
        self.name = model._meta.db_table
        self._columns = [str(field.column) for field in (*named, *rest)]
        self._constants = tuple(_new(field, now) for field in rest)
        self._rows: list[tuple[Any, ...]] = []

    def __len__(self) -> int:
        """How many rows wait."""
        return len(self._rows)

    def add(self, *values: object) -> None:
        """One more row."""
        self._rows.append(values + self._constants)

    def add_row(self, row: Model) -> None:
        """One more row, from an object of the model that isn't stored."""
        self._rows.append(tuple(getattr(row, name) for name in self._names) + self._constants)

    def write(self) -> None:
        """Write what waits, in the order in which it came."""
        if not self._rows:
            return
        quote = connection.ops.quote_name
        target = f"{quote(self.name)} ({', '.join(map(quote, self._columns))})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {target} FROM STDIN") as stream:
                    for row in self._rows:
                        stream.write_row(row)
            else:
                places = ", ".join(["%s"] * len(self._columns))
                cursor.executemany(
                    f"INSERT INTO {target} VALUES ({places})",  # noqa: S608 # our own names
                    self._rows,
                )
        self._rows.clear()


def _new(field: "Field[Any, Any]", now: dt.datetime) -> Any:
    """What a new row holds in a column nobody gave a value for."""
    is_moment = getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)
    return field.get_db_prep_save(now if is_moment else field.get_default(), connection)


def reserved(model: type[Model], count: int) -> Iterator[int]:
    """Ids for new rows, which nobody else gets meanwhile."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), count],
            )
            return iter([number for (number,) in cursor.fetchall()])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        if found is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [table])
        first = (found[0] if found else 0) + 1
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        return iter(range(first, first + count))


def refresh_statistics(models: list[type[Model]]) -> None:
    """Let PostgreSQL know what has become of its tables, as autovacuum would in some minutes.

    VACUUM can't run inside a transaction; there ANALYZE alone has to do. SQLite plans without
    statistics here as it does everywhere in this installation.
    """
    if connection.vendor != "postgresql":
        return
    what = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"{what} {names}")


def moment(day: dt.date, hour: int = 9) -> str:
    """That hour of a day, as both databases read it."""
    return f"{day.isoformat()} {hour:02}:00:00"


def stored(instant: dt.datetime) -> object:
    """A moment as the database in use keeps it."""
    return connection.ops.adapt_datetimefield_value(instant)
