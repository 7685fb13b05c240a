"""Writing a measure's milestones: what is due when, when it was done, how far its number is."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitbild.accounts.models import User
from leitbild.core.actions import (
    BATCH,
    drop_translations,
    new_event,
    record_events,
)
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.core.templatetags.components import day
from leitbild.delivery.actions.reporting import (
    MovedOn,
    all_held,
    differences,
    held,
    long_text,
    named,
    strange_year,
)
from leitbild.delivery.models import Milestone, MilestoneValue
from leitbild.delivery.queries.evidence import mark_of, milestone_content
from leitbild.plan.models import Measure

LONGEST_TITLE: Final = 300
LONGEST_UNIT: Final = 60
LARGEST: Final = 1_000_000_000
"""No number of a measure of a municipality is larger."""


class MilestoneContent(TypedDict, total=False):
    """What a milestone says; what isn't given stays as it is."""

    title: str
    due: dt.date
    done: dt.date | None
    target: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class NewMilestone:
    """A milestone that is to be set, and its numbers with the days they were read on."""

    measure: Measure
    title: str
    due: dt.date
    done: dt.date | None = None
    target: int | None = None
    unit: str = ""
    values: Sequence[tuple[dt.date, int]] = ()
    sample: bool = False


@transaction.atomic
def add_milestone(
    *, measure: Measure, by: User | None, sample: bool = False, **content: Unpack[MilestoneContent]
) -> Milestone:
    """Set a milestone; raises Refused with every reason at once."""
    milestone = Milestone(measure=held(measure), sample=sample)
    _write(milestone, content)
    _record("milestone.create", milestone, by=by, changes=_logged(milestone))
    return milestone


@transaction.atomic
def add_milestones(*, milestones: Sequence[NewMilestone], by: User | None) -> list[Milestone]:
    """Set many milestones with what was reported of them, all or none.

    Raises Refused with every reason at once.
    """
    measures = all_held(each.measure for each in milestones)
    rows = [_row(each, measures[each.measure.pk]) for each in milestones]
    if reasons := [
        f"{row.measure.code}: {reason}"
        for row, each in zip(rows, milestones, strict=True)
        for reason in _all_obstacles(row, each)
    ]:
        raise Refused(reasons)
    Milestone.objects.bulk_create(rows, batch_size=BATCH)
    values: list[MilestoneValue] = []
    events: list[AuditEvent] = []
    for row, each in zip(rows, milestones, strict=True):
        events.append(_event("milestone.create", row, by=by, changes=_logged(row)))
        for date, value in each.values:
            values.append(_value(row, value, date, by=by, sample=each.sample))
            events.append(_event("milestone.value", row, by=by, changes=_read(value, date)))
    MilestoneValue.objects.bulk_create(values, batch_size=BATCH)
    record_events(events)
    return rows


def _row(new: NewMilestone, measure: Measure) -> Milestone:
    return Milestone(
        measure=measure,
        title=new.title.strip(),
        due=new.due,
        done=new.done,
        target=new.target,
        unit=new.unit.strip(),
        sample=new.sample,
    )


def _all_obstacles(row: Milestone, new: NewMilestone) -> Iterator[str]:
    yield from _obstacles(row)
    for date, value in new.values:
        yield from _value_obstacles(row, value, date)


@transaction.atomic
def change_milestone(
    *,
    milestone: Milestone,
    by: User | None,
    seen: str | None = None,
    author_name: str = "",
    **content: Unpack[MilestoneContent],
) -> Milestone:
    """Change what a milestone says; raises Refused with every reason at once.

    `seen` is the mark (`Step.mark`) of what the person had before them: what somebody else has
    written since isn't overwritten. `author_name` is whoever acts by a personal link.
    """
    row = _still_there(milestone)
    before = milestone_content(row)
    if seen is not None and seen != mark_of(before):
        raise MovedOn([_moved_on(row)])
    logged = _logged(row)
    _write(row, content)
    if changed := differences(logged, _logged(row)):
        _record("milestone.change", row, by=by, changes={"fields": changed}, link=author_name)
    return row


@transaction.atomic
def record_value(
    *,
    milestone: Milestone,
    value: int,
    date: dt.date,
    by: User | None,
    author_name: str = "",
    sample: bool = False,
) -> MilestoneValue:
    """Report a milestone's number on a day; raises Refused with every reason at once.

    Values are written once. The same again is no news and changes nothing.
    """
    row = _still_there(milestone)
    if reasons := _value_obstacles(row, value, date):
        raise Refused(reasons)
    newest = row.values_read.first()
    if newest and (newest.value, newest.date, newest.author_id) == (value, date, by and by.pk):
        return newest
    reported = _value(row, value, date, by=by, author_name=author_name, sample=sample)
    reported.save()
    _record("milestone.value", row, by=by, changes=_read(value, date), link=author_name)
    return reported


def _value(
    row: Milestone,
    value: int,
    date: dt.date,
    *,
    by: User | None,
    author_name: str = "",
    sample: bool,
) -> MilestoneValue:
    return MilestoneValue(
        milestone=row,
        value=value,
        date=date,
        author=by,
        author_name=author_name or (str(by) if by else ""),
        sample=sample,
    )


def _read(value: int, date: dt.date) -> dict[str, Any]:
    """What the log says of a number."""
    return {"value": value, "date": date.isoformat()}


@transaction.atomic
def remove_milestone(*, milestone: Milestone, by: User | None) -> None:
    """Take a milestone back; raises Refused where values were reported of it."""
    row = _still_there(milestone)
    number = row.values_read.count()
    if number:
        raise Refused(
            [
                ngettext(
                    "{number} value was reported of “{title}”, so it stays on record. If it isn’t "
                    "pursued any more, say so in its title.",
                    "{number} values were reported of “{title}”, so it stays on record. If it "
                    "isn’t pursued any more, say so in its title.",
                    number,
                ).format(number=number, title=row.title)
            ]
        )
    _record("milestone.remove", row, by=by, changes=_logged(row))
    drop_translations([row])
    row.delete()


def _still_there(milestone: Milestone) -> Milestone:
    """The milestone as it is now, its measure held."""
    measure = held(milestone.measure)
    row = Milestone.objects.filter(pk=milestone.pk, measure=measure).first()
    if row is None:
        raise Refused([_("This milestone has been removed meanwhile.")])
    row.measure = measure
    return row


def _write(row: Milestone, content: MilestoneContent) -> None:
    for name, value in content.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if reasons := _obstacles(row):
        raise Refused(reasons)
    row.save()


def _obstacles(row: Milestone) -> list[str]:
    reasons = long_text(_("Milestone"), row.title, LONGEST_TITLE)
    reasons += long_text(_("Unit"), row.unit, LONGEST_UNIT)
    if not row.title:
        reasons.append(_("Say in a few words what shall be reached."))
    if milestone_content(row)["due"] is None:
        reasons.append(_("Say by when it shall be reached."))
    reasons += strange_year(row.due) + strange_year(row.done)
    if row.done and row.done > timezone.localdate():
        reasons.append(
            _("{date} lies in the future; report what has happened.").format(date=day(row.done))
        )
    if row.target is not None:
        reasons += _number_obstacles(_("Target"), row.target)
    return reasons


def _value_obstacles(row: Milestone, value: int, date: dt.date) -> list[str]:
    reasons = _number_obstacles(_("Value"), value) + strange_year(date)
    if row.target is None:
        reasons.append(
            _("“{title}” has no number to reach. Give it a target first.").format(title=row.title)
        )
    if date > timezone.localdate():
        reasons.append(
            _("{date} lies in the future; report what has happened.").format(date=day(date))
        )
    return reasons


def _number_obstacles(name: str, number: int) -> list[str]:
    if 0 <= number < LARGEST:
        return []
    return [_("{name}: {number} can’t be right; please check it.").format(name=name, number=number)]


def _moved_on(row: Milestone) -> str:
    return _(
        "Somebody has changed this milestone meanwhile: “{title}”, due {due}. What you typed still "
        "stands below. Save once more if it shall hold."
    ).format(title=row.title, due=day(row.due))


def _logged(row: Milestone) -> dict[str, Any]:
    """What it says, as the log keeps it."""
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in milestone_content(row).items()
    }


def _record(
    action: str, row: Milestone, *, by: User | None, changes: dict[str, Any], link: str = ""
) -> None:
    record_events([_event(action, row, by=by, changes=changes, link=link)])


def _event(
    action: str, row: Milestone, *, by: User | None, changes: dict[str, Any], link: str = ""
) -> AuditEvent:
    return new_event(
        action=action,
        by=by,
        municipality_id=row.measure.concept.municipality_id,
        record=row,
        changes={"part": named(row.measure, row), **changes},
        by_link_of=link,
    )
