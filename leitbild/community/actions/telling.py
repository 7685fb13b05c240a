"""Telling followers what is new: one mail a day at most, in the morning, in their language.

The mail of a day tells everything that was recorded until the midnight before. So it doesn't
matter when it is written, or how often that is tried; and whoever published something by mistake
has the rest of the day to say so.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.db import transaction
from django.utils import timezone, translation

from leitbild.accounts.models import Municipality
from leitbild.community.actions.following import forget_unconfirmed, post_letter
from leitbild.community.letters import Addresses, Letter, News, digest
from leitbild.community.models import Follower, Following
from leitbild.community.queries.following import (
    followings_of,
    towns_to_tell,
    waiting_followers,
    with_nothing_to_hear,
)
from leitbild.community.queries.news import news_recorded, reach
from leitbild.delivery.conduct import conduct_of
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.models import Concept
from leitbild.plan.queries.outline import in_force, outline, public_concepts

MORNING: Final = dt.time(6)
"""Before this time of day nobody gets mail."""


def tell_followers(*, addresses: Addresses, now: dt.datetime | None = None) -> int:
    """Post the digests that are due; how many that were. Safe to call at any time, and often."""
    now = now or timezone.now()
    forget_unconfirmed(now=now)
    today = timezone.localtime(now)
    if today.time() < MORNING:
        return 0
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0)
    told = sum(_tell(each, midnight, addresses) for each in towns_to_tell(midnight))
    # Everybody else has missed nothing.
    with_nothing_to_hear(midnight).update(told_until=midnight)
    return told


@dataclass(frozen=True, slots=True)
class _Issue:
    """All there is to tell in a municipality, read once however many follow."""

    town: Municipality
    until: dt.datetime
    concept: Concept
    editions: Sequence[Concept]
    news: Sequence[ProgressUpdate]
    followed: Mapping[int, Sequence[Following]]


def _tell(town: Municipality, until: dt.datetime, addresses: Addresses) -> int:
    """The digests of one municipality."""
    waiting = waiting_followers(until).filter(municipality=town)
    followers = sorted(waiting, key=lambda each: (each.language, each.pk))
    editions = list(public_concepts(town))
    concept = in_force(editions)
    if not followers or concept is None:
        return 0
    news = news_recorded(concept, min(each.told_until for each in followers), until)
    told = 0
    if news:
        issue = _Issue(town, until, concept, editions, news, followings_of(followers))
        for language, people in groupby(followers, key=lambda each: each.language):
            told += _tell_in(language, list(people), issue, addresses)
    return told


def _tell_in(language: str, people: Sequence[Follower], issue: _Issue, addresses: Addresses) -> int:
    """The digests in one language."""
    conduct = conduct_of(issue.town)
    told = 0
    with translation.override(language):
        plan = outline(issue.concept, language=language, municipality=issue.town, beside=issue.news)
        all_followed = [each for own in issue.followed.values() for each in own]
        meant = reach(
            all_followed, concept=issue.concept, editions=issue.editions, entries=plan.measures
        )
        for person in people:
            person.municipality = issue.town
            theirs: dict[int, list[ProgressUpdate]] = {}
            for update in issue.news:
                is_new = update.recorded_at > person.told_until
                if is_new and any(meant.covers(each, update) for each in issue.followed[person.pk]):
                    theirs.setdefault(update.measure_id, []).append(update)
            found = [
                News(entry, theirs[entry.measure.pk])
                for entry in plan.measures
                if entry.measure.pk in theirs
            ]
            if found:
                letter = digest(person, found, conduct=conduct, addresses=addresses)
                told += _posted(person, letter, issue.until)
    return told


@transaction.atomic
def _posted(follower: Follower, letter: Letter, until: dt.datetime) -> bool:
    """Post a digest, unless another worker has, or somebody has just ended following."""
    as_read = Follower.objects.filter(pk=follower.pk, told_until=follower.told_until)
    if not as_read.update(told_until=until):
        return False
    return post_letter(follower, letter, about=f"{timezone.localdate(until)}")
