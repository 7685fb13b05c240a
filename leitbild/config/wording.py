"""An import's report in words."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leitbild.plan.actions import ORDER, Change, Row
from leitbild.plan.exchange.tables.concept_rows import CONCEPT_ROWS
from leitbild.plan.exchange.tables.definitions import TABLES
from leitbild.plan.exchange.vocabulary import ENGLISH

LONGEST = 70
KINDS = {
    "municipality": gettext_lazy("municipality"),
    "organisation": gettext_lazy("organisation"),
    "stage": gettext_lazy("stage of arrival"),
    "target_group": gettext_lazy("target group"),
    "concept": gettext_lazy("concept"),
    "resolution": gettext_lazy("resolution"),
    "theme": gettext_lazy("theme"),
    "goal": gettext_lazy("goal"),
    "measure": gettext_lazy("measure"),
}


def row_line(row: Row) -> str:
    """A row by its kind, key and title."""
    return f"{KINDS[row.kind]} {row.key} {_shortened(row.title)}".rstrip()


def change_line(change: Change) -> str:
    """One value before and after."""
    if change.field == ORDER:
        return _("{kind}: another order").format(kind=KINDS[change.kind])
    language = f" [{change.language}]" if change.language else ""
    return (
        f"{KINDS[change.kind]} {change.key} {_header(change)}{language}: "
        f"{_value(change.before)} → {_value(change.after)}"
    )


def _header(change: Change) -> str:
    """The value's name as it stands in the tables."""
    language = get_language() or ENGLISH
    if change.kind in {"concept", "municipality"}:
        columns, name = CONCEPT_ROWS, f"{change.kind}.{change.field}"
    else:
        parts = {table.part: table.columns for table in TABLES}
        columns, name = parts[f"{change.kind}s"], change.field
    return next((each.header(language) for each in columns if each.field == name), change.field)


def _value(value: Any) -> str:
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return _shortened(", ".join(str(each) for each in value))
    if isinstance(value, str):
        return _("“{text}”").format(text=_shortened(value))
    return str(value)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
