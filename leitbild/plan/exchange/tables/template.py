"""What an empty workbook to fill in shows, whatever its format."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leitbild.plan.exchange.tables.columns import Column, Kind, Table
from leitbild.plan.exchange.tables.concept_rows import CONCEPT, CONCEPT_ROWS, ITEM
from leitbild.plan.exchange.tables.definitions import TABLES
from leitbild.plan.exchange.tables.reader import NOTES
from leitbild.plan.exchange.tables.sheet import column_letters
from leitbild.plan.exchange.vocabulary import GERMAN, YES_NO, words

ROWS: Final = 500  # rows prepared with drop-downs

TITLE: Final = _("Integration concept: template")
INSTRUCTIONS: Final[tuple[Promise, ...]] = (
    _("How to fill in this workbook"),
    _("Begin with the sheet “{concept}”: at least title and edition (year) are needed."),
    _("Then fill in “{themes}”, “{goals}” and “{measures}”, one row each. Keep the headers."),
    _("Point at a header to read what belongs there. Headers with a star must be filled in."),
    _("Name themes, goals and organisations by number, code or name; the arrow in a cell helps."),
    _("Several entries in one cell are separated by semicolons: 1a; 2b."),
    _("“{organisations}”, “{stages}” and “{groups}” may stay empty: measures then fill them."),
    _("A date may be a year (2027) or a day (31.03.2027)."),
    _("For translations add columns with the language’s code: “{title} (en)”."),
    _("Columns may be moved. Please don’t merge cells, and save the file as .xlsx or .ods."),
    _("When you read the file in, all mistakes are listed with sheet, row and column."),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What may stand in a cell: words, or the cells of another sheet's column."""

    words: tuple[str, ...] = ()
    sheet: str = ""
    column: str = ""

    @property
    def cells(self) -> str:
        """The cells of the other sheet, as formulas write them."""
        return f"${self.column}$2:${self.column}${ROWS + 1}"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    header: str
    note: str
    column: Column
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet to fill in."""

    name: str
    table: Table
    heads: tuple[Head, ...]
    items: tuple[Head, ...] = field(default=())


def instructions(language: str) -> tuple[str, list[str]]:
    """Name and lines of the first sheet."""
    by_part = {table.part: table.title(language) for table in (CONCEPT, *TABLES)}
    names = {
        **by_part,
        "groups": by_part["target_groups"],
        "title": CONCEPT_ROWS[1].header(language),
    }
    lines = [str(line).format(**names) for line in INSTRUCTIONS]
    return NOTES[0 if language == GERMAN else 1], lines


def forms(language: str) -> Iterator[Form]:
    """All sheets to fill in, in the active language, with headers in the format's."""
    items = tuple(_head(row, language) for row in CONCEPT_ROWS)
    heads = tuple(_head(column, language) for column in CONCEPT.columns)
    yield Form(CONCEPT.title(language), CONCEPT, heads, items)
    for table in TABLES:
        heads = tuple(_head(column, language) for column in table.columns)
        yield Form(table.title(language), table, heads)


def _head(column: Column, language: str) -> Head:
    star = " *" if column.required and column is not ITEM else ""
    return Head(f"{column.header(language)}{star}", column.note, column, _choice(column, language))


def _choice(column: Column, language: str) -> Choice | None:
    if column.choices:
        return Choice(tuple(words(column.choices, language)))
    if column.kind is Kind.YES_NO:
        return Choice(YES_NO[0 if language == GERMAN else 1])
    if column.refers_to:
        table = next(each for each in TABLES if each.part == column.refers_to)
        fields = [each.field for each in table.columns]
        shown = "code" if column.refers_to == "goals" else "name"
        return Choice(sheet=table.title(language), column=column_letters(fields.index(shown)))
    return None
