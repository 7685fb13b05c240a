"""Freezing what a report said."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import record_event
from leitbild.core.refusal import Refused
from leitbild.delivery.models import FrozenReport
from leitbild.delivery.queries.reports import report_digest
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.models import Concept


@transaction.atomic
def freeze_report(*, concept: Concept, content: Mapping[str, Any], by: User | None) -> FrozenReport:
    """Keep a report under the concept's next number; from then on it says the same for good.

    `content` is everything it says as plain data, its period (`since`, `until`), its `audience`
    and its `language` among it. Raises Refused where the very same was frozen before, as by a
    second click, or where the period isn't over.
    """
    Concept.objects.select_for_update().get(pk=concept.pk)
    since, until = (date.fromisoformat(content[name]) for name in ("since", "until"))
    digest = report_digest(content)
    if reasons := [*_obstacles(concept, since, until), *_doubled(concept, digest)]:
        raise Refused(reasons)
    newest = FrozenReport.objects.filter(concept=concept).aggregate(newest=Max("number"))
    row = FrozenReport.objects.create(
        concept=concept,
        number=int(newest["newest"] or 0) + 1,
        since=since,
        until=until,
        audience=content["audience"],
        language=content["language"],
        content=dict(content),
        digest=digest,
        frozen_by=by,
    )
    record_event(
        action="report.freeze",
        by=by,
        public=False,
        municipality_id=concept.municipality_id,
        record=concept,
        changes={
            "number": row.number,
            "since": row.since.isoformat(),
            "until": row.until.isoformat(),
            "audience": row.audience,
            "language": row.language,
            "digest": digest,
        },
    )
    return row


def _obstacles(concept: Concept, since: date, until: date) -> Iterator[str]:
    if concept.status == ConceptStatus.DRAFT:
        yield _(
            "“{title}” is a draft, so there is nothing to report on yet. Choose an edition that "
            "was adopted."
        ).format(title=concept.title)
    if not since <= until <= timezone.localdate():
        yield _("A report can be frozen on a period that has come to its last day.")


def _doubled(concept: Concept, digest: str) -> Iterator[str]:
    same = FrozenReport.objects.filter(concept=concept, digest=digest).first()
    if same is not None:
        yield _("Report {number} says exactly this already; nothing was frozen again.").format(
            number=same.number
        )
