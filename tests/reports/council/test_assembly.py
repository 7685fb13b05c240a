"""What a report takes up, for whom, in which language, and what can't be reported on."""

import datetime as dt

import pytest

from leitbild.accounts.models import Municipality
from leitbild.core.models import Translation
from leitbild.core.refusal import Refused
from leitbild.delivery.models import Milestone, Money, ProgressUpdate
from leitbild.plan.models import Concept, Measure, Resolution
from leitbild.reports.council.assembly import council_report
from leitbild.reports.council.content import CouncilReport
from tests.queries import assert_same_number, queries_of
from tests.reports.council.worlds import SINCE, UNTIL, random_town
from tests.towns import grow, measure, plan, report_on, settle

TODAY = dt.date(2025, 7, 15)


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1", lead="schulamt", start=2024, end=2026), measure("1.2")))


def report(language: str | None = None, audience: str = "council") -> CouncilReport:
    return council_report(
        concept=Concept.objects.select_related("municipality").get(),
        since=SINCE,
        until=UNTIL,
        audience=audience,
        language=language,
        today=TODAY,
    )


def test_number_of_queries_does_not_grow_with_the_concept(town: Municipality) -> None:
    report_on(town, "1.1", "under_way")
    few = queries_of(lambda: report("ar"))
    grow(town, 30)
    rows = Measure.objects.all()
    Money.objects.bulk_create(
        Money(measure=row, year=2025, source="grant", planned_cents=1) for row in rows
    )
    Milestone.objects.bulk_create(Milestone(measure=row, title="M", due=UNTIL) for row in rows)

    many = queries_of(lambda: report("ar"))

    assert_same_number(few, many)
    assert len(many) <= 16


def test_public_report_holds_nothing_of_the_office(db: None) -> None:
    random_town(2)
    internal = ProgressUpdate.objects.filter(public=False).exclude(text="")
    public = ProgressUpdate.objects.filter(public=True, date__range=(SINCE, UNTIL))
    helps = public.exclude(helps="").exclude(text="")

    text = report(audience="public").model_dump_json()
    whole = report().model_dump_json()

    assert [each.text for each in internal if f'"{each.text}"' in text] == []
    assert internal.filter(date__range=(SINCE, UNTIL))[0].text in whole
    assert all(each.text in text for each in helps)
    assert ("Hilfe" in text, "Hilfe" in whole) == (False, True)
    assert ("_cents" in text, '"money":[{"year"' in text) == (False, False)
    assert "Geheime Person" not in whole


def test_report_speaks_its_language(town: Municipality) -> None:
    town.reporting = {"states": {"under_way": {"words": {"ar": "يسير"}}}}
    town.save()
    report_on(town, "1.1", "under_way", "2025-02-01")
    update, row = ProgressUpdate.objects.get(), Measure.objects.get(code="1.1")
    for each, field, text in ((update, "text", "يجري"), (row, "title", "القراءة")):
        Translation.objects.create(
            record=each.record_name(), record_id=each.pk, field=field, language="ar", text=text
        )
    Resolution.objects.create(
        concept=row.concept, body="Stadtrat", date=dt.date(2025, 3, 1), paper="7/25"
    )

    found = report("ar")

    first, second = found.measures
    assert (found.language, found.direction) == ("ar", "rtl")
    assert (first.title, second.title) == ("القراءة", "Lesen")
    assert (first.news[0].text, first.now.label) == ("يجري", "يسير")
    assert report("de").resolved == "Stadtrat, 1. März 2025, 7/25"
    assert report("de").measures[0].period == "2024–2026"


@pytest.mark.parametrize(
    ("since", "until", "language", "reasons"),
    [
        (
            UNTIL,
            SINCE,
            "de",
            [
                (
                    "The period ends on 1 January 2025, before it begins on 30 June 2025. Please "
                    "correct one of them."
                )
            ],
        ),
        (
            SINCE,
            TODAY + dt.timedelta(days=1),
            "de",
            [
                (
                    "The period ends on 16 July 2025, which has not come yet. A report says what "
                    "has happened: choose today or an earlier day."
                )
            ],
        ),
        (dt.date.min, TODAY, "de", ["0001-01-01 can’t be right; please check the year."]),
        (SINCE, TODAY, "uk", ["Musterstadt doesn’t write in “uk”; there is: de, ar."]),
    ],
)
def test_what_cannot_be_reported_is_refused_with_its_reason(
    town: Municipality, since: dt.date, until: dt.date, language: str, reasons: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        council_report(
            concept=Concept.objects.get(),
            since=since,
            until=until,
            audience="council",
            language=language,
            today=TODAY,
        )

    assert refused.value.reasons == reasons


def test_draft_is_not_reported_on(town: Municipality) -> None:
    Concept.objects.update(status="draft")

    with pytest.raises(Refused, match="“Plan 2025” is a draft"):
        report()


def test_empty_concept_makes_an_empty_report(db: None) -> None:
    settle(plan())

    found = report()

    assert (found.measures, found.counts, found.money, found.heard_of) == ([], [], [], 0)
