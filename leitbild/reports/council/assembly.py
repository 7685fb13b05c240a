"""Making a report: everything it says, from queries of plan and delivery.

Where a measure stands “now” is where it stood at the end of the report's last day, and “before”
at the end of the day before its first. The public's report knows only what is public, so its
states may differ from the council's.
"""

import datetime as dt
from collections.abc import Iterator
from typing import cast

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from leitbild.accounts.terminology import terms
from leitbild.core.languages import language as language_of
from leitbild.core.refusal import Refused
from leitbild.core.templatetags.components import day, period
from leitbild.delivery.enums import Audience
from leitbild.delivery.models import CouncilPaper, Money, ProgressUpdate
from leitbild.delivery.periods import Period
from leitbild.delivery.queries import Standing
from leitbild.delivery.queries.gaps import gaps_of
from leitbild.delivery.queries.periods import MilestoneThen
from leitbild.plan.document.fields import YEARS
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.models import Concept, Goal, Measure
from leitbild.plan.queries.outline import ThemeEntry
from leitbild.reports.council.content import (
    CouncilReport,
    Gap,
    News,
    Paper,
    ReportedMeasure,
    ReportedTheme,
    Stand,
    Step,
    Sum,
)
from leitbild.reports.council.figures import source_label, state_counts, sums, totals, yearly
from leitbild.reports.council.material import Material, material
from leitbild.reports.council.summary import summary


def council_report(
    *,
    concept: Concept,
    since: dt.date,
    until: dt.date,
    audience: str,
    language: str | None = None,
    today: dt.date | None = None,
) -> CouncilReport:
    """The report on a concept's delivery in a period, both days included.

    Its texts are in `language`, by default the source's. Raises Refused with every reason where
    there is nothing to report on or the period can't be.
    """
    language = language or concept.municipality.source_language
    today = today or timezone.localdate()
    if reasons := [*_obstacles(concept, since, until, today), *_unspoken(concept, language)]:
        raise Refused(reasons)
    internal = audience == Audience.COUNCIL
    found = material(concept, Period(since, until), language=language, internal=internal)
    with translation.override(language):
        return _Report(found, internal=internal).whole(made=today)


def _obstacles(concept: Concept, since: dt.date, until: dt.date, today: dt.date) -> Iterator[str]:
    if concept.status == ConceptStatus.DRAFT:
        yield _(
            "“{title}” is a draft, so there is nothing to report on yet. Choose an edition that "
            "was adopted."
        ).format(title=concept.title)
    if until < since:
        yield _(
            "The period ends on {until}, before it begins on {since}. Please correct one of them."
        ).format(since=day(since), until=day(until))
    if since.year < YEARS[0]:
        yield _("{date} can’t be right; please check the year.").format(date=since)
    if until > today:
        yield _(
            "The period ends on {until}, which has not come yet. A report says what has happened: "
            "choose today or an earlier day."
        ).format(until=day(until))


def _unspoken(concept: Concept, language: str) -> Iterator[str]:
    town = concept.municipality
    if language not in town.languages:
        yield _("{name} doesn’t write in “{language}”; there is: {languages}.").format(
            name=town.name, language=language, languages=", ".join(town.languages)
        )


class _Report:
    """Puts one report together, in the active language."""

    def __init__(self, found: Material, *, internal: bool) -> None:
        self.found = found
        self.internal = internal
        self.conduct = found.now.conduct
        self.shows_money = internal or self.conduct.money_is_public

    def whole(self, *, made: dt.date) -> CouncilReport:
        found, town, concept = self.found, self.found.municipality, self.found.outline.concept
        names = terms(town, found.outline.language)
        themes = [self._theme(each) for each in found.outline.themes]
        loose = [self._measure(each) for each in found.outline.loose]
        measures = [*(each for theme in themes for each in theme.measures), *loose]
        return CouncilReport(
            language=found.outline.language,
            direction="rtl" if language_of(found.outline.language).rtl else "ltr",
            city=town.t.official_name.plain or town.t.name.plain,
            office=town.t.contact_office.plain,
            concept=concept.t.title.plain,
            edition=concept.edition,
            horizon=concept.horizon,
            resolved=self._resolved(),
            measures_word=names.measure.many,
            themes_word=names.theme.many,
            since=found.period.since,
            until=found.period.until,
            before=found.period.before,
            made=made,
            audience="council" if self.internal else "public",
            summary=summary(measures),
            counts=state_counts(measures, self.conduct),
            shows_money=self.shows_money,
            money=sums(measures),
            totals=totals(measures),
            themes=themes,
            loose=loose,
            sample=(
                concept.sample
                or any(each.sample for each in themes)
                or any(flag for each in measures for flag in _samples(each))
            ),
        )

    def _resolved(self) -> str:
        """The newest resolution about the concept in one line."""
        found = self.found.resolutions
        dated = sorted((each for each in found if each.date), key=lambda each: str(each.date))
        for each in (*dated[-1:], *found[:1]):
            return ", ".join(filter(None, [each.t.body.plain, day(each.date), each.paper]))
        return ""

    def _theme(self, entry: ThemeEntry) -> ReportedTheme:
        measures = [self._measure(each.measure, *each.goals) for each in entry.measures]
        return ReportedTheme(
            number=entry.theme.number,
            name=entry.theme.t.name.plain,
            vision=" ".join(entry.theme.t.vision.plain.split()),
            colour=entry.theme.colour,
            counts=state_counts(measures, self.conduct),
            money=sums(measures),
            totals=totals(measures),
            measures=measures,
            sample=entry.theme.sample,
        )

    def _measure(self, row: Measure, *goals: Goal) -> ReportedMeasure:
        found, connected = self.found, self.found.outline.connections
        now, words = found.now.of_measure(row), found.words.get(row.pk)
        money = [_sum(each) for each in self._money(row)]
        return ReportedMeasure(
            code=row.code,
            title=row.t.title.plain,
            summary=" ".join(row.t.summary.plain.split()),
            goals=[goal.code for goal in goals],
            lead=row.lead.t.name.plain if row.lead else "",
            partners=[each.t.name.plain for each in connected.partners.get(row.pk, ())],
            target_groups=[each.t.name.plain for each in connected.target_groups.get(row.pk, ())],
            # The dash of a page may not part its years; paper knows no such sign.
            period=period(row.planned_start, row.planned_end).replace("\u2060", ""),
            now=_stand(now),
            before=_stand(found.before(row)),
            freshness=now.freshness.value,
            silent_days=now.silent_days,
            news=[self._news(each) for each in found.news.get(row.pk, ())],
            last=self._news(words) if words else None,
            milestones=[_step(each) for each in found.milestones.get(row.pk, ())],
            money=money,
            totals=yearly(money),
            papers=[_paper(each) for each in found.papers.get(row.pk, ())],
            gaps=self._gaps(row, now),
            sample=row.sample,
        )

    def _news(self, update: ProgressUpdate) -> News:
        texts = {name: getattr(update.t, name).plain.strip() for name in update.translatable}
        if not self.internal:
            # What is asked for lies between the office and the council.
            texts["helps"] = ""
        return News(
            date=update.date,
            confirmed=update.is_confirmation,
            state=update.state,
            label=self.conduct.label(update.state),
            internal=not update.public,
            sample=update.sample,
            **texts,
        )

    def _money(self, row: Measure) -> list[Money]:
        if not self.shows_money:
            return []
        years = self.found.period.years
        return [each for each in self.found.money.get(row.pk, ()) if each.year in years]

    def _gaps(self, row: Measure, now: Standing) -> list[Gap]:
        """What the measure lacks, by the rules of the page of what is missing."""
        found = gaps_of(row, now, self.found.money if self.shows_money else None)
        return cast("list[Gap]", [each.value for each in found])


def _samples(measure: ReportedMeasure) -> Iterator[bool]:
    """Of everything the report says of a measure, whether it is a sample of ours."""
    yield measure.sample
    yield from (each.sample for each in measure.news)
    yield from (each.sample for each in measure.milestones)
    yield from (each.sample for each in measure.money)
    yield from (each.sample for each in measure.papers)
    yield measure.last is not None and measure.last.sample


def _stand(standing: Standing) -> Stand:
    return Stand(
        state=standing.name,
        label=standing.label,
        shape=standing.shape,
        date=standing.update.date if standing.update else None,
    )


def _step(then: MilestoneThen) -> Step:
    row = then.milestone
    return Step(
        title=row.t.title.plain,
        due=row.due,
        done=then.done,
        status="done" if then.done else "overdue" if then.is_overdue else "open",
        value=then.value,
        target=row.target,
        unit=row.t.unit.plain,
        sample=row.sample,
    )


def _sum(row: Money) -> Sum:
    return Sum(
        year=row.year,
        source=row.source,
        label=source_label(row.source),
        planned_cents=row.planned_cents,
        spent_cents=row.spent_cents,
        planned_known=int(row.planned_cents is not None),
        spent_known=int(row.spent_cents is not None),
        sample=row.sample,
    )


def _paper(row: CouncilPaper) -> Paper:
    return Paper(
        title=row.t.title.plain, number=row.number, date=row.date, url=row.url, sample=row.sample
    )
