"""How the demo's measures have fared: two years of samples, alive whenever it is started."""

import copy
import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Final

from leitbild.accounts.models import Contact, Municipality
from leitbild.delivery.conduct import conduct_of
from leitbild.delivery.enums import Freshness, MoneySource, State, UpdateKind
from leitbild.delivery.models import (
    CouncilPaper,
    Milestone,
    MilestoneValue,
    Money,
    ProgressUpdate,
    Responsibility,
    Rhythm,
)
from leitbild.delivery.queries import Standing, standings
from leitbild.delivery.queries.responsible import responsible_contacts
from leitbild.demo.days import BASE, Calendar
from leitbild.plan.models import Concept, Measure

FRESHNESS: Final = {"fresh": 17, "due": 4, "silent": 3, "closed": 8}


def found(town: Municipality) -> dict[str, Standing]:
    """Where the measures stand on the base day, by code."""
    concept = Concept.objects.get(municipality=town, slug="2022")
    there = standings(concept, town, until=BASE)
    return {each.code: there.of_measure(each) for each in Measure.objects.filter(concept=concept)}


def test_demo_holds_two_years_of_delivery(demo_city: Municipality) -> None:
    assert ProgressUpdate.objects.count() == 151
    assert ProgressUpdate.objects.filter(date__gte=BASE - dt.timedelta(days=2 * 366)).count() == 97
    assert ProgressUpdate.objects.filter(kind=UpdateKind.CONFIRMED).count() == 10
    assert ProgressUpdate.objects.filter(public=False).count() == 2
    assert (Milestone.objects.count(), MilestoneValue.objects.count()) == (62, 78)
    assert (Money.objects.count(), CouncilPaper.objects.count()) == (126, 8)
    assert set(Money.objects.values_list("source", flat=True)) == set(MoneySource.values)


def test_everything_is_marked_as_a_sample(demo_city: Municipality) -> None:
    for kind in (ProgressUpdate, Milestone, MilestoneValue, Money, CouncilPaper):
        assert not kind._default_manager.filter(sample=False).exists()
    assert not Contact.objects.exclude(email__endswith="@demo.example").exists()


def test_nothing_was_reported_after_the_base_day(demo_city: Municipality) -> None:
    assert not ProgressUpdate.objects.filter(date__gt=BASE).exists()
    assert not MilestoneValue.objects.filter(date__gt=BASE).exists()
    assert not Milestone.objects.filter(done__gt=BASE).exists()


def test_measures_are_in_every_state_and_some_are_silent(demo_city: Municipality) -> None:
    there = found(demo_city)

    assert Counter(each.name for each in there.values()) == {
        "under_way": 11,
        "done": 6,
        "planned": 4,
        "permanent": 4,
        "delayed": 3,
        "stopped": 2,
        "no_news": 2,
    }
    assert Counter(each.freshness for each in there.values()) == FRESHNESS
    silent = [code for code, each in there.items() if each.freshness == Freshness.SILENT]
    assert silent == ["4.5", "5.5", "5.6"]


def test_demo_looks_the_same_whenever_it_is_started(demo_city: Municipality) -> None:
    there = list(found(demo_city).values())
    for days in range(0, 800, 3):
        today = BASE + dt.timedelta(days=days)

        moved = Counter(on(each, today).freshness for each in there)

        assert moved == FRESHNESS, today


def on(standing: Standing, today: dt.date) -> Standing:
    """The same standing in a demo that was started on another day."""
    update = copy.copy(standing.update)
    if update is not None:
        update.date = Calendar(today).day(update.date)
    return replace(standing, update=update, today=today)


def test_late_and_stopped_measures_say_why(demo_city: Municipality) -> None:
    reported = ProgressUpdate.objects.filter(kind=UpdateKind.REPORTED)

    assert not reported.filter(state__in=[State.DELAYED, State.STOPPED], reason="").exists()
    assert not reported.exclude(state__in=[State.DELAYED, State.STOPPED]).filter(text="").exists()


def test_somebody_can_be_asked_for_nearly_every_measure(demo_city: Municipality) -> None:
    measures = list(Measure.objects.filter(concept__slug="2022"))
    asked = responsible_contacts(measures)

    # 4.5 and 5.4 have no lead; the advisory council, which leads 4.3, named nobody.
    assert [each.code for each in measures if each.pk not in asked] == ["4.3", "4.5", "5.4"]
    assert Responsibility.objects.get().contact.name == "Ruben Rehbach"
    assert asked[next(each.pk for each in measures if each.code == "5.2")].name == "Ruben Rehbach"


def test_city_publishes_money_and_tells_heads(demo_city: Municipality) -> None:
    conduct = conduct_of(demo_city)

    assert (conduct.money_is_public, conduct.escalation_after) == (True, 14)
    assert dict(Rhythm.objects.values_list("measure__code", "months")) == {
        "2.6": 3,
        "3.2": 12,
        "3.3": 3,
        "5.2": 3,
    }
