"""PDF, Word and Excel say the same: every table of one is found in the others."""

import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import docx
import pypdf
import pytest
from python_calamine import load_workbook

from leitbild.plan.models import Concept
from leitbild.reports.council.assembly import council_report
from leitbild.reports.council.content import CouncilReport
from leitbild.reports.council.documents import council_file
from tests.reports.council.ledger import in_words
from tests.reports.council.worlds import SINCE, UNTIL, random_town

Table = list[tuple[str, ...]]

COUNTS = ("State", "Now", "Before")
MONEY = ("Year", "Source", "Planned", "Spent")
STEPS = ("Milestone", "Due", "Status", "Value")
GAPS = ("Missing", "Number", "Measures")
ANNEX = "Planned / Spent"


@pytest.fixture
def report(db: None) -> CouncilReport:
    random_town(3, measures=9)
    concept = Concept.objects.select_related("municipality").get()
    return council_report(concept=concept, since=SINCE, until=UNTIL, audience="council")


def word_tables(content: bytes) -> list[Table]:
    """Every table, without the signs that stand before the words of states."""
    return [
        [tuple(re.sub(r"^[^\w–€]+ ", "", cell.text) for cell in row.cells) for row in table.rows]
        for table in docx.Document(io.BytesIO(content)).tables
    ]


def sheet(content: bytes, number: int) -> list[dict[str, Any]]:
    head, *rows = load_workbook(io.BytesIO(content)).get_sheet_by_index(number).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def summary(content: bytes) -> Iterator[list[list[Any]]]:
    """The tables of the first sheet, which stand below each other with an empty line between."""
    table: list[list[Any]] = []
    for row in [*load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python(), []]:
        if any(cell != "" for cell in row):
            table.append(row)
        elif table:
            yield table
            table = []


def euros(amount: Any) -> str:
    if amount == "":
        return "–"
    cents = round(amount * 100)
    rest = f".{cents % 100:02}" if cents % 100 else ""
    return f"€{cents // 100:,}{rest}"


def day(cell: Any) -> str:
    return in_words(cell) if isinstance(cell, dt.date) else ""


def squeezed(*texts: str) -> str:
    """Without blanks, hyphens and dashes, which a typesetter adds and takes away."""
    return re.sub(r"[\s\u00ad\u2010\u2013\u2060-]", "", "".join(texts))


def test_word_and_excel_show_the_same_figures(report: CouncilReport) -> None:
    tables = word_tables(council_file(report, "docx"))
    book = council_file(report, "xlsx")
    facts, counts, points = summary(book)
    measures, money = sheet(book, 1), sheet(book, 4)

    assert [row for table in tables if table[0] == COUNTS for row in table[1:]] == [
        (row[1], f"{row[2]:.0f}", f"{row[3]:.0f}") for row in counts[1:]
    ] + loose(report)
    assert [row[:4] for table in tables if table[0] == STEPS for row in table[1:]] == [
        (row["Milestone"], day(row["Due"]), row["State"], value(row)) for row in sheet(book, 3)
    ]
    assert [
        row
        for table in tables
        if table[0] == MONEY and " of " not in table[1][2] + table[1][3]
        for row in table[1:]
        if row[1] != "all sources"
    ] == [
        (
            *(f"{row['Year']:.0f}", row["Source of money"]),
            *(euros(row["Planned"]), euros(row["Spent"])),
        )
        for row in money
    ]
    assert [row for table in tables if table[0] == GAPS for row in table[1:]] == [
        (name, str(len(found)), ", ".join(found)) for name, found in gaps(book) if found
    ]
    assert [
        row for table in tables if ANNEX in table[0] for row in table[1:] if row[0] != row[1]
    ] == [annex(row) for row in measures]
    assert ["With news in the period", f"{report.heard_of} of 9"] in [row[:2] for row in facts]
    assert len(points) - 1 == sum(
        len(part) for part in (report.summary.moved, report.summary.still, report.summary.decisions)
    )


def loose(report: CouncilReport) -> Table:
    """Measures without a goal have a table of their own in Word; it is the report's last one."""
    (measure,) = report.loose
    labels = {measure.now.label: (1, 0)}
    now, before = labels.get(measure.before.label, (0, 0))
    labels[measure.before.label] = (now, before + 1)
    order = [each.label for each in report.counts]
    return [(name, *map(str, labels[name])) for name in sorted(labels, key=order.index)]


def value(row: dict[str, Any]) -> str:
    read = "–" if row["Value"] == "" else f"{row['Value']:.0f}"
    if row["Target"] != "":
        return f"{read} of {row['Target']:.0f} {row['Unit']}"
    return "–" if row["Value"] == "" else f"{read} {row['Unit']}"


def gaps(book: bytes) -> Iterator[tuple[str, list[str]]]:
    for name in ("Lead", "Date", "Money", "News"):
        title = "Without news" if name == "News" else f"Without a {name.lower()}"
        title = "Without money" if name == "Money" else title
        yield name, [row["Code"] for row in sheet(book, 5) if row[title] == "yes"]


def annex(row: dict[str, Any]) -> tuple[str, ...]:
    years = sorted({name.split()[1] for name in row if re.match(r"(Planned|Spent) \d", name)})
    amounts = [(year, row[f"Planned {year}"], row[f"Spent {year}"]) for year in years]
    return (
        row["Code"],
        row["Title"],
        row["Lead"] or "–",
        row["Period"] or "–",
        row["State"],
        row["State before"],
        day(row["State as of"]) or "–",
        "\n".join(
            f"{year}: {euros(planned)} / {euros(spent)}"
            for year, planned, spent in amounts
            if planned != "" or spent != ""
        )
        or "–",
        row["What is missing"],
    )


def test_pdf_holds_every_row_of_the_word_file_in_its_order(report: CouncilReport) -> None:
    pages = pypdf.PdfReader(io.BytesIO(council_file(report, "pdf"))).pages
    text = squeezed(*(page.extract_text() for page in pages))
    tables = word_tables(council_file(report, "docx"))
    assert len(tables) > 20

    place = 0
    for table in tables:
        for row in table[1:]:
            found = text.find(cells(row), place)
            assert found >= 0, (table[0], row)
            place = found


def cells(row: Sequence[str]) -> str:
    return squeezed(*dict.fromkeys(row)) if len(set(row)) == 1 else squeezed(*row)
