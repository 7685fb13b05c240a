"""Milestones as a calendar that programs subscribe to (iCalendar, RFC 5545)."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from leitbild.delivery.models import Milestone

if TYPE_CHECKING:
    from icalendar import Event

ICS_TYPE: Final = "text/calendar; charset=utf-8"
PRODUCT: Final = "-//Leitbild//Milestones//EN"
REFRESH: Final = dt.timedelta(hours=12)


def milestone_calendar(
    milestones: Iterable[Milestone], *, name: str, host: str, url_of: Callable[[Milestone], str]
) -> bytes:
    """A calendar with an all-day event for each milestone; those done say so.

    `host` makes the events' identities unique; they stay the same as long as a milestone does.
    """
    # Not at the top: it takes a moment to load, and only who has subscribed needs it.
    from icalendar import Calendar, Event  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for each in milestones:
        calendar.add_component(_filled(Event(), each, host, url_of(each)))
    return bytes(calendar.to_ical())


def _filled(event: "Event", milestone: Milestone, host: str, url: str) -> "Event":
    measure = milestone.measure
    summary = f"{measure.code}: {milestone.title}"
    if milestone.done:
        summary = _("Done: {what}").format(what=summary)
    event.add("uid", f"milestone-{milestone.pk}@{host}")
    # Of the day it is due, not of now: the same calendar gives the same bytes.
    event.add("dtstamp", dt.datetime.combine(milestone.due, dt.time(), dt.UTC))
    event.add("dtstart", milestone.due)
    event.add("dtend", milestone.due + dt.timedelta(days=1))
    event.add("summary", summary)
    event.add("description", f"{measure.code} {measure.title}\n{url}")
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event
