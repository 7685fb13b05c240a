"""Writing a measure's money: planned and spent, by year and source."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import record_event
from leitbild.core.money import DIGITS, MOST, euros
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.reporting import MovedOn, differences, held
from leitbild.delivery.enums import MoneySource
from leitbild.delivery.models import Money
from leitbild.delivery.queries.evidence import mark_of, sums_content
from leitbild.plan.document.fields import YEARS
from leitbild.plan.models import Measure


@transaction.atomic
def set_money(
    *,
    measure: Measure,
    year: int,
    source: str,
    planned_cents: int | None,
    spent_cents: int | None,
    by: User | None,
    seen: str | None = None,
    sample: bool = False,
) -> Money | None:
    """Say what is planned and spent in a year from one source, in whole cents; None is unknown.

    Where both are unknown nothing is kept. `seen` is the mark of what the person had before
    them (`mark_of(sums_content(…))`): what somebody else has written since isn't overwritten.
    Raises Refused with every reason at once.
    """
    measure = held(measure)
    if reasons := _obstacles(year, source, planned_cents, spent_cents):
        raise Refused(reasons)
    row = Money.objects.filter(measure=measure, year=year, source=source).first()
    before = sums_content(row)
    if seen is not None and seen != mark_of(before):
        raise MovedOn([_moved_on(year, source, before)])
    row = row or Money(measure=measure, year=year, source=source)
    row.planned_cents, row.spent_cents = planned_cents, spent_cents
    changed = differences(before, sums_content(row))
    if not changed:
        return row if row.pk else None
    row.sample = sample
    _store(row)
    record_event(
        action="money.change",
        by=by,
        municipality_id=measure.concept.municipality_id,
        record=measure,
        changes={"year": year, "source": source, "fields": changed},
    )
    return row if row.pk else None


def _store(row: Money) -> None:
    """Keep the row, or let it go where it says nothing any more."""
    if row.planned_cents is not None or row.spent_cents is not None:
        row.save()
    elif row.pk:
        row.delete()


def _obstacles(year: int, source: str, *amounts: int | None) -> list[str]:
    reasons = []
    if not YEARS[0] <= year <= YEARS[1]:
        reasons.append(_("{year} can’t be right; please check the year.").format(year=year))
    if source not in MoneySource.values:
        reasons.append(_("“{source}” is no source of money.").format(source=source))
    if any(cents is not None and cents < 0 for cents in amounts):
        reasons.append(_("An amount can’t be less than nothing."))
    reasons.extend(
        _("“{text}” has more than {limit} digits. Please check the amount.").format(
            text=euros(cents), limit=DIGITS
        )
        for cents in amounts
        if cents is not None and cents > MOST
    )
    return reasons


def _moved_on(year: int, source: str, now: dict[str, Any]) -> str:
    return _(
        "For {year}, {source}, something else is recorded by now: {planned} planned, {spent} "
        "spent. What you typed still stands below. Save once more if it shall hold."
    ).format(
        year=year,
        source=MoneySource(source).label,
        planned=euros(now["planned"]),
        spent=euros(now["spent"]),
    )
