"""Recording where an edition's measures come from where that is known: for editions of old."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import record_event, write_translations
from leitbild.core.models import Translatable
from leitbild.core.refusal import Refused
from leitbild.plan.enums import Fate
from leitbild.plan.models import Concept, Measure, MeasureLineage


@dataclass(frozen=True, slots=True)
class Origin:
    """What an edition did with a measure of the one before, both named by their codes.

    `before` is empty for a new measure, `after` for a dropped one.
    """

    before: str
    after: tuple[str, ...]
    fate: Fate
    reason: str = ""
    sample: bool = False
    translations: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def record_origins(*, concept: Concept, origins: Sequence[Origin], by: User | None) -> None:
    """Write the lines of an edition that was imported; no measure is copied or moved.

    Raises Refused with every code that doesn't exist. Nine queries at most.
    """
    Concept.objects.select_for_update().get(pk=concept.pk)
    old, new = _by_code(concept.predecessor_id), _by_code(concept.pk)
    if reasons := [*_unknown(origins, old, new)]:
        raise Refused(reasons)
    rows = list(_rows(concept, origins, old, new, by=by))
    MeasureLineage.objects.bulk_create([row for _origin, row in rows])
    texts: list[tuple[Translatable, str, str, str]] = [
        (row, "reason", language, text)
        for origin, row in rows
        if origin
        for language, text in origin.translations.items()
    ]
    write_translations(texts, by=by)
    record_event(
        action="concept.origins",
        by=by,
        municipality_id=concept.municipality_id,
        record=concept,
        changes={"origins": len(origins)},
    )


def _rows(
    concept: Concept,
    origins: Sequence[Origin],
    old: Mapping[str, Measure],
    new: Mapping[str, Measure],
    *,
    by: User | None,
) -> Iterator[tuple[Origin | None, MeasureLineage]]:
    """One row for each pair of measures; the first of an origin carries its reason and texts."""
    now = timezone.now()
    for each in origins:
        for place, code in enumerate(each.after or ("",)):
            row = MeasureLineage(
                concept=concept,
                before=old.get(each.before),
                after=new.get(code),
                fate=each.fate,
                reason=each.reason if place == 0 else "",
                sample=each.sample,
                decided_by=by,
                decided_at=now,
            )
            yield (each if place == 0 else None), row


def _by_code(concept_id: int | None) -> dict[str, Measure]:
    return {each.code: each for each in Measure.objects.filter(concept=concept_id)}


def _unknown(
    origins: Sequence[Origin], old: Mapping[str, Measure], new: Mapping[str, Measure]
) -> Iterator[str]:
    for each in origins:
        if each.before and each.before not in old:
            yield _("The edition before has no measure {code}.").format(code=each.before)
        for code in each.after:
            if code not in new:
                yield _("The edition has no measure {code}.").format(code=code)
