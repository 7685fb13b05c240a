"""Attaching files to a measure. They lie outside the web root under names nobody can guess."""

import secrets
from hashlib import sha256
from typing import Final

from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import record_event
from leitbild.core.refusal import Refused
from leitbild.core.storing import discard, store
from leitbild.delivery.actions.reporting import (
    differences,
    held,
    long_text,
    obstacles_to_reporting,
)
from leitbild.delivery.files import tidy_name, type_of
from leitbild.delivery.models import Attachment
from leitbild.plan.models import Measure

FOLDER: Final = "attachments"
LONGEST_TITLE: Final = 300


def attach_file(
    *, measure: Measure, title: str, file: File[bytes], name: str, public: bool, by: User | None
) -> Attachment:
    """Keep a file with a measure; raises Refused with every reason at once.

    `name` is what the person's file is called. The file is written before the row: a row never
    names a file that isn't there.
    """
    title = title.strip()
    if reasons := [*obstacles_to_reporting(measure.concept), *_obstacles(title)]:
        raise Refused(reasons)
    kind = type_of(file, name=name, size=file.size)
    row = Attachment(
        title=title,
        name=tidy_name(name, kind),
        content_type=kind.content_type,
        size=file.size,
        digest=_digest(file),
        public=public,
        uploaded_by=by,
    )
    storage = row.file.storage
    path = store(storage, f"{FOLDER}/{secrets.token_hex(16)}", file)
    try:
        return _attached(row, path, measure=measure, by=by)
    except BaseException:
        discard(storage, path)
        raise


@transaction.atomic
def _attached(row: Attachment, path: str, *, measure: Measure, by: User | None) -> Attachment:
    row.measure = held(measure)
    row.file.name = path
    row.save()
    _record("attachment.create", row, by=by)
    return row


@transaction.atomic
def change_attachment(
    *, attachment: Attachment, title: str, public: bool, by: User | None
) -> Attachment:
    """Change what a file is called and who may read it; raises Refused with every reason."""
    row = _still_there(attachment)
    title = title.strip()
    if reasons := _obstacles(title):
        raise Refused(reasons)
    changed = differences(
        {"title": row.title, "public": row.public}, {"title": title, "public": public}
    )
    if changed:
        row.title, row.public = title, public
        row.save(update_fields=["title", "public"])
        record_event(
            action="attachment.change",
            by=by,
            municipality_id=row.measure.concept.municipality_id,
            record=row.measure,
            changes={"name": row.name, "fields": changed},
        )
    return row


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User | None) -> None:
    """Give a file up for good; it leaves the disk once that is settled."""
    row = _still_there(attachment)
    _record("attachment.remove", row, by=by)
    storage: Storage = row.file.storage
    path = row.file.name
    row.delete()
    transaction.on_commit(lambda: storage.delete(path), robust=True)


def _still_there(attachment: Attachment) -> Attachment:
    measure = held(attachment.measure)
    row = Attachment.objects.filter(pk=attachment.pk, measure=measure).first()
    if row is None:
        raise Refused([_("This file has been removed meanwhile.")])
    row.measure = measure
    return row


def _obstacles(title: str) -> list[str]:
    if not title:
        return [_("Say what the file holds.")]
    return long_text(_("Title"), title, LONGEST_TITLE)


def _digest(file: File[bytes]) -> str:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _record(action: str, row: Attachment, *, by: User | None) -> None:
    record_event(
        action=action,
        by=by,
        municipality_id=row.measure.concept.municipality_id,
        record=row.measure,
        changes={"title": row.title, "name": row.name, "public": row.public},
    )
