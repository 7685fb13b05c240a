"""The audit log in words: who did what to what, with everything an event holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any, Final, TypeAlias

from django.apps import apps
from django.db.models import Q

from leitbild.accounts.models import Organisation, User
from leitbild.core.models import AuditEvent
from leitbild.plan.models import Revision
from leitbild.plan.queries.contents import MODELS
from leitbild.reports.event_details import Detail, details
from leitbild.reports.event_words import actor_name, sentence

BATCH: Final = 500
Names: TypeAlias = dict[tuple[str, int], str]
"""What rows are called: by kind of row and id; for people and organisations by the word
an event names them with."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event as people read it."""

    event: AuditEvent
    who: str
    what: str
    details: Sequence[Detail]


def log_lines(events: Iterable[AuditEvent]) -> Iterator[LogLine]:
    """The events in words. A few queries for each five hundred of them, whatever they name."""
    waiting = iter(events)
    while batch := list(islice(waiting, BATCH)):
        names = _names(batch)
        for event in batch:
            yield LogLine(
                event=event,
                who=actor_name(event.actor_name),
                what=sentence(event.action, _object(event, names)),
                details=details(event, names),
            )


def _object(event: AuditEvent, names: Names) -> str:
    """What an event is about: as the event itself calls it, or as it is called now."""
    changes = event.changes
    for name in ("part", "measure"):
        if isinstance(changes.get(name), str):
            return str(changes[name])
    person = _person(changes)
    if person and ("user", person) in names:
        return names["user", person]
    if event.record_id is None:
        return ""
    known = names.get((event.record, event.record_id))
    return known or f"{event.record_id}"


def _person(changes: dict[str, Any]) -> int | None:
    held = changes.get("after") if isinstance(changes.get("after"), dict) else changes
    user = held.get("user") if held else None
    return user if isinstance(user, int) else None


def _names(events: Sequence[AuditEvent]) -> Names:
    by_kind: dict[str, set[int]] = {}
    for event in events:
        if event.record and event.record_id is not None:
            by_kind.setdefault(event.record, set()).add(event.record_id)
    names: Names = {}
    for kind, ids in sorted(by_kind.items()):
        names |= {(kind, pk): name for pk, name in _current(kind, ids).items()}
    names |= _former(by_kind, names)
    return names | _named_inside(events)


def _current(kind: str, ids: set[int]) -> dict[int, str]:
    try:
        model: Any = apps.get_model(kind)
    except (LookupError, ValueError):
        return {}
    return {pk: str(row) for pk, row in model._default_manager.in_bulk(ids).items()}


def _former(by_kind: dict[str, set[int]], known: Names) -> Names:
    """What parts that are gone were last called."""
    records = {model.record_name(): str(kind) for kind, model in MODELS.items()}
    lost = {
        record: [pk for pk in by_kind.get(record, ()) if (record, pk) not in known]
        for record in records
    }
    if not any(lost.values()):
        return {}
    wanted = (Q(kind=records[record], part_id__in=ids) for record, ids in lost.items())
    kinds = {kind: record for record, kind in records.items()}
    rows = Revision.objects.filter(reduce(or_, wanted)).order_by("number")
    return {(kinds[row.kind], row.part_id): _title(row.content) for row in rows}


def _title(content: dict[str, Any]) -> str:
    number = content.get("code") or content.get("number") or ""
    return f"{number} {content.get('title') or content.get('name') or ''}".strip()


def _named_inside(events: Sequence[AuditEvent]) -> Names:
    """People and organisations that the events' changes name by id."""
    found: dict[str, set[int]] = {"user": set(), "organisation": set()}
    for event in events:
        for held in (event.changes, event.changes.get("before"), event.changes.get("after")):
            for name, ids in found.items():
                value = held.get(name) if isinstance(held, dict) else None
                if isinstance(value, int):
                    ids.add(value)
    return {
        **{("user", pk): str(row) for pk, row in User.objects.in_bulk(found["user"]).items()},
        **{
            ("organisation", pk): str(row)
            for pk, row in Organisation.objects.in_bulk(found["organisation"]).items()
        },
    }
