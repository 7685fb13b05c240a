"""What a report is made of, loaded by a fixed number of queries however large the concept."""

from dataclasses import dataclass

from leitbild.accounts.models import Municipality
from leitbild.delivery.models import CouncilPaper, Money, ProgressUpdate
from leitbild.delivery.periods import Period
from leitbild.delivery.queries import Standing, Standings, current_updates, standings
from leitbild.delivery.queries.periods import (
    MilestoneThen,
    last_words,
    milestones_at,
    money_of,
    papers_until,
    updates_between,
)
from leitbild.plan.models import Concept, Measure, Resolution
from leitbild.plan.queries.outline import Outline, outline


@dataclass(frozen=True, slots=True)
class Material:
    """A concept, its texts in the report's language, and what there is to say of its measures."""

    period: Period
    municipality: Municipality
    outline: Outline
    resolutions: list[Resolution]
    now: Standings
    past: dict[int, ProgressUpdate]
    news: dict[int, list[ProgressUpdate]]
    words: dict[int, ProgressUpdate]
    milestones: dict[int, list[MilestoneThen]]
    money: dict[int, list[Money]]
    papers: dict[int, list[CouncilPaper]]

    def before(self, measure: Measure) -> Standing:
        """Where a measure stood at the end of the period before."""
        return Standing(
            update=self.past.get(measure.pk), conduct=self.now.conduct, today=self.period.before
        )


def material(concept: Concept, period: Period, *, language: str, internal: bool) -> Material:
    """Load everything; internal news only where it is asked for."""
    town = concept.municipality
    news: dict[int, list[ProgressUpdate]] = {}
    for update in updates_between(
        concept, since=period.since, until=period.until, internal=internal
    ):
        news.setdefault(update.measure_id, []).append(update)
    words = last_words(concept, until=period.until, internal=internal)
    milestones = milestones_at(concept, period.until)
    papers = papers_until(concept, period.until)
    resolutions = list(concept.resolutions.all())
    beside = [
        *resolutions,
        *(update for each in news.values() for update in each),
        *words.values(),
        *(then.milestone for each in milestones.values() for then in each),
        *(paper for each in papers.values() for paper in each),
    ]
    return Material(
        period=period,
        municipality=town,
        outline=outline(concept, language=language, municipality=town, beside=beside),
        resolutions=resolutions,
        now=standings(concept, town, internal=internal, until=period.until),
        past=current_updates(concept, internal=internal, until=period.before),
        news=news,
        words=words,
        milestones=milestones,
        money=money_of(concept),
        papers=papers,
    )
