"""docs/import.md knows every field, every header, every limit, and its example works."""

import re
from pathlib import Path
from typing import Final

import pytest
from pydantic import BaseModel

from leitbild.plan.document import ConceptDocument
from leitbild.plan.document import fields as limits
from leitbild.plan.exchange import FORMATS, guards, read_document
from leitbild.plan.exchange.tables import survey
from leitbild.plan.exchange.tables.columns import Table
from leitbild.plan.exchange.tables.concept_rows import CONCEPT_ROWS
from leitbild.plan.exchange.tables.definitions import TABLES

GUIDE: Final = (Path(__file__).resolve().parents[3] / "docs" / "import.md").read_text("utf-8")


def _section(title: str) -> str:
    return GUIDE.partition(f"### {title} (")[2].partition("\n### ")[0]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.part)
def test_every_column_is_in_the_guide(table: Table) -> None:
    section = _section(table.german)

    for column in table.columns:
        star = r" \*" if column.required else ""
        row = rf"\| `{column.field}` \| {column.german}{star} \| {column.english} \| \S"
        assert re.search(row, section), column.field


def test_every_row_of_the_concept_is_in_the_guide() -> None:
    section = _section("Konzept")

    missing = [row.field for row in CONCEPT_ROWS
               if f"| `{row.field}` | {row.german}" not in section]  # fmt: skip
    assert missing == []


def test_every_field_of_the_model_has_a_column() -> None:
    fields = {
        f"{table.part}.{column.field}" for table in TABLES for column in table.columns
    } | {row.field for row in CONCEPT_ROWS}  # fmt: skip
    lists = {"concept.resolutions": "resolutions"}

    missing: list[str] = []
    for name, field in ConceptDocument.model_fields.items():
        for part in _parts(field.annotation):
            for inner in part.model_fields:
                path = f"{name}.{inner}"
                known = any(each == path or each.startswith(f"{path}.") for each in fields)
                if not known and path not in lists:
                    missing.append(path)
    assert missing == []


def _parts(annotation: object) -> list[type[BaseModel]]:
    inside = getattr(annotation, "__args__", (annotation,))
    return [each for each in inside if isinstance(each, type) and issubclass(each, BaseModel)]


def test_every_top_level_name_and_format_is_in_the_guide() -> None:
    assert [name for name in ConceptDocument.model_fields if f"`{name}`" not in GUIDE] == []
    assert [name for name in FORMATS if name.upper() not in GUIDE.upper()] == []


def test_limits_in_the_guide_are_those_of_the_code() -> None:
    assert f"| file | {guards.MAX_FILE // guards.MEGABYTE} MB" in GUIDE
    assert f"unpacked {guards.MAX_UNPACKED // guards.MEGABYTE} MB" in GUIDE
    assert f"{guards.MAX_ENTRIES:,} entries" in GUIDE
    assert f"| sheet | {survey.MAX_ROWS:,} rows, {survey.MAX_COLUMNS:,} columns" in GUIDE
    assert f"| title, name | {limits.TITLE_LENGTH} characters" in GUIDE
    assert f"(`Kurztext`) | {limits.SUMMARY_LENGTH} characters" in GUIDE
    assert f"| text | {limits.TEXT_LENGTH:,} characters" in GUIDE
    assert f"| years | {limits.YEARS[0]} to {limits.YEARS[1]} |" in GUIDE


def test_example_in_the_guide_is_read(tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(GUIDE.partition("```yaml\n")[2].partition("```")[0], "utf-8")

    document = read_document(path).document

    assert document.measures[0].lead == "amt-50"
