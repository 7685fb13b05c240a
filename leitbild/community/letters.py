"""The mails to followers, written in their language."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from leitbild.accounts.models import Municipality
from leitbild.accounts.terminology import terms
from leitbild.community.models import Follower, Following
from leitbild.community.tokens import confirm_token, follower_token
from leitbild.core.languages import language as language_of
from leitbild.core.queries import overlay
from leitbild.core.templatetags.components import day
from leitbild.core.text import LocalText
from leitbild.delivery.conduct import Conduct
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.models import Measure
from leitbild.plan.queries.outline import MeasureEntry

ISOLATED: Final = "\u2068{}\u2069"
"""Keeps a text of the other direction of script from mixing with the line it stands in."""


class Addresses(Protocol):
    """Paths of pages in the active language; surfaces know them, this app doesn't."""

    def confirm(self, token: str) -> str:
        """Where a following is confirmed."""

    def following(self, token: str) -> str:
        """Where somebody sees and ends what they follow."""

    def measure(self, code: str) -> str:
        """A measure's page."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is posted."""

    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """What was reported of a measure, the newest first."""

    entry: MeasureEntry
    updates: Sequence[ProgressUpdate]


def confirming(
    following: Following, *, language: str, site: str, until: dt.datetime, addresses: Addresses
) -> Letter:
    """Asks whether it was really they who want the news."""
    with translation.override(language):
        what = name_of(following, language)
        lines = [
            _("Good day,"),
            _(
                "somebody, probably you, has asked us to send news to this address by e-mail. "
                "News of: {what}."
            ),
            _("If that is what you want, confirm it here until {day}:"),
            f"{site}{addresses.confirm(confirm_token(following))}",
            _(
                "If it wasn’t you, you need do nothing. You will get no news, and we forget your "
                "address on {day}."
            ),
        ]
        last_day = day(timezone.localdate(until))
        subject = _("Please confirm: news by e-mail from {town}")
        return Letter(
            subject.format(town=_town(following.follower.municipality, language)),
            "\n\n".join(lines).format(what=what, day=last_day),
        )


def following_already(following: Following, *, addresses: Addresses) -> Letter:
    """Tells whoever asks once more that there is nothing left to do."""
    follower = following.follower
    with translation.override(follower.language):
        lines = [
            _("Good day,"),
            _("you get news of this by e-mail already: {what}."),
            _see_or_end(),
            f"{follower.site}{addresses.following(follower_token(follower))}",
        ]
        subject = _("You get the news from {town} already")
        return Letter(
            subject.format(town=_town(follower.municipality, follower.language)),
            "\n\n".join(lines).format(what=name_of(following, follower.language)),
        )


def digest(
    follower: Follower, news: Sequence[News], *, conduct: Conduct, addresses: Addresses
) -> Letter:
    """All the news of a day; call it in the follower's language, with the texts laid over."""
    page = f"{follower.site}{addresses.following(follower_token(follower))}"
    town = follower.municipality
    measure = terms(town, follower.language).measure
    subject = _("{town}: news of {number} {names}").format(
        town=town.t.name.plain,
        number=len(news),
        names=measure.one if len(news) == 1 else measure.many,
    )
    lines = [
        _("Good day,"),
        _("there is news of what you follow."),
        *(_told(each, follower, conduct, addresses) for each in news),
        _see_or_end(),
        page,
    ]
    return Letter(
        subject,
        "\n\n".join(lines),
        # One click in the mail program ends it, without opening any page (RFC 8058).
        {"List-Unsubscribe": f"<{page}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def name_of(following: Following, language: str) -> str:
    """What is followed, in a language that is active."""
    row = following.measure or following.theme
    if row is None:
        return _("the whole plan")
    overlay([row], language=language, source=following.follower.municipality.source_language)
    if isinstance(row, Measure):
        return f"{row.code} {_set(row.t.title, language)}"
    return _set(row.t.name, language)


def _see_or_end() -> str:
    return _("Here you see everything you follow, and can end it at any time:")


def _told(news: News, follower: Follower, conduct: Conduct, addresses: Addresses) -> str:
    measure, language = news.entry.measure, follower.language
    parts = [f"{measure.code} {_set(measure.t.title, language)}"]
    for update in news.updates:
        state = conduct.label(update.state)
        said = _("unchanged: {state}").format(state=state) if update.is_confirmation else state
        head = [day(update.date), capfirst(said), *([_("sample text")] if update.sample else [])]
        parts.append(" · ".join(head))
        if update.t.text:
            parts.append(_set(update.t.text, language))
        if update.t.reason:
            parts.append(f"{capfirst(_('reason'))}: {_set(update.t.reason, language)}")
    parts.append(f"{follower.site}{addresses.measure(measure.code)}")
    return "\n".join(parts)


def _town(municipality: Municipality, language: str) -> str:
    overlay([municipality], language=language, source=municipality.source_language)
    return municipality.t.name.plain


def _set(text: LocalText, language: str) -> str:
    """A text within a line of this language."""
    is_foreign = text.direction != language_of(language).direction
    return ISOLATED.format(text.plain) if is_foreign else text.plain
