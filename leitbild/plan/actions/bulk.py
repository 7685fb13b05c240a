"""Editing many measures at once: their lead, their stages, their target groups."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from leitbild.accounts.models import Organisation, User
from leitbild.core.refusal import Refused
from leitbild.plan.actions.changing import changing
from leitbild.plan.enums import PartKind, RevisionChange
from leitbild.plan.models import ArrivalStage, Concept, Measure, TargetGroup


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """What shall happen to each of the chosen measures; what isn't named stays as it is.

    `lead` counts where `sets_lead` says so: None takes the lead away.
    """

    sets_lead: bool = False
    lead: Organisation | None = None
    add_stages: tuple[ArrivalStage, ...] = ()
    remove_stages: tuple[ArrivalStage, ...] = ()
    add_target_groups: tuple[TargetGroup, ...] = ()
    remove_target_groups: tuple[TargetGroup, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would happen to any measure."""
        return not (
            self.sets_lead
            or self.add_stages
            or self.remove_stages
            or self.add_target_groups
            or self.remove_target_groups
        )


@dataclass(frozen=True, slots=True)
class MeasureEdit:
    """What happens to one measure: names that are set, added and taken away."""

    measure: Measure
    lead: tuple[str, str] | None
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Whether the measure would say something else than now."""
        return bool(self.lead or self.added or self.removed)


_LISTS: Final[tuple[tuple[str, Any, str], ...]] = (
    ("stages", Measure.stages.through, "arrivalstage_id"),
    ("target_groups", Measure.target_groups.through, "targetgroup_id"),
)


def preview_measures(
    *, concept: Concept, measures: Collection[int], edit: BulkEdit
) -> list[MeasureEdit]:
    """What `edit_measures` would do to each measure; writes nothing. Four queries at most."""
    rows = (
        Measure.objects.filter(concept=concept, pk__in=measures)
        .select_related("lead")
        .prefetch_related("stages", "target_groups")
    )
    return [_edit_of(row, edit) for row in rows]


def _edit_of(row: Measure, edit: BulkEdit) -> MeasureEdit:
    lead = None
    if edit.sets_lead and row.lead != edit.lead:
        lead = (_name(row.lead), _name(edit.lead))
    has: set[Any] = {*row.stages.all(), *row.target_groups.all()}
    wanted: tuple[Any, ...] = (*edit.add_stages, *edit.add_target_groups)
    unwanted: tuple[Any, ...] = (*edit.remove_stages, *edit.remove_target_groups)
    return MeasureEdit(
        measure=row,
        lead=lead,
        added=tuple(each.name for each in wanted if each not in has),
        removed=tuple(each.name for each in unwanted if each in has),
    )


def _name(organisation: Organisation | None) -> str:
    return organisation.name if organisation else ""


def edit_measures(
    *,
    concept: Concept,
    measures: Collection[int],
    edit: BulkEdit,
    by: User | None,
    reason: str = "",
) -> list[MeasureEdit]:
    """Edit the concept's measures with these ids, all or none; those that changed."""
    if edit.is_empty:
        raise Refused([_("Choose what shall change: the lead, a stage or a target group.")])
    with changing(
        concept=concept,
        by=by,
        action="measures.edit",
        change=RevisionChange.EDITED,
        reason=reason,
        only=[(PartKind.MEASURE, pk) for pk in measures],
    ) as frame:
        planned = preview_measures(concept=concept, measures=measures, edit=edit)
        if len(planned) < len(set(measures)):
            raise Refused(
                [_("Some of these measures have been deleted meanwhile. Please choose again.")]
            )
        changed = [each for each in planned if each.changes]
        if not changed:
            raise Refused([_("All of these measures already are as you want them.")])
        _write([each.measure for each in changed], edit)
        frame.changes = {
            "measures": [each.measure.code for each in changed],
            **_in_words(edit),
        }
    return changed


def _write(rows: list[Measure], edit: BulkEdit) -> None:
    ids = [row.pk for row in rows]
    if edit.sets_lead:
        Measure.objects.filter(pk__in=ids).update(lead=edit.lead)
    for name, through, column in _LISTS:
        removed = [each.pk for each in getattr(edit, f"remove_{name}")]
        through.objects.filter(measure__in=ids, **{f"{column}__in": removed}).delete()
        through.objects.bulk_create(
            [
                through(measure_id=pk, **{column: each.pk})
                for pk in ids
                for each in getattr(edit, f"add_{name}")
            ],
            ignore_conflicts=True,
            batch_size=500,
        )


def _in_words(edit: BulkEdit) -> dict[str, Any]:
    said: dict[str, Any] = {"lead": _name(edit.lead)} if edit.sets_lead else {}
    lists = ("add_stages", "remove_stages", "add_target_groups", "remove_target_groups")
    return said | {name: _names(getattr(edit, name)) for name in lists if getattr(edit, name)}


def _names(rows: Iterable[ArrivalStage] | Iterable[TargetGroup]) -> list[str]:
    return [row.name for row in rows]
