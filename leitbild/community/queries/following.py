"""Who follows what."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet

from leitbild.accounts.models import Municipality
from leitbild.community.models import Follower, Following
from leitbild.core.queries import overlay


def followings(follower: Follower, *, language: str) -> list[Following]:
    """What somebody follows with its texts, in the order they asked for it. Two queries."""
    found = followings_of([follower])[follower.pk]
    lay_texts_over(found, language)
    return found


def lay_texts_over(found: Iterable[Following], language: str) -> None:
    """Give what is followed its texts. One query, none in the source language."""
    for source, each in groupby(found, key=lambda it: it.follower.municipality.source_language):
        rows = [it.measure or it.theme for it in each]
        overlay([row for row in rows if row], language=language, source=source)


def followings_of(followers: Iterable[Follower]) -> dict[int, list[Following]]:
    """What each of these follows, by their id. One query."""
    people = {each.pk: each for each in followers}
    found: dict[int, list[Following]] = {pk: [] for pk in people}
    rows = Following.objects.filter(follower__in=people, confirmed_at__isnull=False)
    for each in rows.select_related("measure", "theme"):
        each.follower = people[each.follower_id]
        found[each.follower_id].append(each)
    return found


def waiting_followers(municipality: Municipality, until: dt.datetime) -> QuerySet[Follower]:
    """Followers who haven't been told everything until then."""
    confirmed = Following.objects.filter(follower=OuterRef("pk"), confirmed_at__isnull=False)
    return Follower.objects.filter(
        Exists(confirmed), municipality=municipality, told_until__lt=until
    )
