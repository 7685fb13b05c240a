"""Reading texts in the reader's language, and the log of who did what."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import Final

from django.db.models import Max, Q, QuerySet

from leitbild.core.enums import TranslationState
from leitbild.core.models import AuditEvent, Translatable, Translation
from leitbild.core.text import LocalText, Texts

NOBODY: Final = "-"
"""Stands for whoever has no account, by link or the command line, where people are asked for."""


def digest(text: str) -> str:
    """SHA-256 of a source text, by which a translation knows that it is out of date."""
    return sha256(text.encode()).hexdigest()


def _by_record(rows: Iterable[Translatable]) -> dict[str, set[int]]:
    ids: dict[str, set[int]] = {}
    for row in rows:
        ids.setdefault(row.record_name(), set()).add(row.pk)
    return ids


def _of(ids: Mapping[str, set[int]]) -> Q:
    return reduce(or_, (Q(record=name, record_id__in=each) for name, each in ids.items()))


def of_records(rows: Iterable[Translatable]) -> Q:
    """Which translations or events belong to these rows; there must be at least one."""
    return _of(_by_record(rows))


def overlay(rows: Iterable[Translatable], *, language: str, source: str) -> None:
    """Give every row its texts in `language`; what isn't translated stays in `source`.

    A translation that is still a draft isn't shown. One query for all rows, whatever their
    kinds; none if the source language is asked for.
    """
    rows = list(rows)
    found: dict[tuple[str, int, str], str] = {}
    if rows and language != source:
        texts = Translation.objects.filter(of_records(rows), language=language)
        texts = texts.exclude(state=TranslationState.DRAFT)
        found = {
            (name, row_id, field): text
            for name, row_id, field, text in texts.values_list(
                "record", "record_id", "field", "text"
            )
        }
    for row in rows:
        name = row.record_name()
        row.texts = Texts(
            {
                field: _local(row, field, found.get((name, row.pk, field)), language, source)
                for field in row.translatable
            }
        )


def _local(
    row: Translatable, field: str, translated: str | None, language: str, source: str
) -> LocalText:
    if translated:
        return LocalText(translated, language=language, is_fallback=False)
    return LocalText(getattr(row, field), language=source, is_fallback=language != source)


def all_texts(
    rows: Iterable[Translatable], *, source: str
) -> dict[tuple[str, int], dict[str, dict[str, str]]]:
    """Every language of every text: by (kind, id), then field, then language."""
    rows = list(rows)
    texts = {
        (row.record_name(), row.pk): {
            field: {source: getattr(row, field)} if getattr(row, field) else {}
            for field in row.translatable
        }
        for row in rows
    }
    if rows:
        wanted = Translation.objects.filter(of_records(rows)).order_by("language")
        for each in wanted:
            fields = texts[each.record, each.record_id]
            if each.field in fields:
                fields[each.field][each.language] = each.text
    return texts


def logged_events(
    municipality_id: int,
    *,
    actor: str = "",
    action: str = "",
    record: str = "",
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
) -> QuerySet[AuditEvent]:
    """A municipality's events, the newest first: all, or those of one person, action, kind, time.

    `actor` is a person's id, or NOBODY for whoever has none; `until` isn't included.
    """
    events = AuditEvent.objects.filter(municipality_id=municipality_id).order_by("-at", "-id")
    if actor == NOBODY:
        events = events.filter(actor_id=None)
    elif actor:
        events = events.filter(actor_id=int(actor))
    if action:
        events = events.filter(action=action)
    if record:
        events = events.filter(record=record)
    if since:
        events = events.filter(at__gte=since)
    return events.filter(at__lt=until) if until else events


@dataclass(frozen=True, slots=True)
class LogValues:
    """Who and what occurs in a log: people by id under their newest name, actions, kinds."""

    actors: list[tuple[int | None, str]]
    actions: list[str]
    records: list[str]


def log_values(municipality_id: int) -> LogValues:
    """What a municipality's log can be filtered by. Two queries."""
    events = AuditEvent.objects.filter(municipality_id=municipality_id).order_by()
    newest = events.values("actor_id").annotate(newest=Max("pk")).values("newest")
    people = AuditEvent.objects.filter(pk__in=newest).order_by()
    kinds = set(events.values_list("action", "record").distinct())
    return LogValues(
        actors=list(people.values_list("actor_id", "actor_name")),
        actions=sorted({action for action, _record in kinds}),
        records=sorted({record for _action, record in kinds if record}),
    )
