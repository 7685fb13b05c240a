"""News as an Atom feed, so that readers needn't come to look."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from django.http import HttpResponse
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from leitbild.delivery.models import ProgressUpdate
from leitbild.delivery.queries.periods import MilestoneThen
from leitbild.plan.queries.outline import MeasureEntry
from leitbild.portal.news import NewsItem
from leitbild.portal.reading import Reading

MOST: Final = 50
"""Entries of a feed."""
CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"
_OWNED_SINCE: Final = "2026"
"""A tag names a year in which its host was the city's; before this one there was no feed."""
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML can't hold."""
Reached: TypeAlias = tuple[MeasureEntry, MilestoneThen, dt.date]
"""A milestone of a measure and the day it was reached."""


class _Atom(Atom1Feed):
    """Says it was updated when its newest entry was; empty, when its edition began."""

    def latest_post_date(self) -> dt.datetime:
        """The moment of the newest entry, which doesn't move while there is no news."""
        if self.items:
            return super().latest_post_date()
        since: dt.datetime = self.feed["since"]
        return since


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of some news of a plan: its title, the page it belongs to, and its own address.

    `site` is scheme and host, `name` what the feed is of, for its id.
    """

    page: Reading
    site: str
    title: str
    href: str
    self_href: str
    name: str

    def response(self, news: Iterable[NewsItem], reached: Iterable[Reached] = ()) -> HttpResponse:
        """The feed; milestones that were reached stand among the news by their day."""
        feed = _Atom(
            title=_printable(self.title),
            link=self.site + self.href,
            description="",
            language=self.page.language,
            author_name=_printable(self.author),
            feed_url=self.site + self.self_href,
            feed_guid=self._tag(self.name),
            since=_morning(dt.date(self.page.concept.edition, 1, 1)),
        )
        entries = [
            *((each.update.date, self._news(each)) for each in news),
            *((day, self._milestone(entry, step, day)) for entry, step, day in reached),
        ]
        for _day, entry in sorted(entries, key=lambda each: each[0], reverse=True)[:MOST]:
            feed.add_item(**entry)
        return HttpResponse(feed.writeString("utf-8"), content_type=CONTENT_TYPE)

    @property
    def author(self) -> str:
        """The municipality; people have no name here."""
        town = self.page.municipality.t
        return town.official_name.plain or town.name.plain

    def _tag(self, name: str) -> str:
        """An id that stays when titles, codes and addresses change (RFC 4151)."""
        host, _port = split_domain_port(self.site.partition("://")[2])
        return f"tag:{host},{_OWNED_SINCE}:{self.page.language}/{name}"

    def _news(self, item: NewsItem) -> dict[str, Any]:
        update, label = item.update, item.standing.label
        if update.is_confirmation:
            label = f"{label} ({gettext('confirmed unchanged')})"
        return {
            **self._of(item.entry, label),
            "description": _printable(_words(update)),
            "unique_id": self._tag(f"update/{update.pk}"),
            "pubdate": _morning(update.date),
            "updateddate": update.recorded_at,
        }

    def _milestone(self, entry: MeasureEntry, step: MilestoneThen, day: dt.date) -> dict[str, Any]:
        row = step.milestone
        return {
            **self._of(entry, gettext("Milestone reached")),
            "description": _printable(_lines(("", row.t.title), ("", _sample(row.sample)))),
            "unique_id": self._tag(f"milestone/{row.pk}"),
            "pubdate": _morning(day),
            "updateddate": _morning(day),
        }

    def _of(self, entry: MeasureEntry, what: str) -> dict[str, Any]:
        measure = entry.measure
        address = reverse("portal:measure", kwargs={"code": measure.code})
        return {
            "title": _printable(f"{measure.code} {measure.t.title.plain}: {what}"),
            "link": self.site + address,
            "author_name": _printable(entry.lead.t.name.plain) if entry.lead else self.author,
            "categories": [_printable(entry.theme.t.name.plain)],
        }


def _words(update: ProgressUpdate) -> SafeString:
    """Everything it says, as HTML; what isn't translated carries its language."""
    texts = update.t
    return _lines(
        ("", texts.text),
        (gettext("Reason"), texts.reason),
        (gettext("Next step"), texts.next_step),
        (gettext("Obstacle"), texts.obstacle),
        (gettext("What helps"), texts.helps),
        ("", gettext("Nothing has changed.") if update.is_confirmation else ""),
        ("", _sample(update.sample)),
    )


def _lines(*said: tuple[str, str]) -> SafeString:
    """A paragraph for each text there is, with what it is called where it has a name."""
    lines = ((f"{name}: " if name else "", text) for name, text in said if text)
    return format_html_join("", "<p>{}{}</p>", lines)


def _sample(is_sample: bool) -> str:
    return f"({gettext('sample')})" if is_sample else ""


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
