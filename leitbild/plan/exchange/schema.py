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
_MORE: Final = {
    "ConceptPart.resolutions": "What bodies decided about the concept, in order.",
    "MunicipalityPart.contact": "Whom readers can ask.",
    "MunicipalityPart.imprint": "What the imprint and the statements about the pages need.",
    "MunicipalityPart.terminology": "Names of the levels, by level and language.",
    "MunicipalityPart.tokens": "Colours of the municipality’s pages, by design token.",
}
_TOP: Final = {
    "format": "The version of this format.",
    "language": "The code of the language the texts are written in.",
    "municipality": "The municipality, for a file that sets one up.",
    "concept": "The concept itself.",
    "organisations": "Who leads measures or takes part in them.",
    "stages": "Stages of arrival.",
    "target_groups": "People measures are for.",
    "themes": "Themes with their visions.",
    "goals": "Goals, each of one theme.",
    "measures": "Measures, each of one or several goals.",
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
    for place, text in _MORE.items():
        definition, _dot, name = place.partition(".")
        _describe(definitions[definition], name, text)
    for name, text in _TOP.items():
        _describe(schema, name, text)
    return {"$schema": DIALECT, "$id": f"urn:{FORMAT.replace('/', ':')}", **schema}


def _describe(definition: dict[str, Any], name: str, text: object) -> None:
    definition["properties"][name]["description"] = str(text)
