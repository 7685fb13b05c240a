"""Amendments: what has changed since a council adopted the text, and why.

They are stored nowhere twice. A part is amended when its newest revision says something else
than the frozen record of the publication in force; its reasons are those of its revisions.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from leitbild.plan.enums import Outcome, RevisionChange
from leitbild.plan.models import Concept, Publication, PublicationRecord, Revision
from leitbild.plan.queries.comparing import KINDS, Names, PartDifference
from leitbild.plan.queries.contents import PartKey


@dataclass(frozen=True, slots=True)
class Step:
    """One change on the way from the adopted text to today's."""

    day: dt.date
    reason: str
    author: str


@dataclass(frozen=True)
class Amendment(PartDifference):
    """A part that isn't as the council adopted it, with the reasons, the newest first."""

    number: int = 0
    steps: tuple[Step, ...] = field(default=())

    @property
    def newest(self) -> Step:
        """The last change."""
        return self.steps[0]


def amendments(
    concept: Concept,
    *,
    since: Publication | None = None,
    only: Iterable[PartKey] | None = None,
    names: Names | None = None,
) -> list[Amendment]:
    """The parts that changed since the publication in force; none without one.

    Two queries, or one where the publication is known and given as `since`.
    """
    publication = since or _in_force(concept)
    if publication is None:
        return []
    record = PublicationRecord.objects.filter(
        publication=publication, kind=OuterRef("kind"), part_id=OuterRef("part_id")
    )
    rows = Revision.objects.filter(concept_id=concept.pk, at__gt=publication.submitted_at).annotate(
        frozen=Subquery(record.values("content")[:1])
    )
    if only is not None:
        rows = rows.filter(_any_of(only))
    found = [
        _amendment(list(revisions), publication.number, names or {})
        for _part, revisions in groupby(
            sorted(rows, key=lambda row: (KINDS.index(row.kind), row.part_id, -row.number)),
            key=lambda row: (row.kind, row.part_id),
        )
    ]
    return [each for each in found if each.before != each.after]


def _in_force(concept: Concept) -> Publication | None:
    adopted = Publication.objects.filter(concept=concept, decision__outcome=Outcome.ADOPTED)
    return adopted.only("number", "submitted_at").order_by("-number").first()


def _any_of(keys: Iterable[PartKey]) -> Q:
    ids: dict[str, list[int]] = {}
    for kind, part_id in keys:
        ids.setdefault(kind, []).append(part_id)
    found = Q(pk__in=[])
    for kind, part_ids in ids.items():
        found |= Q(kind=kind, part_id__in=part_ids)
    return found


def _amendment(revisions: list[Revision], number: int, names: Names) -> Amendment:
    newest = revisions[0]
    frozen = getattr(newest, "frozen", None)
    gone = newest.change == RevisionChange.DELETED
    return Amendment(
        kind=newest.kind,
        part_id=newest.part_id,
        before=frozen,
        after=None if gone else newest.content,
        names=names,
        number=number,
        steps=tuple(
            Step(timezone.localdate(each.at), each.reason, each.author_name) for each in revisions
        ),
    )
