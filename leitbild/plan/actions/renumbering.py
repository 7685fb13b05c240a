"""Numbering a concept anew, in the order in which it stands."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import transaction

from leitbild.accounts.models import User
from leitbild.plan.actions.changing import changing
from leitbild.plan.enums import PartKind, RevisionChange
from leitbild.plan.models import Concept, Draft, Goal, Measure, Revision, Theme
from leitbild.plan.queries.contents import PartKey
from leitbild.plan.queries.history import latest_revisions
from leitbild.plan.queries.numbering import NewCode, new_codes

_MODELS: Final[dict[PartKind, Any]] = {
    PartKind.THEME: Theme,
    PartKind.GOAL: Goal,
    PartKind.MEASURE: Measure,
}
_ASIDE: Final = 20_000
"""Above every number a theme may have: numbers are unique at every moment, so they step aside."""
_BATCH: Final = 500


@transaction.atomic
def renumber(*, concept: Concept, by: User | None, reason: str = "") -> list[NewCode]:
    """Give themes, goals and measures the codes of their places; the parts that got others.

    Drafts in work are renumbered along with the parts they are of and stay up to date.
    """
    with changing(
        concept=concept,
        by=by,
        action="concept.renumber",
        change=RevisionChange.ARRANGED,
        reason=reason,
    ) as frame:
        found = new_codes(concept)
        before = latest_revisions(concept)
        for kind in _MODELS:
            _write(kind, [each for each in found if each.kind == kind])
        changed = [each for each in found if each.changes]
        frame.changes = {
            str(kind): {each.old: each.new for each in changed if each.kind == kind}
            for kind in _MODELS
        }
    _renumber_drafts(concept, changed, before, frame.revisions)
    return changed


def _write(kind: PartKind, codes: Sequence[NewCode]) -> None:
    model = _MODELS[kind]
    rows = model.objects.in_bulk([each.pk for each in codes])
    changed = [each for each in codes if each.changes]
    field = "number" if kind == PartKind.THEME else "code"
    for each in changed:
        aside = _ASIDE + each.position if kind == PartKind.THEME else f"~{each.pk}"
        setattr(rows[each.pk], field, aside)
    _save(model, [rows[each.pk] for each in changed], field)
    for each in codes:
        rows[each.pk].position = each.position
        setattr(rows[each.pk], field, int(each.new) if kind == PartKind.THEME else each.new)
    _save(model, rows.values(), field, "position")


def _save(model: Any, rows: Iterable[Any], *fields: str) -> None:
    model.objects.bulk_update(rows, fields, batch_size=_BATCH)


def _renumber_drafts(
    concept: Concept,
    changed: Sequence[NewCode],
    before: dict[PartKey, Revision],
    revisions: Sequence[Revision],
) -> None:
    """Let drafts name parts as they are called now; what was up to date stays so.

    Counting the save tells an editor's open window that the draft is another now.
    """
    numbers = {(row.kind, row.part_id): row.number for row in revisions}
    drafts = list(Draft.objects.select_for_update().filter(concept=concept))
    for draft in drafts:
        key = (draft.kind, draft.part_id or 0)
        draft.content = _renumbered(draft, changed)
        draft.saves += 1
        was = before[key].number if key in before else 0
        if key in numbers and draft.base == was:
            draft.base = numbers[key]
    Draft.objects.bulk_update(drafts, ["content", "saves", "base"], batch_size=_BATCH)


def _renumbered(draft: Draft, changed: Sequence[NewCode]) -> dict[str, Any]:
    content = dict(draft.content)
    themes = {int(each.old): int(each.new) for each in changed if each.kind == PartKind.THEME}
    goals = {each.old: each.new for each in changed if each.kind == PartKind.GOAL}
    own = next((it for it in changed if (it.kind, it.pk) == (draft.kind, draft.part_id)), None)
    if draft.kind == PartKind.GOAL:
        content["theme"] = themes.get(content.get("theme") or 0, content.get("theme"))
    if draft.kind == PartKind.MEASURE:
        content["goals"] = [goals.get(code, code) for code in content.get("goals") or []]
    field = "number" if draft.kind == PartKind.THEME else "code"
    # A code the writer chose themselves is theirs.
    if own and str(content.get(field)) == own.old:
        content[field] = type(content[field])(own.new)
    return content
