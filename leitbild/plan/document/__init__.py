"""The format-neutral document of a concept: what every format is read into and written from.

A document knows no database. It is checked as a whole, so that all errors are known at
once, each with its place as a path of keys and positions.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from leitbild.core.languages import is_servable
from leitbild.plan.document.checks import Finding, Place, findings
from leitbild.plan.document.fields import PlannedDate, first_day, last_day
from leitbild.plan.document.models import (
    FORMAT,
    ConceptDocument,
    ConceptPart,
    GoalPart,
    MeasurePart,
    MunicipalityPart,
    OrganisationPart,
    ResolutionPart,
    StagePart,
    TargetGroupPart,
    ThemePart,
)
from leitbild.plan.document.salvage import salvage

__all__ = [
    "FORMAT",
    "ConceptDocument",
    "ConceptPart",
    "FaultyDocument",
    "Finding",
    "GoalPart",
    "MeasurePart",
    "MunicipalityPart",
    "OrganisationPart",
    "Place",
    "PlannedDate",
    "ResolutionPart",
    "StagePart",
    "TargetGroupPart",
    "ThemePart",
    "first_day",
    "last_day",
    "parse_document",
]


class FaultyDocument(Exception):
    """A document that can't be taken as it is; carries every finding."""

    def __init__(self, findings: list[Finding]) -> None:
        """Keep the findings for whoever knows the file they belong to."""
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


def parse_document(raw: Mapping[str, Any]) -> ConceptDocument:
    """The checked document of plain data (as YAML or JSON would hold it).

    Raises FaultyDocument with all findings at once: those about single values first, then
    those about what the sound parts say of each other.
    """
    context = {"language": _language(raw.get("language"))}
    try:
        document = ConceptDocument.model_validate(dict(raw), context=context)
    except ValidationError as error:
        raise FaultyDocument(
            [*map(_finding, error.errors()), *findings(salvage(raw, context))]
        ) from None
    if contradictions := findings(document):
        raise FaultyDocument(contradictions)
    return document


def _language(code: object) -> str:
    """The language plain texts are in; a wrong code shall be one finding, not one a text."""
    return code if isinstance(code, str) and is_servable(code) else "de"


def _finding(error: ErrorDetails) -> Finding:
    values = {**error.get("ctx", {}), "input": error["input"]}
    return Finding(error["loc"], error["type"], values)
