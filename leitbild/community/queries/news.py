"""What is new, and for whom."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leitbild.community.models import Following
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.models import Concept, Measure, Theme, ThemeLineage
from leitbild.plan.queries.lineage import Lineage
from leitbild.plan.queries.outline import MeasureEntry


def news_recorded(concept: Concept, since: dt.datetime, until: dt.datetime) -> list[ProgressUpdate]:
    """What was recorded for everybody between two moments, the newest first. One query."""
    return list(
        ProgressUpdate.objects.filter(
            public=True,
            measure__concept=concept,
            recorded_at__gt=since,
            recorded_at__lte=until,
        ).order_by("-date", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """Which measures of the edition in force somebody means who follows something.

    Whoever follows a measure or theme of an earlier edition goes on following what became of it.
    """

    measures: Mapping[int, frozenset[int]]
    themes: Mapping[int, frozenset[int]]

    def covers(self, following: Following, update: ProgressUpdate) -> bool:
        """Whether somebody who follows this is told of an update: never of what was before."""
        if following.confirmed_at is None or update.recorded_at <= following.confirmed_at:
            return False
        if following.measure_id is not None:
            return update.measure_id in self.measures[following.measure_id]
        if following.theme_id is not None:
            return update.measure_id in self.themes[following.theme_id]
        return True


def reach(
    followed: Iterable[Following],
    *,
    concept: Concept,
    editions: Sequence[Concept],
    entries: Iterable[MeasureEntry],
) -> Reach:
    """What all of these mean. Two queries at most, none where all is of the edition in force."""
    followed = list(followed)
    measures = {each.measure.pk: each.measure for each in followed if each.measure is not None}
    themes = {each.theme.pk: each.theme for each in followed if each.theme is not None}
    by_theme: dict[int, set[int]] = {}
    for entry in entries:
        by_theme.setdefault(entry.theme.pk, set()).add(entry.measure.pk)
    heirs = _heirs_of_themes(concept, themes.values())
    return Reach(
        _heirs_of_measures(concept, editions, measures.values()),
        {pk: frozenset().union(*(by_theme.get(each, ()) for each in heirs[pk])) for pk in themes},
    )


def _heirs_of_measures(
    concept: Concept, editions: Sequence[Concept], measures: Iterable[Measure]
) -> dict[int, frozenset[int]]:
    found = {each.pk: frozenset({each.pk}) for each in measures}
    earlier = [each for each in measures if each.concept_id != concept.pk]
    if not earlier:
        return found
    lineage = Lineage(editions)
    for each in earlier:
        stations = lineage.line_of(each).stations if each.concept_id in lineage.editions else ()
        found[each.pk] = frozenset(
            stop.measure.pk
            for station in stations
            if station.edition == concept
            for stop in station.stops
        )
    return found


def _heirs_of_themes(concept: Concept, themes: Iterable[Theme]) -> dict[int, set[int]]:
    """All that continue a theme, through any number of editions, and the theme itself."""
    found = {each.pk: {each.pk} for each in themes}
    if all(each.concept_id == concept.pk for each in themes):
        return found
    rows = ThemeLineage.objects.filter(concept__municipality=concept.municipality_id)
    after: dict[int, set[int]] = {}
    for old, new in rows.values_list("before_id", "after_id"):
        after.setdefault(old, set()).add(new)
    for heirs in found.values():
        waiting = list(heirs)
        while waiting:
            fresh = after.get(waiting.pop(), set()) - heirs
            heirs.update(fresh)
            waiting.extend(fresh)
    return found
