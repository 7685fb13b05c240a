"""The plan check: what a concept leaves open or says unclearly, in plain words.

A set of small pure functions over an outline, in `structure` and `wording`. None of them
forbids anything and none has a severity: they are listed in the order in which they matter.
"""

from typing import Final

from leitbild.plan.queries.outline import Outline
from leitbild.plan.queries.review.model import Check, Finding, Result, Review
from leitbild.plan.queries.review.structure import MOST_MEASURES, STRUCTURE
from leitbild.plan.queries.review.wording import MOST_WORDS, WORDING

__all__ = [
    "CHECKS",
    "MOST_MEASURES",
    "MOST_WORDS",
    "Check",
    "Finding",
    "Result",
    "Review",
    "findings",
]

CHECKS: Final = (*STRUCTURE, *WORDING)


def findings(outline: Outline) -> Review:
    """What every check finds in a concept, given in its source language. No queries."""
    return Review(tuple(_result(check, outline) for check in CHECKS))


def _result(check: Check, outline: Outline) -> Result:
    if not check.knows(outline.language):
        return Result(check, (), skipped=True)
    return Result(check, tuple(check.find(outline)))
