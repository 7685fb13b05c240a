"""Frozen reports: kept as plain data, and read back as they were."""

from typing import Any, Final

from django.utils.translation import gettext as _
from pydantic import ValidationError

from leitbild.core.refusal import Refused
from leitbild.delivery.models import FrozenReport
from leitbild.delivery.queries.reports import report_digest
from leitbild.reports.council.content import FORMAT, CouncilReport

UNFROZEN: Final = {"number", "digest"}
"""What a report only has once it is frozen."""


def content_of(report: CouncilReport) -> dict[str, Any]:
    """Everything a report says, as plain data."""
    return report.model_dump(mode="json", exclude=UNFROZEN)


def digest_of(report: CouncilReport) -> str:
    """By which a report is known: whoever saw another one didn't see this."""
    return report_digest(content_of(report))


def thawed(row: FrozenReport) -> CouncilReport:
    """The report as it was frozen.

    Raises Refused where it isn't what was frozen, or where another version wrote it in a format
    this one doesn't know.
    """
    written = row.content.get("format") if isinstance(row.content, dict) else None
    if report_digest(row.content) != row.digest:
        raise Refused(
            [
                _(
                    "Report {number} doesn’t match its digest: it was altered. Tell whoever runs "
                    "the installation; a backup holds the sound one."
                ).format(number=row.number)
            ]
        )
    try:
        if written != FORMAT:
            raise ValueError(written)
        report = CouncilReport.model_validate(row.content)
    except (ValidationError, ValueError) as error:
        raise Refused(
            [
                _(
                    "Report {number} was frozen in the format “{written}”, which this version "
                    "can’t read. Open it with the version that froze it."
                ).format(number=row.number, written=written or "–")
            ]
        ) from error
    return report.model_copy(update={"number": row.number, "digest": row.digest})
