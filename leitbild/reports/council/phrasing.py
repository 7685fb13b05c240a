"""Puts a report into words: dates, amounts and sentences of its language."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, Final

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from leitbild.core.money import euros
from leitbild.core.templatetags.components import day
from leitbild.reports.council import content, paper
from leitbild.reports.council.content import CouncilReport
from leitbild.reports.council.summary import silence
from leitbild.reports.council.words import SIGNS

FIRST: Final = 4
"""Points of each list on a first page that can't be measured, as in Word."""
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Signs that no text means and no document may hold."""
_LETTER: Final = re.compile(r"[^\W\d_]")
_FROM_RIGHT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def phrased(report: CouncilReport) -> paper.Paper:
    """The report in the words of its own language."""
    with translation.override(report.language):
        return _Phrasing(report).whole()


def values_of(said: paper.Paper) -> dict[str, Any]:
    """What a Word template can name at its top."""
    return {field.name: getattr(said, field.name) for field in fields(said)}


def gap_words() -> dict[content.Gap, str]:
    """What a measure can lack, in the active language."""
    return {
        "owner": pgettext("missing", "lead"),
        "date": pgettext("missing", "date"),
        "money": pgettext("missing", "money"),
        "news": pgettext("missing", "news"),
    }


def status_words() -> dict[content.Status, str]:
    """How a milestone stands, in the active language."""
    return {
        "done": pgettext("milestone", "reached"),
        "open": pgettext("milestone", "open"),
        "overdue": pgettext("milestone", "overdue"),
    }


def more_words(points: Sequence[paper.Point], themes_word: str) -> str:
    """What a list leaves out, and where it stands; empty where it leaves out nothing."""
    if not points:
        return ""
    numbers = ", ".join(dict.fromkeys(each.theme for each in points if each.theme))
    where = f"{themes_word} {numbers}" if numbers else _("All measures")
    return _("and {number} more, see {where}").format(number=len(points), where=where)


class _Phrasing:
    """One report, put into the active language."""

    def __init__(self, report: CouncilReport) -> None:
        self.report = report
        self.theme_of = {
            each.code: str(theme.number) for theme in report.themes for each in theme.measures
        }
        self.gaps = gap_words()

    # long: a line a field of the paper
    def whole(self) -> paper.Paper:
        report = self.report
        themes = [self.theme(each) for each in report.themes]
        if report.loose:
            themes.append(self.loose())
        heading = _("Implementation report")
        period = _("{since} to {until}").format(since=day(report.since), until=day(report.until))
        concept = line(report.concept)
        title = f"{heading}: {concept}, {period}"
        edition = f"{report.edition}–{report.horizon}" if report.horizon else str(report.edition)
        return paper.Paper(
            language=report.language.partition("-")[0],
            direction=report.direction,
            title=title,
            heading=heading,
            running=title,
            city=line(report.city),
            office=line(report.office),
            concept=concept,
            edition=edition,
            resolved=line(report.resolved),
            audience=_("For the council") if report.audience == "council" else _("For the public"),
            period=period,
            since=day(report.since),
            until=day(report.until),
            before=day(report.before),
            made=day(report.made),
            status=self.status(),
            number=str(report.number or ""),
            digest=" ".join(re.findall(".{8}", report.digest)),
            measures_word=line(report.measures_word),
            themes_word=line(report.themes_word),
            measures_total=len(report.measures),
            heard_of=_("News in this period: of {number} of {total} measures").format(
                number=report.heard_of, total=len(report.measures)
            ),
            summary=self.summary(),
            counts=[_count(each) for each in report.counts],
            themes=themes,
            measures=[measure for theme in themes for measure in theme.measures],
            comparison=self.comparison(),
            shows_money=report.shows_money,
            money=money(report.money, report.totals, of=len(report.measures)),
            gaps=list(self.gap_lines()),
            sample_note=self.sample_note(),
        )

    def status(self) -> str:
        made = day(self.report.made)
        if self.report.number:
            return _("Report {number}, made on {day}").format(number=self.report.number, day=made)
        return _("Preview of {day}: not frozen yet, so its figures may still change").format(
            day=made
        )

    def sample_note(self) -> str:
        if not self.report.sample:
            return ""
        return _(
            "What is marked as a sample was written for a demonstration and says nothing about "
            "the city."
        )

    def summary(self) -> paper.Summary:
        found = self.report.summary
        return paper.Summary(
            moved=self.points(found.moved),
            still=self.points(found.still),
            decisions=self.points(found.decisions),
        )

    def points(self, found: Sequence[content.Point]) -> paper.Points:
        every = [
            paper.Point(
                code=line(each.code),
                title=line(each.title),
                theme=self.theme_of.get(each.code, ""),
                text=line(each.text),
                before=line(each.before),
                now=line(each.now),
                shape=each.shape or "no_news",
                has_moved=each.before != each.now,
            )
            for each in found
        ]
        more = more_words(every[FIRST:], line(self.report.themes_word))
        return paper.Points(total=len(every), all=every, first=every[:FIRST], more=more)

    def theme(self, found: content.ReportedTheme) -> paper.Theme:
        number = str(found.number)
        return paper.Theme(
            number=number,
            name=line(found.name),
            vision=line(found.vision),
            colour=found.colour,
            total=len(found.measures),
            counts=[_count(each) for each in found.counts],
            money=money(found.money, found.totals, of=len(found.measures)),
            measures=[self.measure(each, number) for each in found.measures],
            sample=found.sample,
        )

    def loose(self) -> paper.Theme:
        """Measures that serve no goal yet, as if they were a theme of their own."""
        now = Counter(each.now.state for each in self.report.loose)
        before = Counter(each.before.state for each in self.report.loose)
        own = [
            each.model_copy(update={"now": now[each.state], "before": before[each.state]})
            for each in self.report.counts
            if now[each.state] or before[each.state]
        ]
        return paper.Theme(
            number="",
            name=_("Without a goal yet"),
            vision="",
            colour="",
            total=len(self.report.loose),
            counts=[_count(each) for each in own],
            money=[],
            measures=[self.measure(each, "") for each in self.report.loose],
            sample=False,
        )

    def measure(self, found: content.ReportedMeasure, theme: str) -> paper.Measure:
        in_words = any(not each.confirmed for each in found.news)
        return paper.Measure(
            code=line(found.code),
            title=line(found.title),
            theme=theme,
            summary=line(found.summary),
            goals=", ".join(found.goals),
            lead=line(found.lead),
            partners=_joined(found.partners),
            target_groups=_joined(found.target_groups),
            period=line(found.period),
            now=_stand(found.now),
            before=_stand(found.before),
            has_moved=found.has_moved,
            # Where nothing was ever reported, the state itself says so.
            silence=silence(found.silent_days)
            if found.freshness == "silent" and found.now.date
            else "",
            news=[_news(each) for each in found.news],
            last=[_news(found.last)] if found.last and not in_words else [],
            milestones=[_milestone(each) for each in found.milestones],
            money=money(found.money, found.totals),
            yearly=[_money(each, None, total=True) for each in found.totals],
            papers=[_council_paper(each) for each in found.papers],
            gaps=", ".join(self.gaps[each] for each in found.gaps),
            sample=found.sample,
        )

    def comparison(self) -> paper.Comparison:
        report = self.report
        found = Counter((each.before.state, each.now.state) for each in report.measures)
        return paper.Comparison(
            states=[_count(each) for each in report.counts if each.now],
            passages=[
                paper.Passage(
                    label=line(row.label),
                    sign=SIGNS[row.shape],
                    shape=row.shape,
                    cells=[
                        paper.Cell(found[row.state, column.state], same=row.state == column.state)
                        for column in report.counts
                        if column.now
                    ],
                    total=row.before,
                )
                for row in report.counts
                if row.before
            ],
            total=len(report.measures),
        )

    def gap_lines(self) -> Iterable[paper.GapLine]:
        for name, label in self.gaps.items():
            found = [each.code for each in self.report.measures if name in each.gaps]
            if found:
                yield paper.GapLine(name, capfirst(label), len(found), ", ".join(found))


def money(
    sums: Sequence[content.Sum], totals: Sequence[content.Sum], *, of: int | None = None
) -> list[paper.Money]:
    """Money by year and source; a year with several sources ends with their total.

    `of` is the number of measures that could have given figures.
    """
    lines = []
    for total in totals:
        own = [each for each in sums if each.year == total.year]
        lines += [_money(each, of, total=False) for each in own]
        if own[1:]:
            lines.append(_money(total, of, total=True))
    return lines


def _money(found: content.Sum, of: int | None, *, total: bool) -> paper.Money:
    known = [found.planned_known, found.spent_known]
    planned, spent = ("" if of is None else _known(each, of) for each in known)
    return paper.Money(
        year=found.year,
        source=line(found.label),
        planned=euros(found.planned_cents),
        spent=euros(found.spent_cents),
        planned_from=planned,
        spent_from=spent,
        planned_cents=found.planned_cents,
        spent_cents=found.spent_cents,
        total=total,
        sample=found.sample,
    )


def _known(known: int, of: int) -> str:
    return _("{number} of {total}").format(number=known, total=of)


def _stand(found: content.Stand) -> paper.Stand:
    return paper.Stand(
        name=found.state,
        label=line(found.label),
        sign=SIGNS[found.shape],
        shape=found.shape,
        date=day(found.date),
    )


def _count(found: content.StateCount) -> paper.Count:
    return paper.Count(
        name=found.state,
        label=line(found.label),
        sign=SIGNS[found.shape],
        shape=found.shape,
        now=found.now,
        before=found.before,
    )


def _news(found: content.News) -> paper.News:
    return paper.News(
        date=day(found.date),
        label=line(found.label),
        confirmed=found.confirmed,
        text=_lines(found.text),
        reason=_lines(found.reason),
        next_step=_lines(found.next_step),
        obstacle=_lines(found.obstacle),
        helps=_lines(found.helps),
        internal=found.internal,
        sample=found.sample,
    )


def _milestone(found: content.Step) -> paper.Milestone:
    return paper.Milestone(
        title=line(found.title),
        due=day(found.due),
        done=day(found.done),
        name=found.status,
        status=status_words()[found.status],
        value=_value(found),
        sample=found.sample,
    )


def _value(found: content.Step) -> str:
    """What was counted, what was aimed at: “46 of 120 people”."""
    value = "–" if found.value is None else str(found.value)
    if found.target is not None:
        value = _("{number} of {total}").format(number=value, total=found.target)
    elif found.value is None:
        return ""
    return f"{value} {line(found.unit)}".strip()


def _council_paper(found: content.Paper) -> paper.CouncilPaper:
    return paper.CouncilPaper(
        title=line(found.title),
        number=line(found.number),
        date=day(found.date),
        url=found.url,
        sample=found.sample,
    )


def _joined(names: Iterable[str]) -> str:
    return ", ".join(line(name) for name in names)


def line(text: str) -> str:
    """A text on one line, without signs nobody sees.

    Among words from right to left, one from left to right stands apart: else its full stop would
    be found at its beginning.
    """
    text = " ".join(_UNSEEN.sub(" ", text).split())
    if get_language_bidi() and _LETTER.search(text) and not _FROM_RIGHT.search(text):
        return f"\u2068{text}\u2069"
    return text


def _lines(text: str) -> str:
    """A text whose line ends mean something."""
    return "\n".join(filter(None, (line(each) for each in text.splitlines())))
