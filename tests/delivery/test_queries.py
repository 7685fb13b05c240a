"""A measure stands where its last report says; silence is a standing, too."""

import pytest

from leitbild.accounts.models import Municipality
from leitbild.delivery.conduct import Conduct
from leitbild.delivery.enums import State
from leitbild.delivery.queries import (
    NO_NEWS,
    Standing,
    current_updates,
    state_names,
    updates_of,
)
from leitbild.plan.models import Concept, Measure
from tests.queries import queries_of
from tests.towns import grow, measure, plan, report_on, settle


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1"), measure("1.2"), measure("1.3")))


@pytest.fixture
def concept(town: Municipality) -> Concept:
    return Concept.objects.get(municipality=town)


def states(concept: Concept) -> dict[str, str]:
    codes = dict(Measure.objects.values_list("pk", "code"))
    return {codes[pk]: update.state for pk, update in current_updates(concept).items()}


def test_latest_day_counts_whenever_it_was_recorded(town: Municipality, concept: Concept) -> None:
    report_on(town, "1.1", "done", "2025-03-01")
    report_on(town, "1.1", "planned", "2025-01-01")
    report_on(town, "1.2", "delayed", "2024-01-01")

    assert states(concept) == {"1.1": "done", "1.2": "delayed"}


def test_last_word_of_a_day_counts(town: Municipality, concept: Concept) -> None:
    report_on(town, "1.1", "planned")
    report_on(town, "1.1", "under_way")

    assert states(concept) == {"1.1": "under_way"}


def test_current_updates_are_the_concepts_own(town: Municipality) -> None:
    other = settle(plan(measure("1.1"), concept={"slug": "2030", "title": "B", "edition": 2030}))
    report_on_2025 = Measure.objects.get(concept__slug="2025", code="1.1")
    report_on_2025.updates.create(date="2025-01-31", state="done")

    assert current_updates(Concept.objects.get(municipality=other, slug="2030")) == {}


def test_current_updates_take_one_query(town: Municipality, concept: Concept) -> None:
    grow(town, 30)

    assert len(queries_of(lambda: current_updates(concept))) == 1
    assert len(current_updates(concept)) == 30


def test_updates_of_a_measure_are_newest_first(town: Municipality, concept: Concept) -> None:
    report_on(town, "1.1", "planned", "2024-01-01")
    report_on(town, "1.1", "done", "2025-01-01")
    report_on(town, "1.1", "under_way", "2024-06-01")
    report_on(town, "1.2", "stopped", "2025-06-01")

    found = [update.state for update in updates_of(concept, "1.1")]

    assert found == ["done", "under_way", "planned"]


def test_silence_is_a_standing() -> None:
    assert Standing(None).name == NO_NEWS
    assert Standing(None).label == "no news yet"


def test_states_end_with_silence_and_have_labels() -> None:
    assert state_names() == [*State.values, NO_NEWS]
    assert len({Conduct().label(name) for name in state_names()}) == 7
