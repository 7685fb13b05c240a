"""Loads the demo's milestones, money and papers of the council."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from leitbild.accounts.models import User
from leitbild.core.actions import write_translations
from leitbild.core.models import Translatable
from leitbild.delivery.actions.milestones import NewMilestone, add_milestones
from leitbild.delivery.actions.money import Sums, set_all_money
from leitbild.delivery.actions.papers import add_paper
from leitbild.delivery.enums import MoneySource
from leitbild.demo.days import Calendar
from leitbild.demo.files import Part, Sample, Texts, read
from leitbild.plan.models import Measure

Euros = Annotated[Decimal, Field(ge=0, decimal_places=2)]


class ReadPart(Part):
    """What a milestone's number was on a day."""

    date: dt.date
    value: int


class MilestonePart(Sample):
    """A milestone."""

    measure: str
    title: Texts
    due: dt.date
    done: dt.date | None = None
    target: int | None = None
    unit: Texts = {}
    values: list[ReadPart] = []


class MilestonesFile(Part):
    """The demo's milestones."""

    format: Literal["leitbild-milestones/1"]
    language: str
    milestones: list[MilestonePart]


class SumsPart(Part):
    """Money of a year from one source, in euros; what isn't said is unknown."""

    planned: Euros | None = None
    spent: Euros | None = None


class MoneyPart(Sample):
    """Money of a measure, by year and source."""

    measure: str
    years: dict[int, dict[MoneySource, SumsPart]]


class MoneyFile(Part):
    """The demo's money. Of measures that aren't in it, it is unknown."""

    format: Literal["leitbild-money/1"]
    money: list[MoneyPart]


class PaperPart(Sample):
    """A paper of the council."""

    measure: str
    title: Texts
    number: str
    date: dt.date


class PapersFile(Part):
    """The demo's papers of the council."""

    format: Literal["leitbild-papers/1"]
    language: str
    papers: list[PaperPart]


def load_milestones(
    measures: Mapping[str, Measure], *, calendar: Calendar, by: User | None
) -> None:
    """Set the milestones, with the numbers reported of them."""
    file = read("milestones.yaml", MilestonesFile)
    milestones = [
        NewMilestone(
            measure=measures[each.measure],
            sample=each.sample,
            title=each.title[file.language],
            due=calendar.day(each.due),
            done=calendar.day(each.done) if each.done else None,
            target=each.target,
            unit=each.unit.get(file.language, ""),
            values=[(calendar.day(one.date), one.value) for one in each.values],
        )
        for each in file.milestones
    ]
    rows = add_milestones(milestones=milestones, by=by)
    translations = [
        text
        for row, each in zip(rows, file.milestones, strict=True)
        for text in _others(row, file.language, title=each.title, unit=each.unit)
    ]
    write_translations(translations, by=by)


def load_money(measures: Mapping[str, Measure], *, calendar: Calendar, by: User | None) -> None:
    """Say what is planned and spent."""
    sums = [
        Sums(
            measure=measures[each.measure],
            year=calendar.year(year),
            source=source,
            planned_cents=_cents(parts.planned),
            spent_cents=_cents(parts.spent),
            sample=each.sample,
        )
        for each in read("money.yaml", MoneyFile).money
        for year, sources in each.years.items()
        for source, parts in sources.items()
    ]
    set_all_money(sums=sums, by=by)


def load_papers(measures: Mapping[str, Measure], *, calendar: Calendar, by: User | None) -> None:
    """Link the papers."""
    file = read("papers.yaml", PapersFile)
    translations: list[tuple[Translatable, str, str, str]] = []
    for each in file.papers:
        row = add_paper(
            measure=measures[each.measure],
            title=each.title[file.language],
            number=each.number,
            date=calendar.day(each.date),
            by=by,
            sample=each.sample,
        )
        translations += _others(row, file.language, title=each.title)
    write_translations(translations, by=by)


def _others(
    row: Translatable, source: str, **texts: Texts
) -> Iterator[tuple[Translatable, str, str, str]]:
    """The texts in other languages, as they are stored."""
    for name, by_language in texts.items():
        for language, text in by_language.items():
            if language != source:
                yield row, name, language, text


def _cents(euros: Decimal | None) -> int | None:
    return None if euros is None else int(euros * 100)
