"""Surveys the sheets of an OpenDocument spreadsheet."""

from leitbild.plan.exchange.tables.sheet import Area, Flaw
from leitbild.plan.exchange.tables.survey import Survey, local, parse


def survey_spreadsheet(content: bytes, *, stores_results: bool = False) -> dict[str, Survey]:
    """A survey of each sheet in content.xml, by its name.

    `stores_results` says that the program behind it stores every result: LibreOffice writes
    an empty one like none at all.
    """
    surveys = _Content(stores_results).survey(content)
    for name, survey in surveys.items():
        survey.check(name)
    return surveys


class _Content:
    """Follows the cells of all sheets; repeated ones are counted, not repeated."""

    def __init__(self, stores_results: bool) -> None:
        self._stores_results = stores_results
        self._surveys: dict[str, Survey] = {}
        self._survey = Survey()
        self._row = self._column = 0
        self._rows = 1
        self._cell: dict[str, str] | None = None
        self._text = 0

    def survey(self, content: bytes) -> dict[str, Survey]:
        parse(content, start=self._start, end=self._end, text=self._data)
        return self._surveys

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name not in {"table", "table-row", "table-cell", "covered-table-cell"}:
            return
        by_name = {local(key): value for key, value in attributes.items()}
        if name == "table":
            self._survey = self._surveys.setdefault(by_name.get("name", ""), Survey())
            self._row = 0
        elif name == "table-row":
            self._rows = _count(by_name, "number-rows-repeated")
            self._column = 0
        else:
            self._cell, self._text = _kinds(attributes, by_name), 0

    def _data(self, data: str) -> None:
        if self._cell is not None:
            self._text += len(data)

    def _end(self, name: str) -> None:
        name = local(name)
        if name == "table-row":
            self._row += self._rows
        elif name in {"table-cell", "covered-table-cell"} and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None

    def _end_cell(self, cell: dict[str, str]) -> None:
        columns = _count(cell, "number-columns-repeated")
        here = self._row, self._column
        if "value-type" in cell or self._text:
            length = max(self._text, len(cell.get("string-value", "")))
            last = self._row + self._rows - 1, self._column + columns - 1
            self._survey.see(*last, length * columns * self._rows)
        if cell.get("shown-type") == "error":
            self._survey.flaws[here] = Flaw.ERROR
        elif "formula" in cell and "value-type" not in cell and not self._stores_results:
            self._survey.flaws[here] = Flaw.NO_RESULT
        elif "formula" in cell:
            self._survey.formulas.append(here)
        wide = _count(cell, "number-columns-spanned")
        high = _count(cell, "number-rows-spanned")
        if wide > 1 or high > 1:
            self._survey.merged.append(Area(*here, self._row + high - 1, self._column + wide - 1))
        self._column += columns


def _kinds(attributes: dict[str, str], by_name: dict[str, str]) -> dict[str, str]:
    """The attributes by short name; LibreOffice keeps a second type that knows errors."""
    kinds = dict(by_name)
    kinds.pop("value-type", None)
    for key, value in attributes.items():
        if local(key) == "value-type":
            is_own = "oasis" in key
            kinds["value-type" if is_own else "shown-type"] = value
    return kinds


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 12 else 1
