"""Saving translations: what is written, what is refused, and that nobody overwrites anybody."""

from typing import Any

import pytest

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User
from leitbild.core.enums import TranslationState
from leitbild.core.models import AuditEvent, Translation
from leitbild.core.queries import overlay
from leitbild.core.refusal import Refused
from leitbild.plan.actions.translating import Overtaken, save_translations, sighting
from leitbild.plan.enums import TextState
from leitbild.plan.models import Measure
from leitbild.plan.queries.translations import state_of_text, translations_of
from tests.people import member
from tests.towns import measure, plan, settle

FINAL = TranslationState.FINAL


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1", {"de": "Lesen", "ar": "قراءة"}, summary="Kurz.")))


@pytest.fixture
def translator(town: Municipality) -> User:
    return member(town, Role.TRANSLATOR)


def the_measure() -> Measure:
    return Measure.objects.get(code="1.1")


def texts() -> dict[str, str]:
    return {field: each.text for field, each in translations_of(the_measure(), "ar").items()}


def states() -> dict[str, TextState]:
    row = the_measure()
    return {
        field: state_of_text(each, getattr(row, field))
        for field, each in translations_of(row, "ar").items()
    }


def what_is_seen() -> dict[str, str]:
    now = texts()
    row = the_measure()
    return {field: sighting(getattr(row, field), now.get(field, "")) for field in row.translatable}


def save(town: Municipality, by: User, /, **given: Any) -> list[str]:
    values: dict[str, Any] = {
        "municipality": town,
        "language": "ar",
        "record": the_measure(),
        "texts": {},
        "seen": what_is_seen(),
        "by": by,
    }
    return save_translations(**{**values, **given})


def test_new_text_is_stored_as_final_with_one_event(town: Municipality, translator: User) -> None:
    before = AuditEvent.objects.count()

    changed = save(town, translator, texts={"title": "قراءة", "summary": "باختصار."})

    assert changed == ["summary"]
    assert texts() == {"title": "قراءة", "summary": "باختصار."}
    assert states() == {"title": TextState.DONE, "summary": TextState.DONE}
    assert AuditEvent.objects.count() == before + 1
    event = AuditEvent.objects.first()
    assert event
    assert (event.action, event.record, event.record_id) == (
        "translation.edit",
        "plan.measure",
        the_measure().pk,
    )
    assert event.changes == {
        "language": "ar",
        "state": "final",
        "texts": {"summary": {"before": "", "after": "باختصار."}},
    }


def test_nothing_new_leaves_no_event(town: Municipality, translator: User) -> None:
    before = AuditEvent.objects.count()

    assert save(town, translator, texts={"title": "قراءة", "summary": ""}) == []

    assert AuditEvent.objects.count() == before


def test_empty_text_removes_the_translation(town: Municipality, translator: User) -> None:
    assert save(town, translator, texts={"title": ""}) == ["title"]

    assert texts() == {}


def test_readers_see_a_draft_once_it_is_final(town: Municipality, translator: User) -> None:
    draft = TranslationState.DRAFT
    save(town, translator, texts={"title": "قراءة", "summary": "باختصار."}, state=draft)
    hidden = the_measure()
    overlay([hidden], language="ar", source="de")

    save(town, translator, texts={"title": "قراءة", "summary": "باختصار."}, state=FINAL)

    shown = the_measure()
    overlay([shown], language="ar", source="de")
    assert (hidden.t.summary, hidden.t.summary.is_fallback) == ("Kurz.", True)
    assert (shown.t.summary, shown.t.summary.is_fallback) == ("باختصار.", False)


def test_text_that_still_fits_is_up_to_date_again(town: Municipality, translator: User) -> None:
    Measure.objects.update(title="Besser lesen")
    assert states()["title"] == TextState.OUTDATED

    save(town, translator, texts={"title": "قراءة"}, confirmed=["title"])

    assert states()["title"] == TextState.DONE


def test_saving_another_text_leaves_an_outdated_one_outdated(
    town: Municipality, translator: User
) -> None:
    Measure.objects.update(title="Besser lesen")

    save(town, translator, texts={"title": "قراءة", "summary": "باختصار."})

    assert states() == {"title": TextState.OUTDATED, "summary": TextState.DONE}


def test_second_translator_overwrites_nothing(town: Municipality, translator: User) -> None:
    seen = what_is_seen()
    other = member(town, Role.OFFICER)
    save(town, other, texts={"title": "القراءة"})

    with pytest.raises(Overtaken) as caught:
        save(town, translator, texts={"title": "أن نقرأ", "summary": "باختصار."}, seen=seen)

    assert texts() == {"title": "القراءة"}
    collision = caught.value.collisions["title"]
    assert (collision.text, collision.author) == ("القراءة", str(other))
    assert caught.value.reasons == [f"{other} changed this text while you were writing."]
    assert set(caught.value.collisions) == {"title"}


def test_second_translator_of_another_text_is_not_stopped(
    town: Municipality, translator: User
) -> None:
    seen = what_is_seen()
    save(town, member(town, Role.OFFICER), texts={"title": "القراءة"})

    save(town, translator, texts={"title": "قراءة", "summary": "باختصار."}, seen=seen)

    assert texts() == {"title": "القراءة", "summary": "باختصار."}


def test_source_that_changed_meanwhile_is_shown_first(town: Municipality, translator: User) -> None:
    seen = what_is_seen()
    Measure.objects.update(summary="Ganz anders.")

    with pytest.raises(Overtaken) as caught:
        save(town, translator, texts={"summary": "باختصار."}, seen=seen)

    assert caught.value.collisions["summary"].source_changed
    assert caught.value.reasons == ["The source text changed while you were writing."]


@pytest.mark.parametrize("language", ["de", "fr", ""])
def test_language_the_municipality_lacks_is_refused(
    town: Municipality, translator: User, language: str
) -> None:
    with pytest.raises(Refused, match="doesn’t publish in"):
        save(town, translator, language=language, texts={"title": "Lire"})


def test_text_of_another_municipality_is_refused(town: Municipality, translator: User) -> None:
    other = Municipality.objects.create(slug="b", name="B", languages=["de", "ar"])

    with pytest.raises(Refused, match="isn’t there any more"):
        save(other, translator, texts={"title": "x"})

    assert texts() == {"title": "قراءة"}


def test_column_that_is_no_text_is_refused(town: Municipality, translator: User) -> None:
    with pytest.raises(ValueError, match="has no texts"):
        save(town, translator, texts={"code": "9"})

    assert not Translation.objects.filter(field="code").exists()
