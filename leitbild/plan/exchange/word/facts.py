"""Lines such as “Start: 2027” that say more about the heading above them."""

from collections.abc import Iterable, Iterator
from typing import Any

from leitbild.plan.exchange.tables.cells import pieces, value_in
from leitbild.plan.exchange.tables.columns import Column, Kind, folded


def read_facts(text: str, columns: Iterable[Column]) -> tuple[dict[str, Any], list[str]]:
    """Values by field, and the lines that couldn't be understood."""
    by_name = {name: column for column in columns for name in column.names()}
    facts: dict[str, Any] = {}
    strange: list[str] = []
    for line in text.split("\n"):
        label, colon, value = line.partition(":")
        column = by_name.get(folded(label))
        if not line.strip():
            continue
        if not colon or column is None or not value.strip():
            strange.append(line.strip())
        elif column.kind is Kind.REFERENCES:
            facts[column.field] = pieces(value)
        else:
            facts[column.field] = value_in(value.strip(), column)
    return facts, strange


def fact_lines(facts: Iterable[tuple[Column, str]]) -> Iterator[str]:
    """The lines `read_facts` understands, for all facts that say something."""
    for column, value in facts:
        if value:
            yield f"{column.german}: {value}"
