"""Reads a concept from its tables, whatever file they came from."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from leitbild.core.languages import is_servable
from leitbild.plan.document import ConceptDocument
from leitbild.plan.exchange.hints import Hints
from leitbild.plan.exchange.numbering import (
    add_goal_codes,
    add_measure_codes,
    add_slugs,
    add_theme_numbers,
)
from leitbild.plan.exchange.places import checked
from leitbild.plan.exchange.problems import InvalidFile, Problem, Unplaced, UnreadableFile
from leitbild.plan.exchange.slugs import slug_of
from leitbild.plan.exchange.tables.cells import text_of
from leitbild.plan.exchange.tables.columns import Table, folded
from leitbild.plan.exchange.tables.concept_reader import ConceptValues, language_in, read_concept
from leitbild.plan.exchange.tables.concept_rows import CONCEPT
from leitbild.plan.exchange.tables.definitions import TABLES
from leitbild.plan.exchange.tables.layout import excerpt, find_layout
from leitbild.plan.exchange.tables.places import TablePlaces
from leitbild.plan.exchange.tables.references import Index, resolve
from leitbild.plan.exchange.tables.rows import Rows, read_rows
from leitbild.plan.exchange.tables.sheet import Sheet

NOTES: Final = ("Hinweise", "Notes")
_ALL: Final = (CONCEPT, *TABLES)
_LISTS: Final = ("organisations", "stages", "target_groups")
_NAMED: Final = (*_LISTS, "themes")


def read_tables(sheets: Sequence[Sheet], hints: Hints) -> tuple[ConceptDocument, list[Unplaced]]:
    """The document in the sheets, and what found no place in it."""
    found, unplaced = _assigned(sheets)
    source = language_in(found["concept"]) or hints.language or "de"
    if not is_servable(source):
        source = "de"  # the check of the document names the wrong code
    concept = read_concept(found["concept"], source)
    tables = _read_all(found, source, hints)
    added = _connect(tables, source)
    raw = _raw(concept, tables, added, hints, source)
    problems = [*concept.problems, *_doubled_numbers(tables)]
    problems += [problem for rows in tables.values() for problem in rows.problems]
    unplaced += concept.unplaced
    unplaced += [each for rows in tables.values() for each in rows.layout.unplaced]
    try:
        return checked(raw, TablePlaces(concept, tables), problems), unplaced
    except InvalidFile as error:
        raise InvalidFile(error.problems, unplaced) from None


def _assigned(sheets: Sequence[Sheet]) -> tuple[dict[str, Sheet], list[Unplaced]]:
    """Each table's sheet, by the table's part; sheets nobody knows are listed."""
    found: dict[str, Sheet] = {}
    unplaced: list[Unplaced] = []
    for sheet in sheets:
        table = _table_called(sheet.name)
        if table is not None and table.part not in found:
            found[table.part] = replace(sheet, order=_ALL.index(table))
        elif folded(sheet.name) not in {folded(name) for name in NOTES}:
            text = excerpt(text_of(cell) for row in sheet.rows[:20] for cell in row)
            if text:
                unplaced.append(Unplaced(sheet.place(), text))
    _refuse_gaps(found, unplaced, is_file=any(sheet.is_file for sheet in sheets))
    return found, unplaced


def _table_called(name: str) -> Table | None:
    wanted = folded(name.lower().removesuffix(".csv"))
    return next((table for table in _ALL if wanted in table.names()), None)


def _refuse_gaps(found: dict[str, Sheet], unplaced: Sequence[Unplaced], *, is_file: bool) -> None:
    missing = [table for table in _ALL if table.required and table.part not in found]
    if not missing:
        return
    if len(missing) == sum(table.required for table in _ALL):
        raise UnreadableFile(
            _(
                "None of the tables of a concept was found. They are called {names}; our template "
                "shows how they look."
            ).format(names=", ".join(_title(table, is_file=is_file) for table in missing))
        )
    reason = (
        _("This file is missing. Please add it, if need be with nothing but the headers.")
        if is_file
        else _("This sheet is missing. Please add it, if need be with nothing but the headers.")
    )
    raise InvalidFile(
        [
            Problem(Sheet(_title(table, is_file=is_file), [], is_file=is_file).place(), reason)
            for table in missing
        ],
        unplaced,
    )


def _title(table: Table, *, is_file: bool) -> str:
    return f"{table.file}.csv" if is_file else table.german


def _read_all(found: dict[str, Sheet], source: str, hints: Hints) -> dict[str, Rows]:
    tables: dict[str, Rows] = {}
    chosen = [table for table in TABLES if table.part in found]
    total = sum(max(len(found[table.part].rows) - 1, 0) for table in chosen)
    done = 0
    for table in chosen:
        sheet = found[table.part]
        tables[table.part] = read_rows(find_layout(sheet, table, source), source)
        done += max(len(sheet.rows) - 1, 0)
        hints.tell(done, total)
    return tables


def _connect(tables: dict[str, Rows], source: str) -> dict[str, list[dict[str, Any]]]:
    """Fill in what authors may leave out and resolve what rows refer to.

    Returns the parts that were only named: a file whose table of organisations is missing or
    empty has them in its measures.
    """
    for part in _NAMED:
        if part in tables:
            add_slugs(part, tables[part].data, source)
    add_theme_numbers(tables["themes"].data)
    indexes = {part: _index(part, tables) for part in _NAMED}
    titles = {table.part: table.german for table in TABLES}
    for part in ("organisations", "goals"):
        if part in tables:
            resolve(tables[part], indexes, titles)
    add_goal_codes(tables["goals"].data)
    indexes["goals"] = _index("goals", tables)
    resolve(tables["measures"], indexes, titles)
    add_measure_codes(tables["measures"].data, tables["goals"].data)
    return {part: index.added for part, index in indexes.items() if index.added}


def _index(part: str, tables: dict[str, Rows]) -> Index:
    """An index of a table; lists that nobody filled in are made of the names measures give."""
    rows = tables[part].data if part in tables else []
    return Index(part, rows, is_open=part in _LISTS and not rows)


def _raw(
    concept: ConceptValues,
    tables: dict[str, Rows],
    added: dict[str, list[dict[str, Any]]],
    hints: Hints,
    source: str,
) -> dict[str, Any]:
    raw = {"concept": {}, **concept.raw}
    raw.setdefault("language", source)
    if hints.edition is not None:
        raw["concept"].setdefault("edition", hints.edition)
    raw["concept"].setdefault("slug", str(raw["concept"].get("edition", "konzept")))
    if town := raw.get("municipality"):
        town.setdefault("languages", [source])
        _add_slug(town)
    for part, rows in tables.items():
        holder = raw["concept"] if part == "resolutions" else raw
        holder[part] = rows.data
    return {**raw, **added}


def _add_slug(town: dict[str, Any]) -> None:
    name = next(iter(town.get("name", {}).values()), "")
    if "slug" not in town and name:
        town["slug"] = slug_of(name) or "gemeinde"


def _doubled_numbers(tables: dict[str, Rows]) -> Iterator[Problem]:
    """Codes that are doubled perhaps because the spreadsheet shortened 2.10 to 2.1."""
    for part in ("goals", "measures"):
        rows = tables[part]
        codes = [str(row.get("code", "")) for row in rows.data]
        counts = Counter(codes)
        for position in rows.numeric_codes:
            if counts[codes[position]] > 1:
                yield Problem(
                    rows.place(position, "code"),
                    _(
                        "“{code}” occurs twice. The cell holds a number, and spreadsheets shorten "
                        "{code}0 to {code}: please format the column as text and type the code "
                        "anew."
                    ).format(code=codes[position]),
                )
