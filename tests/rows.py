"""All rows of a database, to be written again into an empty one: quicker than making them anew."""

import fcntl
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

OURS = ("accounts", "core", "plan", "delivery", "community")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of every table of ours that holds some, as the database gives them."""

    tables: Sequence[tuple[str, str, Sequence[tuple[Any, ...]]]]

    @classmethod
    def of_database(cls) -> "Rows":
        """What the database holds now."""
        found = []
        with connection.cursor() as cursor:
            for model in _models():
                columns = [field.column for field in model._meta.local_concrete_fields]
                names = ", ".join(map(connection.ops.quote_name, columns))
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"SELECT {names} FROM {table}")  # noqa: S608 # our own names
                if rows := cursor.fetchall():
                    places = ", ".join(["%s"] * len(columns))
                    insert = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 # likewise
                    found.append((model._meta.label, insert, rows))
        return cls(found)

    def write(self) -> None:
        """Write them; numbers given from now on follow theirs."""
        with connection.cursor() as cursor:
            for _label, insert, rows in self.tables:
                cursor.executemany(insert, rows)
            models = [apps.get_model(label) for label, _insert, _rows in self.tables]
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


def filled_once(folder: Path, name: str, fill: Callable[[], object]) -> None:
    """Fill an empty database; whoever comes later writes what the first one wrote."""
    file = folder / f"{name}.rows"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if file.exists():
            rows: Rows = pickle.loads(file.read_bytes())  # noqa: S301 # we wrote it a moment ago
            with transaction.atomic():
                rows.write()
            return
        fill()
        file.write_bytes(pickle.dumps(Rows.of_database()))


def _models() -> list[type[Model]]:
    """Every table of ours, whatever it refers to before it."""
    return [model for label in OURS for model in apps.get_app_config(label).get_models(True)]
