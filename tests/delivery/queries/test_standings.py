"""A measure stands where its last report says; silence is a standing, too."""

import datetime as dt

import pytest

from leitbild.accounts.models import Municipality
from leitbild.delivery.conduct import Conduct
from leitbild.delivery.enums import State
from leitbild.delivery.models import ProgressUpdate, Rhythm
from leitbild.delivery.queries import (
    NO_NEWS,
    Standing,
    current_updates,
    standings,
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


def test_standing_of_a_measure_is_worked_out_once(town: Municipality, concept: Concept) -> None:
    report_on(town, "1.1", "under_way", "2025-03-01")
    known, row = standings(concept, town), Measure.objects.get(code="1.1")

    found = known.of_measure(row)

    assert known.of_measure(row) is found
    assert (found.due, found.due) == (dt.date(2025, 9, 1), dt.date(2025, 9, 1))


def test_question_for_standings_is_put_anew_to_each_concept(
    town: Municipality, concept: Concept
) -> None:
    other = settle(plan(measure("1.1"), concept={"slug": "2030", "title": "B", "edition": 2030}))
    newer = Concept.objects.get(municipality=other, slug="2030")
    Rhythm.objects.create(concept=newer, months=3)
    before = standings(concept, town), standings(newer, town)
    Measure.objects.get(concept=newer, code="1.1").updates.create(date="2025-01-31", state="done")

    after = standings(concept, town), standings(newer, town)

    assert [len(each.by_id) for each in before] == [0, 0]
    assert [len(each.by_id) for each in after] == [0, 1]
    assert [each.concept_rhythm for each in after] == [None, 3]


def test_standings_of_some_measures_are_as_among_all(town: Municipality, concept: Concept) -> None:
    for code in ("1.1", "1.2"):
        report_on(town, code, "done", "2025-03-01")
    Rhythm.objects.create(concept=concept, months=3)
    row = Measure.objects.get(code="1.1")

    found = standings(concept, town, only={row.pk})

    assert list(found.by_id) == [row.pk]
    assert found.of_measure(row) == standings(concept, town).of_measure(row)


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
    assert len(queries_of(lambda: standings(concept, town))) == 1
    assert len(current_updates(concept)) == 30
    assert standings(concept, town).by_id == current_updates(concept)


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
    assert Standing(None).news == "No news yet"


def test_states_end_with_silence_and_have_labels() -> None:
    assert state_names() == [*State.values, NO_NEWS]
    assert len({Conduct().label(name) for name in state_names()}) == 7


@pytest.mark.parametrize(
    ("state", "day", "months", "freshness"),
    [
        ("under_way", "2026-05-31", 6, "fresh"),
        ("under_way", "2026-03-01", 6, "fresh"),
        ("under_way", "2026-02-28", 6, "due"),
        ("under_way", "2025-12-01", 6, "due"),
        ("under_way", "2025-11-30", 6, "silent"),
        ("permanent", "2025-08-31", 12, "fresh"),
        ("delayed", "2025-08-30", 12, "due"),
        ("done", "2020-01-01", 6, "closed"),
        ("stopped", "2020-01-01", 6, "closed"),
    ],
)
def test_news_is_fresh_for_its_rhythm_then_due_then_silent(
    state: str, day: str, months: int, freshness: str
) -> None:
    update = ProgressUpdate(date=dt.date.fromisoformat(day), state=state)

    standing = Standing(update, rhythm=months, today=dt.date(2026, 8, 31))

    assert standing.freshness == freshness


@pytest.mark.parametrize(
    ("state", "day", "words"),
    [
        ("under_way", "2026-05-31", "Last news 31 May 2026"),
        ("done", "2020-01-01", "Last news 1 January 2020"),
        ("under_way", "2026-02-28", "Last news 28 February 2026, the next is due"),
        ("under_way", "2025-11-30", "No news for 274 days"),
    ],
)
def test_news_is_told_in_words_and_silence_in_days(state: str, day: str, words: str) -> None:
    update = ProgressUpdate(date=dt.date.fromisoformat(day), state=state)

    assert Standing(update, today=dt.date(2026, 8, 31)).news == words


def test_rhythm_that_ends_in_a_short_month_is_due_on_its_last_day() -> None:
    update = ProgressUpdate(date=dt.date(2025, 8, 31), state="under_way")

    assert Standing(update, rhythm=6).due == dt.date(2026, 2, 28)


def test_measure_without_any_news_is_silent_unless_it_is_to_come() -> None:
    today = dt.date(2026, 8, 31)

    assert Standing(None, today=today).freshness == "silent"
    assert Standing(None, starts=today, today=today).freshness == "silent"
    assert Standing(None, starts=dt.date(2027, 1, 1), today=today).freshness == "fresh"
    assert Standing(None, today=today).silent_days is None


def test_measures_rhythm_goes_before_the_concepts_and_the_towns(
    town: Municipality, concept: Concept
) -> None:
    first, second, third = Measure.objects.order_by("code")
    Rhythm.objects.create(concept=concept, measure=second, months=3)
    towns = standings(concept, town).of_measure(third).months
    Rhythm.objects.create(concept=concept, months=12)

    known = standings(concept, town)

    assert towns == 6
    assert [known.of_measure(each).months for each in (first, second)] == [12, 3]


def test_internal_news_counts_where_it_is_asked_for(town: Municipality, concept: Concept) -> None:
    report_on(town, "1.1", "under_way", "2025-01-01")
    lesen = Measure.objects.get(code="1.1")
    lesen.updates.create(date="2025-02-01", state="stopped", reason="Kein Geld.", public=False)

    assert standings(concept, town).of_measure(lesen).name == "under_way"
    assert standings(concept, town, internal=True).of_measure(lesen).name == "stopped"
    assert standings(concept, town, until=dt.date(2024, 12, 31)).of_measure(lesen).name == NO_NEWS
    assert [each.state for each in updates_of(concept, "1.1")] == ["under_way"]
    assert updates_of(concept, "1.1", internal=True).count() == 2
