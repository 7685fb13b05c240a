"""A city conducts its plan as it chose; what it left alone is as most cities want it."""

from typing import Any

import pytest
from django.utils.translation import override
from pydantic import ValidationError

from leitbild.accounts.models import Municipality
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.conduct import change_conduct
from leitbild.delivery.conduct import NO_NEWS, Conduct, StateLook, conduct_of
from leitbild.delivery.enums import Release, Shape, State
from leitbild.delivery.queries import state_names


@pytest.fixture
def town(db: None) -> Municipality:
    return Municipality.objects.create(slug="x", name="X", languages=["de", "uk"])


def test_conduct_is_kept_where_it_differs_and_logged(town: Municipality) -> None:
    looks = {State.PLANNED: StateLook(words={"de": "in Vorbereitung"})}
    wanted = Conduct(rhythm=3, release=Release.AT_ONCE, escalation_after=14, states=looks)

    change_conduct(municipality=town, conduct=wanted, by=None)
    change_conduct(municipality=town, conduct=wanted, by=None)

    town.refresh_from_db()
    assert town.reporting == {
        "rhythm": 3,
        "release": "at_once",
        "escalation_after": 14,
        "states": {"planned": {"words": {"de": "in Vorbereitung"}}},
    }
    assert conduct_of(town) == wanted
    event = AuditEvent.objects.get()
    assert event.changes == {
        "fields": {
            "rhythm": [6, 3],
            "release": ["approval", "at_once"],
            "escalation_after": [None, 14],
            "states": ["", "planned: in Vorbereitung"],
        }
    }


def test_states_that_could_not_be_told_apart_are_refused(town: Municipality) -> None:
    same = {
        State.PLANNED: StateLook(words={"de": "Läuft"}, shape=Shape.HALF),
        State.UNDER_WAY: StateLook(words={"de": "läuft"}),
    }

    with pytest.raises(Refused) as refused:
        change_conduct(municipality=town, conduct=Conduct(states=same), by=None)

    assert refused.value.reasons == [
        "“planned” and “under way” can’t have the same form: half filled.",
        "“planned” and “under way” can’t both be called “läuft”.",
    ]
    town.refresh_from_db()
    assert town.reporting == {}


def test_two_states_may_change_their_forms() -> None:
    swapped = Conduct(
        states={
            State.PLANNED: StateLook(shape=Shape.FILLED),
            State.DONE: StateLook(shape=Shape.OUTLINE),
        }
    )

    assert [swapped.shape(name) for name in state_names()] == [
        "done", "under_way", "planned", "permanent", "delayed", "stopped", NO_NEWS,
    ]  # fmt: skip


def test_own_word_holds_in_its_language_alone() -> None:
    own = Conduct(states={State.DONE: StateLook(words={"de": "geschafft"})})

    with override("de"):
        german = own.label("done")
    with override("en"):
        english = (own.label("done"), own.label(NO_NEWS))

    assert german == "geschafft"
    assert english == ("done", "no news yet")


@pytest.mark.parametrize(
    "values",
    [{"rhythm": 0}, {"rhythm": 61}, {"reminders_after": (0,)}, {"states": {"best": {}}}, {"x": 1}],
)
def test_impossible_conduct_cant_be_made(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Conduct.model_validate(values)
