"""Texts in the reader's language: one query, whatever is shown."""

from hashlib import sha256

import pytest

from leitbild.accounts.models import Municipality
from leitbild.core.enums import TranslationState
from leitbild.core.models import Translation
from leitbild.core.queries import all_texts, digest, overlay
from leitbild.plan.models import Goal, Measure, Theme
from tests.queries import queries_of
from tests.towns import measure, plan, settle

TITLE = {"de": "Lesen", "ar": "قراءة"}


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1", TITLE), measure("1.2", "Rechnen")))


def test_overlay_lays_the_translation_over(town: Municipality) -> None:
    row = Measure.objects.get(code="1.1")

    overlay([row], language="ar", source="de")

    assert (row.t.title, row.t.title.language, row.t.title.is_fallback) == ("قراءة", "ar", False)


def test_overlay_falls_back_to_the_source(town: Municipality) -> None:
    row = Measure.objects.get(code="1.2")

    overlay([row], language="ar", source="de")

    assert (row.t.title, row.t.title.language, row.t.title.is_fallback) == ("Rechnen", "de", True)


def test_overlay_takes_one_query_for_all_kinds(town: Municipality) -> None:
    rows = [town, *Theme.objects.all(), *Goal.objects.all(), *Measure.objects.all()]

    assert len(queries_of(lambda: overlay(rows, language="ar", source="de"))) == 1


def test_overlay_of_the_source_takes_no_query(town: Municipality) -> None:
    rows = list(Measure.objects.all())

    assert queries_of(lambda: overlay(rows, language="de", source="de")) == []
    assert [row.t.title for row in rows] == ["Lesen", "Rechnen"]
    assert not any(row.t.title.is_fallback for row in rows)


def test_overlay_of_nothing_takes_no_query(town: Municipality) -> None:
    assert queries_of(lambda: overlay([], language="ar", source="de")) == []


def test_row_shown_without_overlay_is_an_error(town: Municipality) -> None:
    with pytest.raises(RuntimeError, match=r"plan\.Measure is shown without overlay"):
        Measure.objects.get(code="1.1").t  # noqa: B018 # reading it is what fails


def test_all_texts_are_by_row_field_and_language(town: Municipality) -> None:
    first, second = Measure.objects.order_by("code")

    texts = all_texts([first, second], source="de")

    assert texts == {
        ("plan.measure", first.pk): {"title": TITLE, "summary": {}, "text": {}},
        ("plan.measure", second.pk): {"title": {"de": "Rechnen"}, "summary": {}, "text": {}},
    }


def test_digest_is_sha_256_of_the_text() -> None:
    assert digest("ä") == sha256("ä".encode()).hexdigest()


def test_draft_of_a_translation_is_not_shown(town: Municipality) -> None:
    Translation.objects.update(state=TranslationState.DRAFT)
    row = Measure.objects.get(code="1.1")

    overlay([row], language="ar", source="de")

    assert (row.t.title, row.t.title.is_fallback) == ("Lesen", True)
