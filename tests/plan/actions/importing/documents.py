"""Importing plans in tests."""

from typing import Any

from leitbild.plan.actions import ImportReport, import_concept, preview_import
from leitbild.plan.document import parse_document


def take(raw: dict[str, Any], **options: Any) -> ImportReport:
    """Import a plan."""
    return import_concept(document=parse_document(raw), by=None, **options)


def preview(raw: dict[str, Any], **options: Any) -> ImportReport:
    """See what importing a plan would do."""
    return preview_import(document=parse_document(raw), **options)


def town_block(slug: str = "musterstadt", **values: Any) -> dict[str, Any]:
    """What a file says of a municipality."""
    return {"slug": slug, "name": slug.title(), "languages": ["de", "ar"], **values}
