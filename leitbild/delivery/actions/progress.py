"""Writing how measures fare."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import BATCH, record_event, write_translations
from leitbild.core.languages import is_servable
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.reporting import obstacles_to_reporting, strange_year
from leitbild.delivery.enums import State, UpdateKind
from leitbild.delivery.models import ProgressUpdate
from leitbild.delivery.models.progress import REASONED
from leitbild.plan.models import Measure

LONGEST: Final = 1_000
"""Characters of each text of an update."""


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """What is to be recorded of a measure.

    `translations` holds the texts in other languages: by language, then by field.
    """

    measure: Measure
    date: dt.date
    state: str
    text: str = ""
    reason: str = ""
    next_step: str = ""
    obstacle: str = ""
    helps: str = ""
    public: bool = True
    kind: str = UpdateKind.REPORTED
    author_name: str = ""
    sample: bool = False
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@transaction.atomic
def record_update(*, update: NewUpdate, by: User | None) -> ProgressUpdate:
    """Record what is reported of a measure on a day; raises Refused with every reason at once.

    Where somebody's form is sent twice, it is reported once.
    """
    Measure.objects.select_for_update().filter(pk=update.measure.pk).first()
    return _said_just_now(update, by) or record_updates(updates=[update], by=by)[0]


def _said_just_now(update: NewUpdate, by: User | None) -> ProgressUpdate | None:
    """The measure's newest row, where it is the same person's same words."""
    newest = update.measure.updates.order_by("-pk").first()
    if newest is None or by is None or update.author_name or newest.author_id != by.pk:
        return None
    texts = ProgressUpdate.translatable
    is_same = all(
        getattr(newest, name) == getattr(update, name)
        for name in ("date", "state", "kind", "public")
    ) and all(getattr(newest, name) == getattr(update, name).strip() for name in texts)
    return newest if is_same else None


def confirm_unchanged(
    *, measure: Measure, date: dt.date, by: User | None, author_name: str = "", public: bool = True
) -> ProgressUpdate:
    """Record that nothing has changed; raises Refused where nothing was ever reported.

    Where the last word was internal, its confirmation is, too: it says the same.
    """
    last = measure.updates.filter(date__lte=date).order_by("-date", "-pk").first()
    if last is None:
        raise Refused([nothing_reported(measure)])
    update = NewUpdate(
        measure=measure,
        date=date,
        state=last.state,
        kind=UpdateKind.CONFIRMED,
        author_name=author_name,
        public=public and last.public,
    )
    return record_update(update=update, by=by)


def nothing_reported(measure: Measure) -> str:
    """Why a measure without any news can’t be unchanged."""
    return _(
        "Measure {code}: nothing was reported yet that could be unchanged. "
        "Choose a state and say in a sentence how it goes."
    ).format(code=measure.code)


@transaction.atomic
def record_updates(*, updates: Sequence[NewUpdate], by: User | None) -> list[ProgressUpdate]:
    """Record many updates, all or none; raises Refused with every reason at once."""
    if reasons := list(_obstacles(updates)):
        raise Refused(reasons)
    rows = ProgressUpdate.objects.bulk_create(
        [_row(update, by) for update in updates], batch_size=BATCH
    )
    write_translations(
        [
            (row, name, language, text)
            for row, update in zip(rows, updates, strict=True)
            for language, texts in update.translations.items()
            for name, text in texts.items()
            if text
        ],
        by=by,
    )
    for municipality, own in _by_municipality(rows).items():
        record_event(
            action="progress.confirm"
            if all(each.is_confirmation for each in own)
            else "progress.record",
            by=by,
            municipality_id=municipality,
            record=own[0] if len(own) == 1 else None,
            changes={"updates": len(own), "measures": sorted({each.measure.code for each in own})},
            # Who reports one measure without an account does so by a personal link.
            by_link_of=own[0].author_name if len(own) == 1 else "",
        )
    return rows


def _obstacles(updates: Sequence[NewUpdate]) -> Iterator[str]:
    concepts = {each.measure.concept_id: each.measure.concept for each in updates}
    for concept in concepts.values():
        yield from obstacles_to_reporting(concept)
    for update in updates:
        yield from update_obstacles(update)


def _row(update: NewUpdate, by: User | None) -> ProgressUpdate:
    return ProgressUpdate(
        measure=update.measure,
        date=update.date,
        kind=update.kind,
        state=update.state,
        **{name: getattr(update, name).strip() for name in ProgressUpdate.translatable},
        public=update.public,
        sample=update.sample,
        author=by,
        author_name=update.author_name or (str(by) if by else ""),
    )


def _by_municipality(rows: Sequence[ProgressUpdate]) -> dict[int, list[ProgressUpdate]]:
    grouped: dict[int, list[ProgressUpdate]] = {}
    for row in rows:
        grouped.setdefault(row.measure.concept.municipality_id, []).append(row)
    return grouped


def update_obstacles(update: NewUpdate) -> list[str]:
    """Why this can’t be recorded, one sentence a reason."""
    code, source = update.measure.code, update.measure.concept.municipality.source_language
    reasons = []
    if update.date > timezone.localdate():
        reasons.append(
            _("Measure {code}: {date} lies in the future; report what has happened.").format(
                code=code, date=update.date
            )
        )
    else:
        reasons += strange_year(update.date)
    if update.state not in State.values:
        reasons.append(
            _("Measure {code}: “{state}” is not a state.").format(code=code, state=update.state)
        )
    owes_reason = update.kind == UpdateKind.REPORTED and update.state in REASONED
    if owes_reason and not update.reason.strip():
        reasons.append(
            _("Measure {code}: say why it is {state}.").format(
                code=code, state=State(update.state).label
            )
        )
    own = [getattr(update, name) for name in ProgressUpdate.translatable]
    translated = [text for texts in update.translations.values() for text in texts.values()]
    if any(len(text) > LONGEST for text in (*own, *translated)):
        reasons.append(
            _(
                "Measure {code}: a text has more than {limit} characters; one to three "
                "sentences do."
            ).format(code=code, limit=LONGEST)
        )
    reasons.extend(
        _("Measure {code}: “{language}” can’t be the language of a translation.").format(
            code=code, language=language
        )
        for language in update.translations
        if language == source or not is_servable(language)
    )
    return reasons
