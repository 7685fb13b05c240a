"""A report as a workbook: every figure and every text of it, to filter and to count again."""

from collections.abc import Iterator, Sequence

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from leitbild.core.templatetags.components import day
from leitbild.delivery.enums import Audience, Freshness, Gap
from leitbild.reports.council.content import CouncilReport, News, ReportedMeasure, Sum
from leitbild.reports.council.phrasing import gap_words, status_words
from leitbild.reports.council.sheets import Cell, Column, Workbook
from leitbild.reports.council.words import labels


def council_xlsx(report: CouncilReport) -> bytes:
    """The report as a workbook in its language; it says what the other documents say."""
    with translation.override(report.language):
        return _Book(report).bytes()


class _Book:
    """Writes one report sheet by sheet, in the active language."""

    def __init__(self, report: CouncilReport) -> None:
        self.report = report
        self.themes = {
            measure.code: f"{theme.number} {theme.name}"
            for theme in report.themes
            for measure in theme.measures
        }
        self.years = sorted({each.year for each in report.totals})
        self.gaps = gap_words()
        self.statuses = status_words()
        self.is_internal = report.audience == "council"

    def bytes(self) -> bytes:
        report = self.report
        book = Workbook(title=self._title(), direction=report.direction)
        with book.sheet(_("Summary")) as sheet:
            sheet.facts(self._facts())
            sheet.table(self._count_columns(), self._counts())
            sheet.table(self._point_columns(), self._points())
        book.table(capfirst(report.measures_word), self._columns(), self._rows())
        book.table(_("Progress updates"), self._news_columns(), self._news())
        book.table(_("Milestones"), self._milestone_columns(), self._milestones())
        if report.shows_money:
            book.table(_("Money"), self._money_columns(), self._money())
        book.table(_("What is missing"), self._gap_columns(), self._gaps())
        return book.close()

    def _title(self) -> str:
        return _("Implementation report {since} – {until}").format(
            since=day(self.report.since), until=day(self.report.until)
        )

    def _facts(self) -> list[tuple[str, Cell]]:
        report = self.report
        of_all = _("{number} of {total}").format(number=report.heard_of, total=len(report.measures))
        return [
            (self._title(), ""),
            (_("Concept"), f"{report.concept}, {report.city}"),
            (_("From"), report.since),
            (_("To"), report.until),
            (_("Audience"), capfirst(str(Audience(report.audience).label))),
            (_("Made on"), report.made),
            *([(_("Report"), report.number)] if report.number else []),
            *([(_("Digest"), report.digest)] if report.digest else []),
            (_("With news in the period"), of_all),
            *([(_("Sample"), self._sample_note())] if report.sample else []),
        ]

    def _sample_note(self) -> str:
        return _(
            "What is marked as a sample was written for a demonstration and says nothing about "
            "the city."
        )

    def _count_columns(self) -> list[Column]:
        return [
            Column(capfirst(self.report.themes_word), 40),
            Column(_("State"), 30),
            Column(_("Now"), 12, "number"),
            Column(_("Before"), 12, "number"),
        ]

    def _counts(self) -> Iterator[Sequence[Cell]]:
        named = [(_("all"), self.report.counts)]
        named += [(f"{each.number} {each.name}", each.counts) for each in self.report.themes]
        for name, counts in named:
            for each in counts:
                yield name, each.label, each.now, each.before

    def _point_columns(self) -> list[Column]:
        return [
            Column(_("What"), 40),
            Column(_("Code"), 30),
            Column(_("Title"), 40),
            Column(_("Before"), 12),
            Column(_("Now"), 12),
            Column(_("Text"), 80),
        ]

    def _points(self) -> Iterator[Sequence[Cell]]:
        words = labels()
        found = self.report.summary
        sections = {"moved": found.moved, "still": found.still, "decisions": found.decisions}
        for name, points in sections.items():
            for each in points:
                yield words[name], each.code, each.title, each.before, each.now, each.text

    def _columns(self) -> list[Column]:
        return [
            Column(_("Code"), 8),
            Column(_("Title"), 44),
            Column(capfirst(self.report.themes_word), 24),
            Column(_("Goals"), 12),
            Column(_("Lead"), 28),
            Column(_("Partners"), 36),
            Column(_("Target groups"), 28),
            Column(_("Period"), 16),
            Column(_("State"), 18),
            Column(_("State as of"), 12, "date"),
            Column(_("State before"), 18),
            Column(_("Freshness"), 12),
            Column(_("Days without news"), 12, "number"),
            *self._word_columns(),
            Column(_("Milestones done"), 12, "number"),
            Column(_("Milestones open"), 12, "number"),
            Column(_("Milestones overdue"), 12, "number"),
            *(
                Column(title.format(year=year), 16, "euro")
                for year in self.years
                for title in (_("Planned {year}"), _("Spent {year}"))
            ),
            Column(_("Council papers"), 40),
            Column(_("What is missing"), 24),
            Column(_("Sample"), 9),
        ]

    def _word_columns(self) -> list[Column]:
        """Columns of what was said last."""
        return [
            Column(_("Last report"), 12, "date"),
            Column(_("Text"), 60),
            Column(_("Reason"), 40),
            Column(_("Next step"), 40),
            Column(_("Obstacle"), 40),
            *([Column(_("What helps"), 40)] if self.is_internal else []),
        ]

    def _words(self, news: News | None) -> list[Cell]:
        helps = [news.helps if news else ""] if self.is_internal else []
        if news is None:
            return [None, "", "", "", "", *helps]
        return [news.date, news.text, news.reason, news.next_step, news.obstacle, *helps]

    def _rows(self) -> Iterator[Sequence[Cell]]:
        for each in self.report.measures:
            statuses = [step.status for step in each.milestones]
            yield [
                each.code,
                each.title,
                self.themes.get(each.code, ""),
                ", ".join(each.goals),
                each.lead,
                "; ".join(each.partners),
                "; ".join(each.target_groups),
                each.period,
                each.now.label,
                each.now.date,
                each.before.label,
                str(Freshness(each.freshness).label),
                each.silent_days,
                *self._words(each.last),
                *(statuses.count(name) for name in self.statuses),
                *self._of_years(each),
                "; ".join(_paper(*texts) for texts in ((p.title, p.number) for p in each.papers)),
                ", ".join(self.gaps[gap] for gap in each.gaps),
                _yes(each.sample),
            ]

    def _of_years(self, measure: ReportedMeasure) -> Iterator[Cell]:
        by_year = {each.year: each for each in measure.totals}
        for year in self.years:
            found = by_year.get(year)
            yield _euro(found.planned_cents if found else None)
            yield _euro(found.spent_cents if found else None)

    def _news_columns(self) -> list[Column]:
        return [
            Column(_("Code"), 8),
            Column(_("Title"), 44),
            Column(_("Date"), 12, "date"),
            Column(_("State"), 18),
            Column(_("Kind"), 18),
            Column(_("Text"), 60),
            Column(_("Reason"), 40),
            Column(_("Next step"), 40),
            Column(_("Obstacle"), 40),
            *([Column(_("What helps"), 40), Column(_("Internal"), 9)] if self.is_internal else []),
            Column(_("Sample"), 9),
        ]

    def _news(self) -> Iterator[Sequence[Cell]]:
        kinds = {True: _("confirmed unchanged"), False: _("reported")}
        for measure in self.report.measures:
            for each in measure.news:
                row: list[Cell] = [measure.code, measure.title, each.date, each.label]
                inside = [_yes(each.internal)] if self.is_internal else []
                yield [
                    *row,
                    kinds[each.confirmed],
                    *self._words(each)[1:],
                    *inside,
                    _yes(each.sample),
                ]

    def _milestone_columns(self) -> list[Column]:
        return [
            Column(_("Code"), 8),
            Column(_("Title"), 44),
            Column(_("Milestone"), 44),
            Column(_("Due"), 12, "date"),
            Column(_("Done"), 12, "date"),
            Column(_("State"), 12),
            Column(_("Value"), 12, "number"),
            Column(_("Target"), 12, "number"),
            Column(_("Unit"), 16),
            Column(_("Sample"), 9),
        ]

    def _milestones(self) -> Iterator[Sequence[Cell]]:
        for measure in self.report.measures:
            for each in measure.milestones:
                row: list[Cell] = [measure.code, measure.title, each.title, each.due, each.done]
                number = [each.value, each.target, each.unit, _yes(each.sample)]
                yield [*row, self.statuses[each.status], *number]

    def _money_columns(self) -> list[Column]:
        return [
            Column(_("Code"), 8),
            Column(_("Title"), 44),
            Column(capfirst(self.report.themes_word), 24),
            Column(_("Year"), 8, "number"),
            Column(_("Source of money"), 20),
            Column(_("Planned"), 16, "euro"),
            Column(_("Spent"), 16, "euro"),
            Column(_("Sample"), 9),
        ]

    def _money(self) -> Iterator[Sequence[Cell]]:
        for measure in self.report.measures:
            theme = self.themes.get(measure.code, "")
            for each in measure.money:
                yield [measure.code, measure.title, theme, *_amounts(each), _yes(each.sample)]

    def _gap_columns(self) -> list[Column]:
        return [
            Column(_("Code"), 8),
            Column(_("Title"), 44),
            Column(capfirst(self.report.themes_word), 24),
            Column(_("Lead"), 28),
            *(Column(capfirst(str(Gap(name).label)), 12) for name in self.gaps),
        ]

    def _gaps(self) -> Iterator[Sequence[Cell]]:
        for each in self.report.measures:
            if each.gaps:
                missing = [_yes(name in each.gaps) for name in self.gaps]
                theme = self.themes.get(each.code, "")
                yield [each.code, each.title, theme, each.lead, *missing]


def _amounts(row: Sum) -> list[Cell]:
    return [row.year, row.label, _euro(row.planned_cents), _euro(row.spent_cents)]


def _euro(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _paper(title: str, number: str) -> str:
    return f"{title} ({number})" if number else title


def _yes(flag: bool) -> str:
    return _("yes") if flag else ""
