"""All there is of one measure by one query: its own, in order, and nobody else's."""

import datetime as dt

import pytest
import time_machine
from django.db import connection

from leitbild.accounts.models import Municipality
from leitbild.delivery.conduct import Conduct
from leitbild.delivery.models import (
    Attachment,
    CouncilPaper,
    Milestone,
    MilestoneValue,
    Money,
    Rhythm,
)
from leitbild.delivery.queries.dossier import Dossier, dossier
from leitbild.plan.actions.adopting import adopt, submit_proposal
from leitbild.plan.models import Concept, Measure, Resolution
from tests.queries import queries_of
from tests.towns import measure, plan, report_on, settle

TODAY = dt.date(2026, 6, 1)
OPEN = Conduct(money_is_public=True)


def fill(measure: Measure) -> None:
    """Something of everything, the older after the newer."""
    code = measure.code
    measure.updates.create(date="2026-05-01", state="stopped", reason="Intern.", public=False)
    for year, source in ((2026, "budget"), (2025, "grant"), (2025, "budget")):
        Money.objects.create(measure=measure, year=year, source=source, planned_cents=year)
    for title, date in (("ohne", None), ("alt", "2024-01-01"), ("neu", "2025-01-01")):
        CouncilPaper.objects.create(measure=measure, title=f"{title} {code}", date=date)
    for name, public in (("a.pdf", True), ("b.pdf", False)):
        Attachment.objects.create(
            measure=measure, title=name, file=name, name=name, size=1, public=public
        )
    for title, due, done in (
        ("spät", "2026-05-31", None),
        ("heute", "2026-06-01", None),
        ("fertig", "2024-01-01", "2024-02-02"),
    ):
        step = Milestone.objects.create(measure=measure, title=title, due=due, done=done)
        for value, day in ((14, "2026-05-01"), (9, "2026-04-01"), (99, "2026-06-02")):
            MilestoneValue.objects.create(milestone=step, value=value, date=day)


@pytest.fixture
def town(db: None) -> Municipality:
    town = settle(plan(measure("1.1"), measure("1.2", "Rechnen")))
    concept = Concept.objects.get()
    for code in ("1.1", "1.2"):
        report_on(town, code, "under_way", "2026-01-01")
        report_on(town, code, "delayed", "2026-03-01")
        fill(Measure.objects.get(code=code))
    lesen = Measure.objects.get(code="1.1")
    lesen.updates.create(date="2026-04-01", state="delayed", kind="confirmed")
    Rhythm.objects.create(concept=concept, months=12)
    Rhythm.objects.create(concept=concept, measure=lesen, months=3)
    Resolution.objects.create(concept=concept, body="Stadtrat", date="2025-02-02")
    publication = submit_proposal(concept=concept, by=None, typeset=lambda _: b"%PDF")
    adopt(publication=publication, by=None, body="Stadtrat", date=dt.date(2025, 2, 2))
    return town


def found(code: str, conduct: Conduct, *, internal: bool = False) -> Dossier:
    concept = Concept.objects.get()
    concept.municipality  # noqa: B018 # loads it
    connection.features.supports_json_field  # noqa: B018 # SQLite is asked that once
    answers: list[Dossier] = []
    with time_machine.travel(dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC), tick=False):
        sent = queries_of(
            lambda: answers.append(dossier(concept, code, conduct, internal=internal))
        )
    assert len(sent) == 1
    return answers[0]


def test_dossier_holds_what_is_public_in_order(town: Municipality) -> None:
    shown = found("1.1", OPEN)

    assert [str(each) for each in shown.updates] == [
        "2026-04-01: delayed",
        "2026-03-01: delayed",
        "2026-01-01: under_way",
    ]
    assert shown.last_word
    assert shown.last_word.reason == "Grund bei 1.1"
    assert [(each.milestone.title, each.value, each.is_overdue) for each in shown.milestones] == [
        ("fertig", 14, False),
        ("spät", 14, True),
        ("heute", 14, False),
    ]
    assert [(each.year, each.source) for each in shown.money] == [
        (2025, "budget"),
        (2025, "grant"),
        (2026, "budget"),
    ]
    assert [each.title for each in shown.papers] == ["neu 1.1", "alt 1.1", "ohne 1.1"]
    assert [each.name for each in shown.attachments] == ["a.pdf"]
    assert [(each.body, each.date) for each in shown.resolutions] == [
        ("Stadtrat", dt.date(2025, 2, 2))
    ]
    assert [getattr(each, "number", None) for each in shown.adoptions] == [1]


def test_office_sees_what_is_internal(town: Municipality) -> None:
    shown = found("1.1", Conduct(), internal=True)

    assert shown.updates[0].reason == "Intern."
    assert [each.name for each in shown.attachments] == ["b.pdf", "a.pdf"]
    assert len(shown.money) == 3


def test_money_is_the_publics_where_it_is_published(town: Municipality) -> None:
    assert found("1.1", Conduct()).money == []


def test_standing_has_the_rhythm_of_the_measure_or_the_concept(town: Municipality) -> None:
    standings = [
        found(code, OPEN).standing(Measure.objects.get(code=code)) for code in ("1.1", "1.2")
    ]

    assert [each.months for each in standings] == [3, 12]
    assert [each.name for each in standings] == ["delayed", "delayed"]
    assert [each.today for each in standings] == [TODAY, TODAY]


def test_measure_nobody_spoke_of_has_an_empty_dossier(town: Municipality) -> None:
    shown = found("9.9", OPEN)

    assert (shown.updates, shown.milestones, shown.money, shown.papers) == ([], [], [], [])
    assert (shown.attachments, shown.last_word) == ([], None)
    assert shown.rhythm == 12
