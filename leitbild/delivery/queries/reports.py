"""Frozen reports, and the city's own letterhead."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from leitbild.accounts.models import Municipality
from leitbild.delivery.models import FrozenReport, ReportTemplate
from leitbild.plan.models import Concept
from leitbild.plan.queries.freezing import canonical


def frozen_reports(concept: Concept) -> QuerySet[FrozenReport]:
    """A concept's frozen reports, the newest first; what they say is left unread."""
    return (
        FrozenReport.objects.filter(concept=concept)
        .select_related("frozen_by")
        .defer("content")
        .order_by("-number")
    )


def letterhead(municipality: Municipality, language: str) -> bytes | None:
    """The city's own Word template of reports; none where it uses ours.

    Its words are in the source's language, so reports in other languages aren't made with it.
    """
    if language != municipality.source_language:
        return None
    found = ReportTemplate.objects.filter(municipality=municipality)
    content = found.values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def report_digest(content: Mapping[str, Any]) -> str:
    """SHA-256 over everything a report says, in its canonical form."""
    return sha256(canonical(content)).hexdigest()
