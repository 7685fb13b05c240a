"""Everything that writes the plan."""

from leitbild.plan.actions.founding import found_municipality
from leitbild.plan.actions.importing.concept import import_concept, preview_import
from leitbild.plan.actions.importing.report import ORDER, Change, ImportReport, Row
from leitbild.plan.actions.importing.writing import Progress

__all__ = [
    "ORDER",
    "Change",
    "ImportReport",
    "Progress",
    "Row",
    "found_municipality",
    "import_concept",
    "preview_import",
]
