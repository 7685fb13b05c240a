"""An import's report in words."""

from typing import Any

from django.utils.translation import gettext as _

from leitbild.plan.actions import ORDER, Change, Row
from leitbild.plan.actions.importing.wording import KINDS, header

LONGEST = 70


def row_line(row: Row) -> str:
    """A row by its kind, key and title."""
    return f"{KINDS[row.kind]} {row.key} {_shortened(row.title)}".rstrip()


def change_line(change: Change) -> str:
    """One value before and after."""
    if change.field == ORDER:
        return _("{kind}: another order").format(kind=KINDS[change.kind])
    language = f" [{change.language}]" if change.language else ""
    return (
        f"{KINDS[change.kind]} {change.key} {header(change)}{language}: "
        f"{_value(change.before)} → {_value(change.after)}"
    )


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
