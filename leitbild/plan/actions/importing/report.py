"""What an import does or would do."""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal[
    "municipality",
    "organisation",
    "stage",
    "target_group",
    "concept",
    "resolution",
    "theme",
    "goal",
    "measure",
]
ORDER = "order"
"""Stands in `Change.field` where only the order of the rows is another one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the report names it: its kind, its slug, number or code, and its title."""

    kind: Kind
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one row, in one language if it is a text, before and after."""

    kind: Kind
    key: str
    field: str
    language: str | None
    before: Any
    after: Any


@dataclass(slots=True)
class ImportReport:
    """Everything an import did or, before it runs, would do.

    `needs_reason` says that it changes an adopted text.
    """

    municipality: str = ""
    concept: str = ""
    created: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    missing: list[Row] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unplaced: list[Any] = field(default_factory=list)
    needs_reason: bool = False

    @property
    def changed_rows(self) -> int:
        """How many rows have at least one changed value."""
        return len({(each.kind, each.key) for each in self.changes if each.field != ORDER})

    @property
    def is_empty(self) -> bool:
        """Whether the database holds all of it already."""
        return not (self.created or self.changes or self.removed)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows were created, changed, missing from the document, and removed."""
        return {
            "created": len(self.created),
            "changed": self.changed_rows,
            "missing": len(self.missing),
            "removed": len(self.removed),
        }
