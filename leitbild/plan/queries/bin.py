"""What lies in the bin, and what can't be put there."""

import datetime as dt
from typing import Any, Final

from django.db.models import PROTECT, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitbild.core.models import Translatable
from leitbild.plan.models import BinEntry, Concept, Goal, Measure, MeasureGoal, Theme

KEPT: Final = dt.timedelta(days=30)
"""How long a deleted part can come back."""


def bin_of(concept: Concept) -> QuerySet[BinEntry]:
    """What was deleted from the concept, the last first."""
    return BinEntry.objects.filter(concept=concept).select_related("deleted_by")


def bin_entry_of(kind: str, part_id: int) -> BinEntry | None:
    """The entry of a part that was deleted and can still come back."""
    return BinEntry.objects.filter(kind=kind, part_id=part_id).first()


def days_left(entry: BinEntry, now: dt.datetime | None = None) -> int:
    """Full days until an entry is removed for good; 0 on its last day."""
    return max((entry.deleted_at + KEPT - (now or timezone.now())).days, 0)


def obstacles_to_deletion(row: Translatable) -> list[str]:
    """Why a theme, goal or measure can't be deleted: what depends on it, in sentences."""
    found: list[str] = []
    if isinstance(row, Theme):
        found = _goals_of(row)
    elif isinstance(row, Goal):
        found = _measures_of(row)
    return [*found, *_reports_of(row), *_continuations_of(row)]


def _goals_of(theme: Theme) -> list[str]:
    number = Goal.objects.filter(theme=theme).count()
    if not number:
        return []
    return [
        ngettext(
            "“{part}” has {number} goal. Delete it first, or put it under another theme.",
            "“{part}” has {number} goals. Delete them first, or put them under another theme.",
            number,
        ).format(part=theme, number=number)
    ]


def _measures_of(goal: Goal) -> list[str]:
    links = MeasureGoal.objects.filter(goal=goal).order_by("measure__position")
    codes = list(links.values_list("measure__code", flat=True))
    if not codes:
        return []
    return [
        ngettext(
            "“{part}” is served by measure {codes}. Let it serve another goal, or delete it first.",
            "“{part}” is served by the measures {codes}. Let them serve another goal, or delete "
            "them first.",
            len(codes),
        ).format(part=goal, codes=", ".join(codes))
    ]


def _reports_of(row: Translatable) -> list[str]:
    """What other apps hold on to, whichever they are: there is no way round the record."""
    relations: list[Any] = [
        relation
        for relation in row._meta.related_objects
        if getattr(relation, "on_delete", None) is PROTECT
    ]
    held = [
        str(relation.related_model._meta.verbose_name_plural)
        for relation in relations
        if relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
    ]
    if not held:
        return []
    return [
        _(
            "“{part}” can’t be deleted, because there are {records}. What was reported stays on "
            "record; say in its text that it has ended, or drop it in the next edition."
        ).format(part=row, records=", ".join(held))
    ]


def _continuations_of(row: Translatable) -> list[str]:
    """A part that a newer edition goes on with belongs to that edition's story."""
    if isinstance(row, Measure):
        concepts = Concept.objects.filter(measure_lineage__before=row)
    elif isinstance(row, Goal):
        concepts = Concept.objects.filter(goal_lineage__before=row)
    elif isinstance(row, Theme):
        concepts = Concept.objects.filter(theme_lineage__before=row)
    else:
        return []
    return [
        _("“{part}” is where the edition “{title}” began. Decide there what becomes of it.").format(
            part=row, title=concept.title
        )
        for concept in concepts.distinct()[:1]
    ]
