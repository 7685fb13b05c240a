"""Writing what every app leans on: translations, audit events, mails."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitbild.core.enums import MailState, TranslationState
from leitbild.core.models import AuditEvent, PostedMail, Translatable, Translation
from leitbild.core.outbox import BLANK, STUCK
from leitbild.core.pagecache import bump
from leitbild.core.queries import digest
from leitbild.core.refusal import Refused
from leitbild.core.tasks import nudge

BATCH = 2_000
COMMAND_LINE: Final = "command line"
"""Who acts where no person does."""
BY_LINK: Final = " (by link)"
"""What follows the name of whoever has no account and acts by a personal link."""


class Actor(Protocol):
    """Whoever acts: a person of `accounts`."""

    pk: Any


def record_event(
    *,
    action: str,
    by: Actor | None,
    municipality_id: int | None = None,
    record: Translatable | None = None,
    changes: Mapping[str, Any] | None = None,
    by_link_of: str = "",
    public: bool = True,
) -> AuditEvent:
    """Add one event to the audit log; call it inside the action's transaction.

    `by_link_of` is the name of whoever acts by a personal link and has no account. Kept pages are
    rendered anew after it, unless it is not `public`: then no page for everybody looks different.
    """
    if public:
        bump(municipality_id)
    event = new_event(
        action=action,
        by=by,
        municipality_id=municipality_id,
        record=record,
        changes=changes,
        by_link_of=by_link_of,
    )
    event.save(force_insert=True)
    return event


def record_events(events: Sequence[AuditEvent]) -> None:
    """Add many `new_event`s to the audit log at once, as `record_event` adds a single one."""
    for municipality_id in {each.municipality_id for each in events}:
        bump(municipality_id)
    AuditEvent.objects.bulk_create(events, batch_size=BATCH)


def new_event(
    *,
    action: str,
    by: Actor | None,
    municipality_id: int | None = None,
    record: Translatable | None = None,
    changes: Mapping[str, Any] | None = None,
    by_link_of: str = "",
) -> AuditEvent:
    """An event that isn't in the audit log yet."""
    nobody = f"{by_link_of}{BY_LINK}" if by_link_of else COMMAND_LINE
    return AuditEvent(
        action=action,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else nobody,
        municipality_id=municipality_id,
        record=record.record_name() if record else "",
        record_id=record.pk if record else None,
        changes=dict(changes or {}),
    )


@transaction.atomic
def write_translations(
    texts: Iterable[tuple[Translatable, str, str, str]],
    *,
    by: Actor | None,
    state: TranslationState = TranslationState.FINAL,
) -> None:
    """Store texts given as (row, field, language, text); an empty text removes the translation.

    Whoever writes a text has seen its source: the translation is up to date from then on.
    """
    kept: list[Translation] = []
    dropped: dict[tuple[str, str, str], list[int]] = {}
    for row, field, language, text in texts:
        if not text:
            dropped.setdefault((row.record_name(), field, language), []).append(row.pk)
            continue
        kept.append(
            Translation(
                record=row.record_name(),
                record_id=row.pk,
                field=field,
                language=language,
                text=text,
                source_digest=digest(getattr(row, field)),
                author_id=by.pk if by else None,
                state=state,
            )
        )
    Translation.objects.bulk_create(
        kept,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["record", "record_id", "language", "field"],
        update_fields=["text", "source_digest", "author", "changed_at", "state"],
    )
    for (record, field, language), ids in dropped.items():
        gone = Translation.objects.filter(record=record, field=field, language=language)
        for start in range(0, len(ids), BATCH):
            gone.filter(record_id__in=ids[start : start + BATCH]).delete()


def drop_translations(rows: Iterable[Translatable]) -> None:
    """Remove all translations of rows that are about to be deleted."""
    by_kind: dict[str, list[int]] = {}
    for row in rows:
        by_kind.setdefault(row.record_name(), []).append(row.pk)
    for name, ids in by_kind.items():
        Translation.objects.filter(record=name, record_id__in=ids).delete()


def post_mail(
    *,
    key: str,
    to: str,
    language: str,
    sender: str,
    subject: str,
    text: str,
    municipality_id: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> bool:
    """Post a mail once: whoever posts the same `key` again posts nothing; say whether it is new.

    Call it inside the action's transaction. A job sends it after the commit, and tries again
    where the mail server doesn't answer.
    """
    if PostedMail.objects.filter(key=key).exists():
        return False
    mail = PostedMail(
        key=key,
        to=to,
        language=language,
        sender=sender,
        subject=" ".join(subject.split())[:300],
        text=text,
        municipality_id=municipality_id,
        headers=dict(headers or {}),
    )
    try:
        # Within a savepoint: somebody else may be posting the same at this moment.
        with transaction.atomic():
            mail.save(force_insert=True)
    except IntegrityError:
        return False
    transaction.on_commit(nudge, robust=True)
    return True


@transaction.atomic
def send_mails_again(*, mails: Iterable[PostedMail], by: Actor) -> int:
    """Let mails leave once more that couldn't be sent, or of which nobody knows; how many.

    Raises Refused where somebody else has decided about all of them.
    """
    stuck = _stuck(mails)
    _record_decision("mail.again", stuck, by)
    PostedMail.objects.filter(pk__in=[each.pk for each in stuck]).update(
        state=MailState.WAITING, attempts=0, error="", next_attempt_at=timezone.now()
    )
    transaction.on_commit(nudge, robust=True)
    return len(stuck)


@transaction.atomic
def give_mails_up(*, mails: Iterable[PostedMail], by: Actor) -> int:
    """Don't send mails that didn't leave: what they said and to whom is forgotten; how many.

    Raises Refused where somebody else has decided about all of them.
    """
    stuck = _stuck(mails)
    _record_decision("mail.drop", stuck, by)
    PostedMail.objects.filter(pk__in=[each.pk for each in stuck]).update(**BLANK)
    return len(stuck)


def _stuck(mails: Iterable[PostedMail]) -> list[PostedMail]:
    """Those that still wait for a decision; nobody else decides until this is done."""
    wanted = [each.pk for each in mails]
    rows = PostedMail.objects.select_for_update().filter(pk__in=wanted, state__in=STUCK)
    found = list(rows.exclude(text=""))
    if not found:
        raise Refused([_("Somebody has decided about this already.")])
    return found


def _record_decision(action: str, mails: Sequence[PostedMail], by: Actor) -> None:
    """By subjects: to whom mails go is nothing for the log."""
    record_event(
        action=action,
        by=by,
        public=False,
        municipality_id=mails[0].municipality_id,
        changes={"title": sorted({each.subject for each in mails})},
    )
