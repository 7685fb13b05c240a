"""Questions put together once and asked often."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Expression, Field, Model, QuerySet

Row = TypeVar("Row", bound=Model)


class Given(Expression):
    """A value that a question leaves open: whoever asks gives it under this name."""

    def __init__(self, name: str, kind: "Field[Any, Any]") -> None:
        """Name it; `kind` is a field like those it is compared with."""
        super().__init__(output_field=kind)
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, list[Any]]:
        """Stand in the statement for the value itself."""
        return "%s", [self]


class Prepared(Generic[Row]):
    """A queryset whose statement is kept; to put it together takes several times as long as asking.

    What differs from one time to the next is `Given`.
    """

    def __init__(self, queryset: QuerySet[Row, Any]) -> None:
        """Remember it; the statement is put together when it is asked for the first time."""
        self._queryset = queryset

    def rows(self, **given: Any) -> list[Row]:
        """The rows, each with what the queryset annotates."""
        manager = self._queryset.model._base_manager.using(self._queryset.db)
        statement, _left_open = self._statement
        return list(manager.raw(statement, self._values(given)))

    def tuples(self, **given: Any) -> list[tuple[Any, ...]]:
        """The columns of each row, as the database has them."""
        statement, _left_open = self._statement
        with connections[self._queryset.db].cursor() as cursor:
            cursor.execute(statement, self._values(given))
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    @cached_property
    def _statement(self) -> tuple[str, Sequence[Any]]:
        statement, left_open = self._queryset.query.get_compiler(self._queryset.db).as_sql()
        return statement, left_open

    def _values(self, given: dict[str, Any]) -> list[Any]:
        connection = connections[self._queryset.db]
        _statement, left_open = self._statement
        return [
            each.output_field.get_db_prep_value(given[each.name], connection)
            if isinstance(each, Given)
            else each
            for each in left_open
        ]
