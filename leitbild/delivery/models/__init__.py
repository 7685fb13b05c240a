"""How measures fare: news, milestones, money, rounds of asking, reports."""

from leitbild.delivery.models.evidence import Attachment, CouncilPaper, Money
from leitbild.delivery.models.progress import (
    Milestone,
    MilestoneValue,
    ProgressUpdate,
    Responsibility,
    Rhythm,
)
from leitbild.delivery.models.reports import FrozenReport, ReportTemplate
from leitbild.delivery.models.rounds import Answer, Recipient, Round, Ruling, UpdateRequest

__all__ = [
    "Answer",
    "Attachment",
    "CouncilPaper",
    "FrozenReport",
    "Milestone",
    "MilestoneValue",
    "Money",
    "ProgressUpdate",
    "Recipient",
    "ReportTemplate",
    "Responsibility",
    "Rhythm",
    "Round",
    "Ruling",
    "UpdateRequest",
]
