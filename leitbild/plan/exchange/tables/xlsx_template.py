"""Writes the empty workbook for Excel."""

import io
from typing import Any

from xlsxwriter.worksheet import Worksheet

from leitbild.plan.exchange.tables.columns import Kind
from leitbild.plan.exchange.tables.concept_rows import CONCEPT
from leitbild.plan.exchange.tables.template import ROWS, TITLE, Choice, Form, forms, instructions
from leitbild.plan.exchange.tables.xlsx_writer import Styles, new_workbook

_TYPED_FREELY = {Kind.NUMBER, Kind.MOMENT, Kind.DAY}


def xlsx_template(language: str) -> bytes:
    """An empty workbook with headers in the format's language, explained in the active one."""
    buffer = io.BytesIO()
    with new_workbook(buffer, title=str(TITLE)) as workbook:
        styles = Styles(workbook)
        name, lines = instructions(language)
        _write_instructions(workbook.add_worksheet(name), lines, styles)
        for form in forms(language):
            worksheet = workbook.add_worksheet(form.name)
            _write_heads(worksheet, form, styles)
            if form.table is CONCEPT:
                _write_items(worksheet, form, styles)
            else:
                _write_choices(worksheet, form)
    return buffer.getvalue()


def _write_instructions(worksheet: Worksheet, lines: list[str], styles: Styles) -> None:
    worksheet.set_column(0, 0, 100, styles.text)
    for number, line in enumerate(lines):
        worksheet.write_string(number, 0, line, styles.header if number == 0 else styles.text)


def _write_heads(worksheet: Worksheet, form: Form, styles: Styles) -> None:
    worksheet.freeze_panes(1, 1 if form.table is CONCEPT else 2)
    for position, head in enumerate(form.heads):
        look = None if head.column.kind in _TYPED_FREELY else styles.text
        worksheet.set_column(position, position, head.column.width, look)
        worksheet.write_string(0, position, head.header, styles.header)
        worksheet.write_comment(0, position, head.note, {"x_scale": 2})


def _write_items(worksheet: Worksheet, form: Form, styles: Styles) -> None:
    for number, item in enumerate(form.items, start=1):
        worksheet.write_string(number, 0, item.header, styles.text)
        worksheet.write_comment(number, 0, item.note, {"x_scale": 2})
        if item.choice:
            worksheet.data_validation(number, 1, number, 1, _validation(item.choice))


def _write_choices(worksheet: Worksheet, form: Form) -> None:
    for position, head in enumerate(form.heads):
        if head.choice:
            worksheet.data_validation(1, position, ROWS, position, _validation(head.choice))


def _validation(choice: Choice) -> dict[str, Any]:
    """A drop-down; names of other sheets only suggest, since a cell may hold several."""
    if choice.words:
        return {"validate": "list", "source": list(choice.words)}
    source = f"='{choice.sheet}'!{choice.cells}"
    return {"validate": "list", "source": source, "show_error": False}
