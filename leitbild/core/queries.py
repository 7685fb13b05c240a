"""Reading texts in the reader's language."""

from collections.abc import Iterable, Mapping
from functools import reduce
from hashlib import sha256
from operator import or_

from django.db.models import Q

from leitbild.core.models import Translatable, Translation
from leitbild.core.text import LocalText, Texts


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


def overlay(rows: Iterable[Translatable], *, language: str, source: str) -> None:
    """Give every row its texts in `language`; what isn't translated stays in `source`.

    One query for all rows, whatever their kinds; none if the source language is asked for.
    """
    rows = list(rows)
    found: dict[tuple[str, int, str], str] = {}
    if rows and language != source:
        texts = Translation.objects.filter(_of(_by_record(rows)), language=language)
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
        wanted = Translation.objects.filter(_of(_by_record(rows))).order_by("language")
        for each in wanted:
            fields = texts[each.record, each.record_id]
            if each.field in fields:
                fields[each.field][each.language] = each.text
    return texts
