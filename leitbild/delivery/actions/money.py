"""Writing a measure's money: planned and spent, by year and source."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from leitbild.accounts.models import User
from leitbild.core.actions import BATCH, new_event, record_events
from leitbild.core.models import AuditEvent
from leitbild.core.money import DIGITS, MOST, euros
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.reporting import MovedOn, all_held, differences, held
from leitbild.delivery.enums import MoneySource
from leitbild.delivery.models import Money
from leitbild.delivery.queries.evidence import mark_of, sums_content
from leitbild.plan.document.fields import YEARS
from leitbild.plan.models import Measure


@dataclass(frozen=True, slots=True)
class Sums:
    """What is planned and spent on a measure in a year from one source, as `set_money` has it."""

    measure: Measure
    year: int
    source: str
    planned_cents: int | None = None
    spent_cents: int | None = None
    sample: bool = False


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
    record_events([_changed(measure, row, changed, by)])
    return row if row.pk else None


@transaction.atomic
def set_all_money(*, sums: Sequence[Sums], by: User | None) -> None:
    """Do for many sums at once what `set_money` does for one; all or none.

    Raises Refused with every reason at once.
    """
    measures = all_held(each.measure for each in sums)
    if reasons := [
        f"{each.measure.code}: {reason}"
        for each in sums
        for reason in _obstacles(each.year, each.source, each.planned_cents, each.spent_cents)
    ]:
        raise Refused(reasons)
    rows = {
        (row.measure_id, row.year, row.source): row
        for row in Money.objects.filter(measure__in=measures)
    }
    events: list[AuditEvent] = []
    written: dict[int, Money] = {}
    for each in sums:
        measure = measures[each.measure.pk]
        row = rows.setdefault(
            (measure.pk, each.year, each.source),
            Money(measure=measure, year=each.year, source=each.source),
        )
        before = sums_content(row)
        row.planned_cents, row.spent_cents = each.planned_cents, each.spent_cents
        if changed := differences(before, sums_content(row)):
            row.sample = each.sample
            written[id(row)] = row
            events.append(_changed(measure, row, changed, by))
    _store_all(written.values())
    record_events(events)


def _store_all(rows: Collection[Money]) -> None:
    """Keep rows, or let them go where they say nothing any more."""
    new = [row for row in rows if not row.pk and _says_something(row)]
    changed = [row for row in rows if row.pk and _says_something(row)]
    emptied = [row.pk for row in rows if row.pk and not _says_something(row)]
    Money.objects.bulk_create(new, batch_size=BATCH)
    fields = ["planned_cents", "spent_cents", "sample"]
    Money.objects.bulk_update(changed, fields, batch_size=BATCH)
    Money.objects.filter(pk__in=emptied).delete()


def _says_something(row: Money) -> bool:
    return row.planned_cents is not None or row.spent_cents is not None


def _changed(measure: Measure, row: Money, fields: dict[str, Any], by: User | None) -> AuditEvent:
    return new_event(
        action="money.change",
        by=by,
        municipality_id=measure.concept.municipality_id,
        record=measure,
        changes={"year": row.year, "source": row.source, "fields": fields},
    )


def _store(row: Money) -> None:
    """Keep the row, or let it go where it says nothing any more."""
    if _says_something(row):
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
