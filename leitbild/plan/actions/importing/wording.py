"""What the parts and values of an import's report are called."""

from typing import Final

from django.utils.translation import get_language, gettext_lazy

from leitbild.plan.actions.importing.report import Change
from leitbild.plan.exchange.tables.concept_rows import CONCEPT_ROWS
from leitbild.plan.exchange.tables.definitions import TABLES
from leitbild.plan.exchange.vocabulary import ENGLISH

KINDS: Final = {
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


def header(change: Change) -> str:
    """The value's name as it stands in the tables."""
    language = get_language() or ENGLISH
    if change.kind in {"concept", "municipality"}:
        columns, name = CONCEPT_ROWS, f"{change.kind}.{change.field}"
    else:
        parts = {table.part: table.columns for table in TABLES}
        columns, name = parts[f"{change.kind}s"], change.field
    return next((each.header(language) for each in columns if each.field == name), change.field)
