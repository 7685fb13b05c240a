"""The JSON Schema of a concept document, with the explanations the tables also show."""

from typing import Any, Final

from django.utils.translation import override

from leitbild.plan.document import FORMAT, ConceptDocument
from leitbild.plan.exchange.tables.concept_rows import CONCEPT_ROWS
from leitbild.plan.exchange.tables.definitions import TABLES

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_DEFINITIONS: Final = {
    "themes": "ThemePart",
    "goals": "GoalPart",
    "measures": "MeasurePart",
    "organisations": "OrganisationPart",
    "stages": "StagePart",
    "target_groups": "TargetGroupPart",
    "resolutions": "ResolutionPart",
}
_ROW_DEFINITIONS: Final = {
    "concept": "ConceptPart",
    "municipality": "MunicipalityPart",
    "municipality.contact": "Contact",
    "municipality.imprint": "Imprint",
}


def concept_schema() -> dict[str, Any]:
    """The schema, with English descriptions of every field that stands in a table."""
    schema = ConceptDocument.model_json_schema()
    definitions = schema["$defs"]
    with override("en"):
        for table in TABLES:
            for column in table.columns:
                _describe(definitions[_DEFINITIONS[table.part]], column.field, column.help)
        for row in CONCEPT_ROWS:
            path, _dot, name = row.field.rpartition(".")
            if holder := _ROW_DEFINITIONS.get(path):
                _describe(definitions[holder], name, row.help)
    return {"$schema": DIALECT, "$id": f"urn:{FORMAT.replace('/', ':')}", **schema}


def _describe(definition: dict[str, Any], name: str, text: object) -> None:
    definition["properties"][name]["description"] = str(text)
