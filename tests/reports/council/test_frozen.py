"""A frozen report says the same for good, and says so when it can't be trusted or read."""

import datetime as dt
import io
from typing import Any

import pypdf
import pytest
import time_machine
from django.utils.translation import override

from leitbild.accounts.models import Organisation, User
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.reports import freeze_report
from leitbild.delivery.models import FrozenReport, Milestone, Money, ProgressUpdate
from leitbild.plan.models import Concept, Measure, Theme
from leitbild.reports.council.assembly import council_report
from leitbild.reports.council.documents import council_file
from leitbild.reports.council.frozen import content_of, digest_of, thawed
from tests.reports.council.worlds import SINCE, UNTIL, random_town

NOON = dt.datetime(2025, 7, 15, 12, tzinfo=dt.UTC)


@pytest.fixture
def concept(db: None) -> Concept:
    random_town(1, measures=6)
    return Concept.objects.select_related("municipality").get()


def freeze(concept: Concept, until: dt.date = UNTIL, by: User | None = None) -> FrozenReport:
    report = council_report(concept=concept, since=SINCE, until=until, audience="council")
    return freeze_report(concept=concept, content=content_of(report), by=by)


def shown(row: FrozenReport) -> str:
    """The text of its PDF, as somebody opens it now."""
    pages = pypdf.PdfReader(io.BytesIO(council_file(thawed(row), "pdf"))).pages
    return "\n".join(page.extract_text() for page in pages)


def test_frozen_report_says_the_same_a_year_later(concept: Concept) -> None:
    ada = User.objects.create(email="ada@example.org", name="Ada")
    with time_machine.travel(NOON, tick=False):
        report = council_report(concept=concept, since=SINCE, until=UNTIL, audience="council")
        row = freeze_report(concept=concept, content=content_of(report), by=ada)
        text = shown(row)

    with time_machine.travel(NOON + dt.timedelta(days=365), tick=False), override("de"):
        _change_everything(concept)
        later = FrozenReport.objects.get(number=1)
        found = thawed(later)

        assert shown(later) == text
        assert found == report.model_copy(update={"number": 1, "digest": row.digest})
        again = council_report(concept=concept, since=SINCE, until=UNTIL, audience="council")
        assert content_of(again) != content_of(found)
    event = AuditEvent.objects.get(action="report.freeze")
    assert (event.actor_name, event.changes["number"]) == ("Ada", 1)
    assert event.changes["digest"] == row.digest == digest_of(report)


def _change_everything(concept: Concept) -> None:
    """What a year brings: new titles, words, departments, and news of the time reported late."""
    town = concept.municipality
    town.reporting = {"states": {"done": {"words": {"en": "over"}, "shape": "stopped"}}}
    town.name = "Andersheim"
    town.save()
    concept.title = "Anders"
    concept.save()
    Measure.objects.update(title="Anders", lead=None)
    Organisation.objects.all().delete()
    Theme.objects.update(name="Anders", vision="Anders", colour="#000000")
    Milestone.objects.update(title="Anders", done=SINCE)
    Money.objects.update(planned_cents=1)
    ProgressUpdate.objects.create(measure=Measure.objects.all()[0], date=UNTIL, state="done")


def test_reports_are_numbered_and_the_same_one_is_not_frozen_twice(concept: Concept) -> None:
    numbers = [freeze(concept).number, freeze(concept, UNTIL + dt.timedelta(days=1)).number]

    with pytest.raises(Refused) as refused:
        freeze(concept)

    assert numbers == [1, 2]
    assert refused.value.reasons == [
        "Report 1 says exactly this already; nothing was frozen again."
    ]
    assert FrozenReport.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "digest", "reason"),
    [
        (
            {"concept": "Anders"},
            None,
            (
                "Report 3 doesn’t match its digest: it was altered. Tell whoever runs the "
                "installation; a backup holds the sound one."
            ),
        ),
        (
            {"format": "leitbild-report/9"},
            "own",
            (
                "Report 3 was frozen in the format “leitbild-report/9”, which this version can’t "
                "read. Open it with the version that froze it."
            ),
        ),
        (
            {"nonsense": 1},
            "own",
            (
                "Report 3 was frozen in the format “leitbild-report/1”, which this version can’t "
                "read. Open it with the version that froze it."
            ),
        ),
    ],
)
def test_report_that_is_not_as_it_was_is_refused(
    concept: Concept, content: dict[str, Any], digest: str | None, reason: str
) -> None:
    report = council_report(concept=concept, since=SINCE, until=UNTIL, audience="council")
    altered = {**content_of(report), **content}
    row = FrozenReport(number=3, content=altered, digest=digest_of(report))
    if digest:
        row.digest = freeze_report(concept=concept, content=altered, by=None).digest

    with pytest.raises(Refused) as refused:
        thawed(row)

    assert refused.value.reasons == [reason]


def test_frozen_content_comes_back_from_the_database_as_it_went_in(concept: Concept) -> None:
    Measure.objects.update(title="Zeichen: “ü” 漢字 \U0001f600 </script> \\u0041")

    row = FrozenReport.objects.get(pk=freeze(concept).pk)

    assert thawed(row).measures[0].title == "Zeichen: “ü” 漢字 \U0001f600 </script> \\u0041"
