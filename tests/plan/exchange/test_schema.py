"""The JSON Schema in docs/ is the model's own and explains every field."""

import json
from pathlib import Path
from typing import Any, Final

from leitbild.plan.exchange.schema import concept_schema

DOCS: Final = Path(__file__).resolve().parents[3] / "docs"


def test_schema_is_up_to_date() -> None:
    written = json.loads((DOCS / "concept.schema.json").read_text("utf-8"))

    assert written == concept_schema(), "run bin/schema"


def test_every_field_is_explained() -> None:
    schema: dict[str, Any] = concept_schema()
    parts = {"document": schema, **schema["$defs"]}
    explained = {
        f"{name}.{field}": "description" in described
        for name, part in parts.items()
        if name != "Term"
        for field, described in part.get("properties", {}).items()
    }

    assert [field for field, is_explained in explained.items() if not is_explained] == []
