"""Rows of the plan: the concept itself, work on it, what the council got, where it comes from."""

from leitbild.plan.models.concept import (
    ArrivalStage,
    Concept,
    ConceptQuerySet,
    Goal,
    Measure,
    MeasureGoal,
    Resolution,
    TargetGroup,
    Theme,
)
from leitbild.plan.models.editing import BinEntry, Draft, Revision
from leitbild.plan.models.lineage import GoalLineage, MeasureLineage, ThemeLineage
from leitbild.plan.models.publication import Decision, Publication, PublicationRecord
from leitbild.plan.models.review import FindingCount

__all__ = [
    "ArrivalStage",
    "BinEntry",
    "Concept",
    "ConceptQuerySet",
    "Decision",
    "Draft",
    "FindingCount",
    "Goal",
    "GoalLineage",
    "Measure",
    "MeasureGoal",
    "MeasureLineage",
    "Publication",
    "PublicationRecord",
    "Resolution",
    "Revision",
    "TargetGroup",
    "Theme",
    "ThemeLineage",
]
