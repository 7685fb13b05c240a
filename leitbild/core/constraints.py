"""Invariants Django has no constraint for, enforced in SQLite and PostgreSQL alike.

They are declared in `Meta.constraints` and so travel through migrations, also through
SQLite's rebuilding of tables.

Signatures say Any where django-stubs narrows what Django itself passes and returns.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Model
from django.db.models.constraints import BaseConstraint


class DatabaseConstraint(BaseConstraint):
    """A constraint that the database alone checks."""

    def validate(
        self,
        model: type[Model],
        instance: Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Left to the database, which sees all rows of the transaction."""

    def __eq__(self, other: object) -> bool:
        """Equal when a migration would build the same."""
        if not isinstance(other, type(self)):
            return NotImplemented
        return bool(self.deconstruct() == other.deconstruct())

    def __hash__(self) -> int:
        """By name, which is unique in a database."""
        return hash(self.name)


class AppendOnly(DatabaseConstraint):
    """Rows are written once: the database refuses UPDATE and DELETE."""

    def _statements(
        self, model: type[Model], editor: BaseDatabaseSchemaEditor
    ) -> Iterator[Statement]:
        table = Table(model._meta.db_table, editor.quote_name)
        name = editor.quote_name(self.name)
        if editor.connection.vendor == "postgresql":
            yield Statement(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'rows of %% are written once', TG_TABLE_NAME "
                "USING ERRCODE = 'integrity_constraint_violation'; END $$; "
                f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON %(table)s "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()",
                table=table,
            )
            return
        for event in ("UPDATE", "DELETE"):
            trigger = editor.quote_name(f"{self.name}_{event.lower()}")
            yield Statement(
                f"CREATE TRIGGER {trigger} BEFORE {event} ON %(table)s BEGIN "
                "SELECT RAISE(ABORT, 'rows of this table are written once'); END",
                table=table,
            )

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Leave the triggers for after the table's creation."""
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Add the triggers to a table that exists."""
        statements = list(self._statements(model, schema_editor))
        schema_editor.deferred_sql.extend(statements[1:])
        return statements[0]

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Drop the triggers (on SQLite the rebuilt table has none anyway)."""
        name = schema_editor.quote_name(self.name)
        return Statement(
            f"DROP TRIGGER {name} ON %(table)s; DROP FUNCTION {name}()",
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )


class SameParent(DatabaseConstraint):
    """A composite foreign key: (`field`, `shared`) points to a row with the same `shared`.

    So a goal's theme, a measure's goal and the like can't come from another concept.
    The target needs a unique constraint over (id, shared).
    """

    def __init__(self, *, name: str, field: str, shared: str, **options: Any) -> None:
        """Name the foreign key and the column both rows must agree on."""
        super().__init__(name=name, **options)
        self.field = field
        self.shared = shared

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """The clause inside CREATE TABLE or after ALTER TABLE … ADD."""
        target: Any = model._meta.get_field(self.field).related_model
        own = self._columns(model, (self.field, self.shared), schema_editor)
        theirs = self._columns(target, ("id", self.shared), schema_editor)
        quote = schema_editor.quote_name
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({own}) "
            f"REFERENCES {quote(target._meta.db_table)} ({theirs}) DEFERRABLE INITIALLY DEFERRED"
        )

    @staticmethod
    def _columns(model: Any, fields: Sequence[str], editor: BaseDatabaseSchemaEditor) -> str:
        return ", ".join(editor.quote_name(model._meta.get_field(each).column) for each in fields)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """Add the key to a table that exists."""
        return Statement(
            "ALTER TABLE %(table)s ADD " + self.constraint_sql(model, schema_editor),
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Drop the key."""
        return Statement(
            f"ALTER TABLE %(table)s DROP CONSTRAINT {schema_editor.quote_name(self.name)}",
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )

    def deconstruct(self) -> Any:
        """What a migration needs to build it again."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field, "shared": self.shared}
