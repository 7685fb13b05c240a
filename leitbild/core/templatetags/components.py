"""The components pages are made of. Each stands in the gallery with its parameters."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from django import template
from django.template.defaultfilters import date as format_date
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from leitbild.core.difference import Piece
from leitbild.core.markdown import markdown as render_markdown
from leitbild.core.markdown import plain_text
from leitbild.core.money import euros
from leitbild.core.search import highlighted
from leitbild.core.text import LocalText

register = template.Library()

AROUND: Final = 12
"""Words shown before and after a change where the rest is left out."""


@register.simple_tag
def stone(state: str) -> SafeString:
    """A measure's stone without words; the words stand beside it.

    `state`: planned, under_way, done, permanent, delayed, stopped or no_news.
    """
    return _drawn("core/components/stone.html", state)


@lru_cache(maxsize=64)
def _drawn(template: str, name: str) -> SafeString:
    """A drawing, which is the same wherever it stands: a page may show hundreds of stones."""
    return render_to_string(template, {"name": name})


@register.inclusion_tag("core/components/state.html")
def state(name: str, label: str) -> dict[str, Any]:
    """A stone with the state in words."""
    return {"name": name, "label": label}


@register.inclusion_tag("core/components/state_counts.html")
def state_counts(items: Sequence[Any]) -> dict[str, Any]:
    """How many are in which state: `items` have `shape`, `label` and `count`."""
    return {"items": items}


@register.simple_tag
def sign(name: str) -> SafeString:
    """A theme's sign, decoration beside its name."""
    return _drawn("core/components/sign.html", name)


@register.inclusion_tag("core/components/sample.html")
def sample(row: Any) -> dict[str, Any]:
    """The mark of a sample text; nothing where `row.sample` is false."""
    return {"shown": bool(row.sample)}


@register.inclusion_tag("core/components/statement.html")
def statement(text: LocalText, size: str = "large") -> dict[str, Any]:
    """A vision, set like a statement one remembers. `size`: large or small."""
    return {"text": text, "small": size == "small"}


@register.inclusion_tag("core/components/prose.html")
def prose(text: LocalText, classes: str = "prose") -> dict[str, Any]:
    """A Markdown text, with its language where that differs from the page's."""
    return {"text": text, "classes": classes}


@register.inclusion_tag("core/components/breadcrumb.html")
def breadcrumb(*crumbs: Any) -> dict[str, Any]:
    """The way down to this page: pairs of address and text, the last without an address."""
    return {"crumbs": list(zip(crumbs[::2], crumbs[1::2], strict=True))}


@register.inclusion_tag("core/components/empty_state.html")
def empty_state(why: str, what_next: str, href: str = "", action: str = "") -> dict[str, Any]:
    """An empty page's or list's words: why it is empty, what to do next, and a way there."""
    return {"why": why, "what_next": what_next, "href": href, "action": action}


@register.inclusion_tag("core/components/chips.html")
def chips(items: Sequence[Any]) -> dict[str, Any]:
    """Active filters, each with a link that removes it: `items` have `label` and `href`."""
    return {"items": items}


@register.inclusion_tag("core/components/notice.html")
def notice(text: str) -> dict[str, Any]:
    """A sentence the reader should not miss."""
    return {"text": text}


@register.inclusion_tag("core/components/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """Everything that keeps a form from being saved, each with a link to its field."""
    return {"form": form}


@register.inclusion_tag("core/components/difference.html")
def difference(pieces: Sequence[Piece], short: bool = False) -> dict[str, Any]:
    """What changed in a text: what went struck out, what came underlined.

    `short` leaves out the middle of long stretches that stayed.
    """
    return {"pieces": list(_shortened(pieces)) if short else pieces}


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Of what stayed, the words around each change."""
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        words = piece.text.split(" ")
        if piece.kind != "same" or len(words) <= 2 * AROUND:
            yield piece
            continue
        head = words[:AROUND] if place else []
        tail = words[-AROUND:] if place < last else []
        yield Piece("same", " ".join([*head, "…", *tail]))


@register.filter
def markdown(text: LocalText) -> SafeString:
    """Markdown as HTML; use the tag `prose`, which adds the text's own language."""
    return render_markdown(text.plain)


@register.filter
def unmarked(text: str) -> str:
    """Markdown as bare words on one line, for attributes."""
    return plain_text(str(text))


@register.filter
def marked(text: LocalText, words: Sequence[str]) -> SafeString:
    """The text with the found words highlighted."""
    return highlighted(text, words)


@register.simple_tag
def period(start: int | dt.date | None, end: int | dt.date | None) -> str:
    """A planned period in words: years as numbers, dates in words; empty without both."""
    first, last = _planned(start), _planned(end)
    if first and last:
        # Years stay together with their dash, dates may part.
        return f"{first} – {last}" if " " in first + last else f"{first}\u2060–\u2060{last}"
    if first:
        return gettext("from %(start)s") % {"start": first}
    return gettext("until %(end)s") % {"end": last} if last else ""


def _planned(moment: int | dt.date | None) -> str:
    return day(moment) if isinstance(moment, dt.date) else str(moment or "")


@register.filter(expects_localtime=True)
def day(moment: dt.date | None) -> str:
    """A date in words: “12. März 2026”, “12 March 2026”."""
    if isinstance(moment, dt.datetime):
        moment = moment.date()
    return _in_words(moment, get_language()) if moment else ""


@lru_cache(maxsize=1_024)
def _in_words(moment: dt.date, _language: str | None) -> str:
    """A date in the active language; lists say the same few again and again."""
    return format_date(moment, gettext("j F Y"))


@register.filter(expects_localtime=True)
def moment(time: dt.datetime | None) -> str:
    """A day with its time: “12. März 2026, 14:05”."""
    return f"{day(time)}, {format_date(time, 'H:i')}" if time else ""


@register.filter
def actor(name: str) -> str:
    """Who did it, as history and log keep the name; where no person acted, the command line."""
    return gettext("command line") if name == "command line" else name


@register.filter
def counted(number: int, term: Any) -> str:
    """How many there are, as in "32 measures"; `term` has the name for `one` and for `many`."""
    names = term.one if number == 1 else term.many
    return gettext("%(number)s %(names)s") % {"number": localize(number), "names": names}


@register.filter
def money(cents: int | None) -> str:
    """An amount in whole cents: “12.500 €”, “12.500,50 €”; “–” where nobody knows it."""
    return euros(cents)
