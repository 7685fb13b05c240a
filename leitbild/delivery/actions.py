"""Writing how measures fare."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import BATCH, record_event, write_translations
from leitbild.core.languages import is_servable
from leitbild.core.refusal import Refused
from leitbild.delivery.enums import State
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.document.fields import TEXT_LENGTH
from leitbild.plan.models import Measure


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """What is to be recorded of a measure; `translations` holds the text in other languages."""

    measure: Measure
    date: dt.date
    state: str
    text: str = ""
    sample: bool = False
    translations: Mapping[str, str] = field(default_factory=dict)


def record_update(
    *,
    measure: Measure,
    date: dt.date,
    state: str,
    text: str,
    by: User | None,
    sample: bool = False,
    translations: Mapping[str, str] | None = None,
) -> ProgressUpdate:
    """Record what is reported of a measure on a day."""
    update = NewUpdate(measure, date, state, text, sample, translations or {})
    return record_updates(updates=[update], by=by)[0]


@transaction.atomic
def record_updates(*, updates: Sequence[NewUpdate], by: User | None) -> list[ProgressUpdate]:
    """Record many updates, all or none; raises Refused with every reason at once."""
    if reasons := [reason for update in updates for reason in _obstacles(update)]:
        raise Refused(reasons)
    rows = ProgressUpdate.objects.bulk_create(
        [
            ProgressUpdate(
                measure=update.measure,
                date=update.date,
                state=update.state,
                text=update.text,
                sample=update.sample,
                author=by,
            )
            for update in updates
        ],
        batch_size=BATCH,
    )
    write_translations(
        [
            (row, "text", language, text)
            for row, update in zip(rows, updates, strict=True)
            for language, text in update.translations.items()
            if text
        ],
        by=by,
    )
    for municipality, own in _by_municipality(rows).items():
        record_event(
            action="progress.record",
            by=by,
            municipality_id=municipality,
            record=own[0] if len(own) == 1 else None,
            changes={"updates": len(own), "measures": sorted({each.measure.code for each in own})},
        )
    return rows


def _by_municipality(rows: Sequence[ProgressUpdate]) -> dict[int, list[ProgressUpdate]]:
    grouped: dict[int, list[ProgressUpdate]] = {}
    for row in rows:
        grouped.setdefault(row.measure.concept.municipality_id, []).append(row)
    return grouped


def _obstacles(update: NewUpdate) -> list[str]:
    code, source = update.measure.code, update.measure.concept.municipality.source_language
    reasons = []
    if update.date > timezone.localdate():
        reasons.append(
            _("Measure {code}: {date} lies in the future; report what has happened.").format(
                code=code, date=update.date
            )
        )
    if update.state not in State.values:
        reasons.append(
            _("Measure {code}: “{state}” is not a state.").format(code=code, state=update.state)
        )
    if any(len(text) > TEXT_LENGTH for text in (update.text, *update.translations.values())):
        reasons.append(
            _("Measure {code}: the text has more than {limit} characters.").format(
                code=code, limit=TEXT_LENGTH
            )
        )
    reasons.extend(
        _("Measure {code}: “{language}” can’t be the language of a translation.").format(
            code=code, language=language
        )
        for language in update.translations
        if language == source or not is_servable(language)
    )
    return reasons
