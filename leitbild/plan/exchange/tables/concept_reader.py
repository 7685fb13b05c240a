"""Reads the table “Konzept”: one value a row, one column a language."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from leitbild.core.languages import is_servable
from leitbild.plan.document import Place
from leitbild.plan.exchange.problems import Problem, Spot, Unplaced
from leitbild.plan.exchange.tables.cells import text_of, value_in
from leitbild.plan.exchange.tables.columns import Column, Kind, folded
from leitbild.plan.exchange.tables.concept_rows import CONCEPT, CONCEPT_ROWS, ITEM, VALUE
from leitbild.plan.exchange.tables.layout import Held, Layout, excerpt, find_layout, formulas
from leitbild.plan.exchange.tables.rows import flaws
from leitbild.plan.exchange.tables.sheet import Cell, Row, Sheet, is_empty

_ROWS: Final = {name: row for row in CONCEPT_ROWS for name in row.names()}


@dataclass(slots=True)
class ConceptValues:
    """What the table says, and where."""

    layout: Layout
    raw: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)

    def place(self, place: Place) -> Spot:
        """Where a value of the concept or its municipality stands or should stand."""
        row, language = row_of(place)
        sheet = self.layout.sheet
        if row is None or row.field not in self.rows:
            name = row.german if row else ".".join(str(step) for step in place)
            whole = sheet.place()
            return Spot(", ".join([whole, _("item {name}").format(name=name)]), whole.at)
        number = self.rows[row.field]
        return self.layout.place(number, "value", language) or sheet.place(number)


def language_in(sheet: Sheet) -> str | None:
    """The language the table names, if it does; needed before its headers are understood."""
    for row in sheet.rows:
        texts = [text_of(cell) for cell in row]
        for position, text in enumerate(texts[:-1]):
            if _row_called(text) is CONCEPT_ROWS[0] and texts[position + 1]:
                return texts[position + 1]
    return None


def read_concept(sheet: Sheet, source: str) -> ConceptValues:
    """The values of the table as nested plain data."""
    layout = find_layout(sheet, CONCEPT, source)
    if layout.header("item") is None:
        layout = _without_header(sheet)
    values = ConceptValues(layout, unplaced=list(layout.unplaced))
    values.problems.extend([*layout.problems, *flaws(layout)])
    for number in range(layout.header_row + 1, len(sheet.rows)):
        _read_row(values, number, sheet.rows[number], source)
    return values


def _without_header(sheet: Sheet) -> Layout:
    """Item and value in the first two columns need no header to be understood."""
    layout = Layout(sheet, CONCEPT, -1, {0: Held(ITEM, ITEM.german), 1: Held(VALUE, VALUE.german)})
    layout.unplaced.extend(formulas(layout))
    return layout


def _row_called(text: str) -> Column | None:
    return _ROWS.get(folded(text))


def _read_row(values: ConceptValues, number: int, cells: Row, source: str) -> None:
    found = {
        (held.column.field, held.language): cells[position]
        for position, held in values.layout.held.items()
        if position < len(cells) and not is_empty(cells[position])
    }
    if not found:
        return
    name = text_of(found.pop(("item", None), None))
    row = _row_called(name)
    if row is None:
        values.unplaced.append(
            Unplaced(
                values.layout.sheet.place(number),
                excerpt([name, *(text_of(cell) for cell in found.values())]),
            )
        )
        return
    if row.field in values.rows:
        values.problems.append(
            Problem(
                values.layout.sheet.place(number),
                _("“{name}” stands here a second time. Please keep one of the rows.").format(
                    name=name
                ),
            )
        )
        return
    values.rows[row.field] = number
    for (_field, language), cell in found.items():
        _put(values, row, language or source, cell, is_source=language is None)


def _put(values: ConceptValues, row: Column, language: str, cell: Cell, *, is_source: bool) -> None:
    if row.kind is Kind.TEXT:
        _set(values.raw, text_path(row.field, language), text_of(cell))
    elif is_source:
        _set(values.raw, tuple(row.field.split(".")), value_in(cell, row))
    else:
        values.unplaced.append(Unplaced(values.place(tuple(row.field.split("."))), text_of(cell)))


def text_path(field_path: str, language: str) -> tuple[str, ...]:
    """Where a row's text in a language stands in the document."""
    steps = tuple(field_path.split("."))
    if "terminology" in steps:
        return (*steps[:-1], language, steps[-1])
    return (*steps, language)


def _set(raw: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        raw = raw.setdefault(step, {})
    raw[path[-1]] = value


def row_of(place: Place) -> tuple[Column | None, str | None]:
    """The row that holds a place of the document, and the language the place is about."""
    steps = [step for step in place if isinstance(step, str)]
    language = next((step for step in steps[2:] if is_servable(step)), None)
    path = ".".join(step for step in steps if step != language)
    for row in CONCEPT_ROWS:
        if row.field == path:
            return row, language
    return None, language
