"""Which texts are translated: what is missing, out of date, a draft or done."""

from typing import Any

import pytest

from leitbild.accounts.models import Municipality
from leitbild.core.enums import TranslationState
from leitbild.core.models import Translation
from leitbild.plan.enums import TextState
from leitbild.plan.models import Concept, Goal, Measure, TargetGroup, Theme
from leitbild.plan.queries.translations import (
    Gap,
    Job,
    TextInventory,
    source_row,
    source_rows,
    translation_gaps,
)
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

BOTH: dict[str, Any] = {"de": "Lesen", "ar": "قراءة"}


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1", BOTH, summary="Kurz."), measure("1.2", BOTH)))


def concepts(town: Municipality) -> list[Concept]:
    return list(Concept.objects.filter(municipality=town).order_by("pk"))


def gaps(town: Municipality) -> list[Gap]:
    return translation_gaps(town, concepts(town))


def jobs(town: Municipality) -> list[Job]:
    return TextInventory(town, concepts(town)).jobs("ar")


def test_texts_of_an_edition_and_of_the_shared_lists_are_counted_apart(town: Municipality) -> None:
    [concept] = concepts(town)

    # The edition: its title, the theme's name and vision, the goal's title, a summary; titles done.
    # The lists: the town's name, two organisations, and the stages and groups it began with.
    edition, lists = gaps(town)

    assert edition == Gap("ar", concept, missing=5, done=2)
    assert (lists.language, lists.concept) == ("ar", None)
    assert lists.missing == lists.total == len(_names(town))


def _names(town: Municipality) -> list[str]:
    return [
        text
        for each in source_rows(town, [])
        for field in each.fields
        if (text := getattr(each.row, field))
    ]


def test_translation_of_a_source_that_changed_is_out_of_date(town: Municipality) -> None:
    Measure.objects.filter(code="1.1").update(title="Lesen lernen")

    assert gaps(town)[0].outdated == 1


@pytest.mark.parametrize("state", [TranslationState.DRAFT, TranslationState.MACHINE])
def test_translation_nobody_called_final_is_a_draft(
    town: Municipality, state: TranslationState
) -> None:
    Translation.objects.filter(record_id=Measure.objects.get(code="1.2").pk).update(state=state)

    gap = gaps(town)[0]

    assert (gap.draft, gap.done, gap.open) == (1, 1, 6)


def test_job_says_where_each_text_stands(town: Municipality) -> None:
    found = next(each for each in jobs(town) if str(each.row).startswith("1.1"))

    assert found.states == {"title": TextState.DONE, "summary": TextState.MISSING}
    assert found.count(TextState.MISSING) == 1


def test_goal_and_measure_belong_to_the_theme(town: Municipality) -> None:
    theme = Theme.objects.get()

    found = {type(each.row): each.source.theme_id for each in jobs(town)}

    assert found[Theme] == found[Goal] == found[Measure] == theme.pk
    assert found[Concept] is None


def test_row_without_text_is_no_job(town: Municipality) -> None:
    Theme.objects.update(name="", vision="")

    assert not [each for each in jobs(town) if isinstance(each.row, Theme)]


def test_gaps_take_as_many_queries_for_five_hundred_measures(town: Municipality) -> None:
    few = queries_of(lambda: gaps(town))
    grow(town, 500)
    many = queries_of(lambda: gaps(town))

    assert_same_number(few, many)
    assert len(many) == 3  # the editions, all their texts, the translations


def test_jobs_take_as_many_queries_for_five_hundred_measures(town: Municipality) -> None:
    few = queries_of(lambda: jobs(town))
    grow(town, 500)
    many = queries_of(lambda: jobs(town))

    assert_same_number(few, many)


def test_row_is_found_with_its_edition(town: Municipality) -> None:
    found = source_row(town, Measure, Measure.objects.get(code="1.1").pk)

    assert found
    assert (str(found.row), found.concept) == ("1.1 Lesen", Concept.objects.get())


def test_row_of_another_municipality_is_not_found(town: Municipality) -> None:
    other = Municipality.objects.create(slug="b", name="B", languages=["de", "ar"])
    group = TargetGroup.objects.create(municipality=other, slug="x", name="X")
    measure = Measure.objects.get(code="1.1")

    assert source_row(town, Municipality, other.pk) is None
    assert source_row(town, TargetGroup, group.pk) is None
    assert source_row(other, Measure, measure.pk) is None
    assert source_row(other, Municipality, other.pk)
