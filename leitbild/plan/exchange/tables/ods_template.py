"""Writes the empty workbook for LibreOffice."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from leitbild.plan.exchange.tables.concept_rows import CONCEPT
from leitbild.plan.exchange.tables.ods_writer import HEAD, MILLIMETRES, WIDTH, packaged
from leitbild.plan.exchange.tables.template import ROWS, TITLE, Choice, Form, forms, instructions

_NOTES_WIDTH = 100


def ods_template(language: str) -> bytes:
    """An empty workbook with headers in the format's language, explained in the active one."""
    return packaged("".join(_content(language)), str(TITLE))


def _content(language: str) -> Iterator[str]:
    sheets = list(forms(language))
    choices = list(dict.fromkeys(_choices(sheets)))
    widths = {head.column.width for sheet in sheets for head in sheet.heads} | {_NOTES_WIDTH}
    yield HEAD
    for width in sorted(widths):
        yield WIDTH.format(width, width * MILLIMETRES)
    yield "</office:automatic-styles>\n<office:body><office:spreadsheet>\n"
    yield "<table:content-validations>\n"
    for number, choice in enumerate(choices):
        yield _validation(number, choice)
    yield "</table:content-validations>\n"
    yield from _instructions(language)
    for sheet in sheets:
        yield from _sheet(sheet, choices)
    yield "</office:spreadsheet></office:body></office:document-content>\n"


def _choices(sheets: Sequence[Form]) -> Iterator[Choice]:
    for sheet in sheets:
        for head in (*sheet.heads, *sheet.items):
            if head.choice:
                yield head.choice


def _validation(number: int, choice: Choice) -> str:
    if choice.words:
        values = ";".join(f'"{word}"' for word in choice.words)
    else:
        start, end = choice.cells.split(":")
        values = f"[$'{choice.sheet}'.{start}:.{end}]"
    condition = f"of:cell-content-is-in-list({values})"
    stop = "true" if choice.words else "false"
    return (
        f'<table:content-validation table:name="V{number}" '
        f'table:condition={quoteattr(condition)} table:allow-empty-cell="true">'
        f'<table:error-message table:display="{stop}"/></table:content-validation>\n'
    )


def _instructions(language: str) -> Iterator[str]:
    name, lines = instructions(language)
    yield f"<table:table table:name={quoteattr(name)}>\n"
    yield f'<table:table-column table:style-name="W{_NOTES_WIDTH}"/>\n'
    for number, line in enumerate(lines):
        yield f"<table:table-row>{_text(line, style='Text' if number else 'Header')}"
        yield "</table:table-row>\n"
    yield "</table:table>\n"


def _sheet(form: Form, choices: list[Choice]) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(form.name)}>\n"
    for head in form.heads:
        yield f'<table:table-column table:style-name="W{head.column.width}"/>\n'
    heads = "".join(_text(head.header, style="Header", note=head.note) for head in form.heads)
    yield f"<table:table-row>{heads}</table:table-row>\n"
    if form.table is CONCEPT:
        for item in form.items:
            label = _text(item.header, style="Text", note=item.note)
            yield f"<table:table-row>{label}{_empty(item.choice, choices)}</table:table-row>\n"
    else:
        cells = "".join(_empty(head.choice, choices) for head in form.heads)
        yield f'<table:table-row table:number-rows-repeated="{ROWS}">{cells}</table:table-row>\n'
    yield "</table:table>\n"


def _empty(choice: Choice | None, choices: list[Choice]) -> str:
    if choice is None:
        return '<table:table-cell table:style-name="Text"/>'
    name = f"V{choices.index(choice)}"
    return f'<table:table-cell table:style-name="Text" table:content-validation-name="{name}"/>'


def _text(text: str, *, style: str, note: str = "") -> str:
    remark = f"<office:annotation><text:p>{escape(note)}</text:p></office:annotation>"
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"{remark if note else ''}<text:p>{escape(text)}</text:p></table:table-cell>"
    )
