"""Writing what every app leans on: translations and audit events."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.db import transaction

from leitbild.core.enums import TranslationState
from leitbild.core.models import AuditEvent, PostedMail, Translatable, Translation
from leitbild.core.queries import digest

BATCH = 2_000


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
) -> AuditEvent:
    """Add one event to the audit log; call it inside the action's transaction."""
    return AuditEvent.objects.create(
        action=action,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "command line",
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
    before = PostedMail.objects.filter(key=key).exists()
    if before:
        return False
    PostedMail.objects.create(
        key=key,
        to=to,
        language=language,
        sender=sender,
        subject=" ".join(subject.split())[:300],
        text=text,
        municipality_id=municipality_id,
        headers=dict(headers or {}),
    )
    return True
