"""Arranging a concept: moving themes, goals and measures, and numbering them anew."""

from collections.abc import Sequence
from typing import Any, Final, cast

from django.db.models import Model
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.models import Translatable
from leitbild.core.refusal import Refused
from leitbild.plan.actions.changing import changing
from leitbild.plan.enums import PartKind, RevisionChange
from leitbild.plan.models import Concept, Goal, Measure, MeasureGoal, Theme

PARENT: Final = {PartKind.GOAL: PartKind.THEME, PartKind.MEASURE: PartKind.GOAL}
"""What a part stands under: a goal under its theme, a measure under its main goal."""


def move_part(
    *,
    concept: Concept,
    kind: PartKind,
    part_id: int,
    before: int | None,
    by: User | None,
    reason: str = "",
    under: int | None = None,
) -> Translatable:
    """Put a part before another of its kind, or last; `under` another theme or goal if given.

    The place is named by the part that shall follow, so that it means the same when somebody
    else has rearranged meanwhile; if that part stands elsewhere now, nothing is moved.
    Codes stay as they are.
    """
    with changing(
        concept=concept,
        by=by,
        action=f"{kind}.move",
        change=RevisionChange.ARRANGED,
        reason=reason,
        only=[(kind, part_id)],
    ) as frame:
        order = _Order(concept, kind)
        row = order.row(part_id)
        was_under = order.parents.get(part_id)
        target = under if under is not None else was_under
        order.place(part_id, before=before, under=target)
        if target != was_under:
            _put_under(row, order.parent(target))
        order.save()
        frame.record = row
        frame.changes = {
            "part": str(row),
            "before": str(order.rows[before]) if before is not None else None,
            "under": str(order.parent(target)) if target is not None else None,
        }
    return cast(Translatable, row)


class _Order:
    """The parts of one kind in their order, with what each stands under."""

    def __init__(self, concept: Concept, kind: PartKind) -> None:
        """Read them."""
        models: dict[PartKind, Any] = {
            PartKind.THEME: Theme,
            PartKind.GOAL: Goal,
            PartKind.MEASURE: Measure,
        }
        self._model = models[kind]
        self.rows: dict[int, Any] = {
            row.pk: row for row in self._model.objects.filter(concept=concept)
        }
        self._ids = list(self.rows)
        self.parents = _parents(concept, kind, self.rows)
        self._parents: dict[int, Any] = {}
        if kind in PARENT:
            above = models[PARENT[kind]].objects.filter(concept=concept)
            self._parents = {row.pk: row for row in above}

    def row(self, pk: int) -> Any:
        """The part with this id, or a refusal."""
        if pk not in self.rows:
            raise Refused([_("What you wanted to move has been deleted meanwhile.")])
        return self.rows[pk]

    def parent(self, pk: int | None) -> Any:
        """The theme or goal with this id, or a refusal."""
        if pk not in self._parents:
            raise Refused([_("The place you chose has been deleted meanwhile; choose another.")])
        return self._parents[pk]

    def place(self, pk: int, *, before: int | None, under: int | None) -> None:
        """Take a part out and put it before another, or last of those `under` the same."""
        if under is not None:
            self.parent(under)
        if before == pk:
            return
        if before is not None and (before not in self.rows or self._under(before) != under):
            raise Refused(
                [
                    _(
                        "Somebody has rearranged the concept meanwhile. Look at the order as it "
                        "is now and try again."
                    )
                ]
            )
        self._ids.remove(pk)
        place = self._ids.index(before) if before is not None else self._end_of(under)
        self._ids.insert(place, pk)

    def _under(self, pk: int) -> int | None:
        return self.parents.get(pk)

    def _end_of(self, under: int | None) -> int:
        """The place after the last part under `under`, else after those that stand above it."""
        if under is None:
            return len(self._ids)
        above = list(self._parents)
        for parent in reversed(above[: above.index(under) + 1]):
            places = [place for place, pk in enumerate(self._ids) if self._under(pk) == parent]
            if places:
                return places[-1] + 1
        return 0

    def save(self) -> None:
        """Write the positions that have changed."""
        moved = []
        for position, pk in enumerate(self._ids):
            if self.rows[pk].position != position:
                self.rows[pk].position = position
                moved.append(self.rows[pk])
        self._model.objects.bulk_update(moved, ["position"], batch_size=500)


def _parents(concept: Concept, kind: PartKind, rows: dict[int, Any]) -> dict[int, int]:
    """What each part stands under: a goal's theme, a measure's main goal."""
    if kind == PartKind.GOAL:
        return {pk: row.theme_id for pk, row in rows.items()}
    if kind == PartKind.MEASURE:
        links = MeasureGoal.objects.filter(concept=concept).order_by("-position", "-id")
        # The main goal comes last here and so stays.
        return dict(links.values_list("measure_id", "goal_id"))
    return {}


def _put_under(row: Model, parent: Any) -> None:
    """Give a goal another theme; let a measure serve another goal in its main goal's place."""
    if isinstance(row, Goal):
        row.theme = parent
        row.save(update_fields=["theme"])
    elif isinstance(row, Measure):
        links = list(MeasureGoal.objects.filter(measure=row).order_by("position", "id"))
        _replace_main_goal(row, parent, links)


def _replace_main_goal(measure: Measure, goal: Goal, links: Sequence[MeasureGoal]) -> None:
    leaving = [link.pk for link in links if link == links[0] or link.goal_id == goal.pk]
    MeasureGoal.objects.filter(pk__in=leaving).delete()
    MeasureGoal.objects.create(
        measure=measure,
        goal=goal,
        concept_id=measure.concept_id,
        position=links[0].position if links else 0,
    )
