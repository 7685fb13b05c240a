"""A person at a window, writing measures of a small town's only concept."""

import datetime as dt
from typing import Any, Final

from leitbild.accounts.models import User
from leitbild.core.models import AuditEvent
from leitbild.plan.actions.editing import save_draft
from leitbild.plan.models import Concept, Decision, Draft, Measure, Publication
from leitbild.plan.queries.contents import content_of
from leitbild.plan.queries.history import latest_number

TITLE: Final = "Lesen"
"""What measure 1.1 is called."""


def the_measure(code: str = "1.1") -> Measure:
    """A measure as it stands."""
    return Measure.objects.select_related("concept__municipality").get(code=code)


def save(by: User, title: str = "Neu", *, code: str = "1.1", **more: Any) -> Draft:
    """Save a draft of a measure from a window that just opened it, unless told otherwise."""
    row = the_measure(code)
    content = {**content_of(row), "title": title, **more.pop("content", {})}
    return save_draft(
        concept=row.concept,
        kind="measure",
        part_id=row.pk,
        by=by,
        **{"content": content, "base": latest_number("measure", row.pk), **more},
    )


def save_new(by: User, content: dict[str, Any], **more: Any) -> Draft:
    """Save a draft of a measure that doesn't exist yet."""
    concept = Concept.objects.get()
    return save_draft(
        concept=concept, kind="measure", part_id=None, content=content, by=by, base=0, **more
    )


def events(action: str) -> list[AuditEvent]:
    """The log's events of one kind, in order."""
    return list(AuditEvent.objects.filter(action=action).order_by("pk"))


def freeze() -> Publication:
    """Put a proposal before the council."""
    return Publication.objects.create(
        concept=Concept.objects.get(),
        number=1,
        language="de",
        digest="0" * 64,
        pdf=b"",
        pdf_digest="0" * 64,
    )


def adopt() -> None:
    """Have the council adopt the concept."""
    Decision.objects.create(
        publication=freeze(), outcome="adopted", body="Stadtrat", date=dt.date(2025, 6, 1)
    )
