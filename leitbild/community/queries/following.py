"""Who follows what."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from django.db.models import Exists, Min, OuterRef, QuerySet

from leitbild.accounts.models import Municipality
from leitbild.community.models import Follower, Following
from leitbild.core.queries import overlay
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.models import Concept


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


def waiting_followers(until: dt.datetime) -> QuerySet[Follower]:
    """Followers of all municipalities who haven't been told everything until then."""
    confirmed = Following.objects.filter(follower=OuterRef("pk"), confirmed_at__isnull=False)
    return Follower.objects.filter(Exists(confirmed), told_until__lt=until)


def towns_to_tell(until: dt.datetime) -> list[Municipality]:
    """Where something was recorded that followers haven't been told; on most days a few towns.

    Two queries, however many municipalities there are.
    """
    waiting = waiting_followers(until)
    since = waiting.aggregate(since=Min("told_until"))["since"]
    if since is None:
        return []
    recorded = ProgressUpdate.objects.filter(
        public=True, recorded_at__gt=since, recorded_at__lte=until
    )
    towns = recorded.values("measure__concept__municipality")
    return list(Municipality.objects.filter(pk__in=towns).order_by("pk"))


def with_nothing_to_hear(until: dt.datetime) -> QuerySet[Follower]:
    """Waiting followers of plans that are public: once the others are told, they missed nothing."""
    plans = Concept.objects.public().filter(municipality=OuterRef("municipality"))
    return waiting_followers(until).filter(Exists(plans))
