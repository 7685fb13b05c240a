"""Turns a document into tables, whatever file they are written to."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange.tables.cells import SURE_DATES_FROM
from leitbild.plan.exchange.tables.columns import Column, Kind, Table, folded
from leitbild.plan.exchange.tables.concept_rows import CONCEPT, CONCEPT_ROWS, ITEM, VALUE
from leitbild.plan.exchange.tables.definitions import TABLES
from leitbild.plan.exchange.tables.sheet import Cell, Row, Sheet
from leitbild.plan.exchange.vocabulary import YES_NO, word

_SEPARATOR: Final = "; "


def tables_of(document: ConceptDocument) -> list[tuple[Table, Sheet]]:
    """All tables of a document, header first, with German headers."""
    return [(CONCEPT, _concept(document)), *((table, _sheet(table, document)) for table in TABLES)]


def _sheet(table: Table, document: ConceptDocument) -> Sheet:
    holder = document.concept if table.part == "resolutions" else document
    parts: Sequence[Any] = getattr(holder, table.part)
    columns = list(_columns(table, parts, document.language))
    header = [_header(column, code, document.language) for column, code in columns]
    rows = [
        [_cell(getattr(part, column.field), column, code) for column, code in columns]
        for part in parts
    ]
    return Sheet(table.german, [header, *rows])


def _columns(table: Table, parts: Iterable[Any], source: str) -> Iterable[tuple[Column, str]]:
    """Each column, a text's followed by its translations."""
    listed = list(parts)
    for column in table.columns:
        yield column, source
        if column.kind is Kind.TEXT:
            codes = {code for part in listed for code in getattr(part, column.field)}
            for code in sorted(codes - {source}):
                yield column, code


def _header(column: Column, code: str, source: str) -> str:
    return column.german if code == source else f"{column.german} ({code})"


def _concept(document: ConceptDocument) -> Sheet:
    values = [(row, _value(document, row)) for row in CONCEPT_ROWS]
    codes = {code for row, value in values if row.kind is Kind.TEXT for code in value}
    further = sorted(codes - {document.language})
    header = [ITEM.german, VALUE.german, *(f"{VALUE.german} ({code})" for code in further)]
    rows: list[Row] = [header]
    for row, value in values:
        texts = [_cell(value, row, code) if row.kind is Kind.TEXT else None for code in further]
        rows.append([row.german, _cell(value, row, document.language), *texts])
    return Sheet(CONCEPT.german, rows)


def _value(document: ConceptDocument, row: Column) -> Any:
    """The value a row shows; a missing part has none."""
    steps = row.field.split(".")
    if "terminology" in steps:
        town = document.municipality
        terms = {} if town is None else town.terminology
        for level, texts in terms.items():
            if level.value == steps[-2]:
                return {code: getattr(term, steps[-1]) for code, term in texts.items()}
        return {}
    value: Any = document
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else getattr(value, step, None)
    return {} if value is None and row.kind is Kind.TEXT else value


def _cell(value: Any, column: Column, code: str) -> Cell:
    if column.kind is Kind.TEXT:
        return str(value.get(code, "")) or None
    if not value:  # a cell that is no or empty is left blank; zero is no value of any column
        return None
    if column.choices:
        return word(column.choices, value.value)
    if column.kind is Kind.YES_NO:
        return YES_NO[0][0]
    return _SEPARATOR.join(value) if isinstance(value, list) else _single(value)


def _single(value: Any) -> Cell:
    if isinstance(value, dt.date) and value < SURE_DATES_FROM:
        return value.isoformat()
    return value if isinstance(value, int | dt.date) else str(value)


def column_of(table: Table, header: str) -> Column | None:
    """The column a written header stands for."""
    name = folded(header.partition(" (")[0])
    return next((column for column in table.columns if name in column.names()), None)
