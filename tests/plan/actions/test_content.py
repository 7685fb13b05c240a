"""What a part's content must be to be written, and how its row says it then."""

from typing import Any

import pytest

from leitbild.core.actions import write_translations
from leitbild.core.models import Translation
from leitbild.core.queries import digest
from leitbild.plan.actions.content import cleaned_content, content_obstacles, write_content
from leitbild.plan.enums import PartKind
from leitbild.plan.models import Concept, Goal, Measure, Theme
from leitbild.plan.queries.contents import Content, content_of
from tests.towns import measure, plan, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def concept() -> Concept:
    """A concept of two themes, goals and measures, and lists to choose from."""
    settle(
        plan(
            measure("1.1", "Vorlesen", goals=["1a", "1b"], lead="schulamt", start=2026, end=2027),
            measure("1.2", "Rechnen"),
            themes=[
                {"number": 1, "slug": "bildung", "name": "Bildung", "vision": "Alle lernen."},
                {"number": 2, "slug": "wohnen", "name": "Wohnen"},
            ],
            goals=[
                {"code": "1a", "theme": 1, "title": "Jedes Kind liest."},
                {"code": "1b", "theme": 1, "title": "Jedes Kind rechnet."},
            ],
        )
    )
    return Concept.objects.select_related("municipality").get()


def content(**changes: Any) -> Content:
    """What measure 1.1 says, with changes."""
    return {**content_of(Measure.objects.get(code="1.1")), **changes}


def reasons(concept: Concept, kind: str, part_id: int | None, said: Content) -> dict[str, str]:
    """The reasons against a content, by field."""
    found = content_obstacles(concept=concept, kind=kind, part_id=part_id, content=said)
    return {each.field: each.reason for each in found}


def of_measure(concept: Concept, **changes: Any) -> dict[str, str]:
    """The reasons against a change to measure 1.1, by field."""
    row = Measure.objects.get(code="1.1")
    return reasons(concept, PartKind.MEASURE, row.pk, {**content_of(row), **changes})


def test_every_reason_is_given_at_once_in_the_order_of_the_fields(concept: Concept) -> None:
    found = of_measure(
        concept,
        title=" ",
        code="1 1",
        start="bald",
        goals=["1a", "9z"],
        summary="x" * 601,
        lead="vhs",
    )

    assert found == {
        "code": "“1 1” can’t be a code. Please use up to 20 letters, digits, dots and hyphens "
        "without blanks, such as “2.3” or “M-12”.",
        "title": "This is missing. Please fill it in.",
        "summary": "The text has 601 characters; at most 600 are possible.",
        "goals": "Not there (any more): 9z. Please choose again.",
        "start": "“bald” is neither a year nor a date. Please write 2027, 2027-03-31 or "
        "31.03.2027.",
        "lead": "Not there (any more): vhs. Please choose again.",
    }
    assert list(found) == ["code", "title", "summary", "goals", "start", "lead"]


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"goals": []}, "goals", "At least one is needed here. Please fill it in."),
        ({"goals": None}, "goals", "This is missing. Please fill it in."),
        ({"goals": ["1a", "1a"]}, "goals", "“1a” is named twice here. Once is enough."),
        ({"code": "1.2"}, "code", "“1.2” is taken by “1.2 Rechnen”. Please choose another one."),
        ({"end": 2025}, "end", "The end (2025) is before the start (2026). Please correct one."),
        (
            {"end": "2025-12-31"},
            "end",
            "The end (2025-12-31) is before the start (2026). Please correct one.",
        ),
        (
            {"kind": "often"},
            "kind",
            "“often” isn’t known here. Possible are: one-off task, permanent task.",
        ),
        ({"stages": ["mond"]}, "stages", "Not there (any more): mond. Please choose again."),
        (
            {"target_groups": ["niemand"]},
            "target_groups",
            "Not there (any more): niemand. Please choose again.",
        ),
        ({"partners": ["vhs"]}, "partners", "Not there (any more): vhs. Please choose again."),
        (
            {"source_url": "example.org"},
            "source_url",
            (
                "“example.org” isn’t an internet address. It must begin with https:// or http:// "
                "and have no blanks."
            ),
        ),
        ({"mood": "good"}, "mood", "“mood” isn’t known here. Check the spelling or remove it."),
    ],
)
def test_measure_says_what_is_wrong_where(
    concept: Concept, changes: dict[str, Any], field: str, reason: str
) -> None:
    assert of_measure(concept, **changes) == {field: reason}


def test_theme_needs_a_free_number_and_address_and_a_legible_colour(concept: Concept) -> None:
    theme = Theme.objects.get(number=2)
    said = {**content_of(theme), "number": 1, "slug": "bildung", "colour": "#eeee00"}

    assert reasons(concept, PartKind.THEME, theme.pk, said) == {
        "number": "“1” is taken by “1 Bildung”. Please choose another one.",
        "slug": "“bildung” is taken by “1 Bildung”. Please choose another one.",
        "colour": "#eeee00 on #f2f3e4 has a contrast of 1.1:1; at least 4.5:1 is needed to read "
        "it. Please choose a darker colour.",
    }


def test_goal_needs_a_theme_of_its_concept(concept: Concept) -> None:
    goal = Goal.objects.get(code="1a")

    said = {**content_of(goal), "theme": 7, "code": "1b"}

    assert reasons(concept, PartKind.GOAL, goal.pk, said) == {
        "code": "“1b” is taken by “1b Jedes Kind rechnet.”. Please choose another one.",
        "theme": "Not there (any more): 7. Please choose again.",
    }


def test_concept_looks_ahead_not_back(concept: Concept) -> None:
    said = {**content_of(concept), "horizon": 2020}

    assert reasons(concept, PartKind.CONCEPT, concept.pk, said) == {
        "horizon": "The horizon (2020) is before the year of the edition (2025). "
        "Please correct one."
    }


def test_goals_and_lists_of_others_do_not_count(concept: Concept) -> None:
    other = plan(
        measure("9.9", goals=["9a"]),
        municipality={"slug": "neustadt", "name": "Neustadt"},
        organisations=[{"slug": "vhs", "name": "VHS"}],
        goals=[{"code": "9a", "theme": 1, "title": "Anderes"}],
    )
    settle(other)

    assert of_measure(concept, goals=["9a"], lead="vhs") == {
        "goals": "Not there (any more): 9a. Please choose again.",
        "lead": "Not there (any more): vhs. Please choose again.",
    }


def test_everything_a_measure_says_is_written(concept: Concept) -> None:
    row = Measure.objects.get(code="1.1")
    lists = {
        "stages": [stage.slug for stage in concept.municipality.stages.all()[:2]],
        "target_groups": [group.slug for group in concept.municipality.target_groups.all()[:2]],
    }
    said = {
        "title": "Vorlesen in allen Kitas",
        "summary": "Kurz.",
        "text": "Lang.\n\nUnd *breit*.",
        "code": "1.9",
        "goals": ["1b", "1a"],
        "kind": "permanent",
        "start": "2026-03-01",
        "end": 2028,
        "lead": "amt-fuer-bau",
        "partners": ["schulamt"],
        "source_url": "https://example.org/",
        "sample": True,
        **lists,
    }

    write_content(concept=concept, kind=PartKind.MEASURE, row=row, content=said)

    assert all(lists.values())
    assert content_of(Measure.objects.get(pk=row.pk)) == said


def test_texts_are_written_in_one_form(concept: Concept) -> None:
    row = Measure.objects.get(code="1.1")
    said = content(
        title=" Vorlesen\r\nu\u0308berall ", text="Eins. \r\n\r\nZwei.\n", lead="", end=""
    )

    write_content(concept=concept, kind=PartKind.MEASURE, row=row, content=said)

    written = content_of(Measure.objects.get(pk=row.pk))
    assert (written["title"], written["text"]) == ("Vorlesen überall", "Eins.\n\nZwei.")
    assert (written["lead"], written["end"]) == (None, None)


def test_new_parts_stand_at_the_end_of_their_list(concept: Concept) -> None:
    theme: Any = write_content(
        concept=concept, kind=PartKind.THEME, row=None, content={"number": 3, "name": "Über uns"}
    )
    goal: Any = write_content(
        concept=concept,
        kind=PartKind.GOAL,
        row=None,
        content={"code": "3a", "theme": 3, "title": "Neu"},
    )
    new: Any = write_content(
        concept=concept,
        kind=PartKind.MEASURE,
        row=None,
        content={"code": "3.1", "title": "Neu", "goals": ["3a"]},
    )

    assert (theme.slug, theme.colour, theme.sign) == ("ueber-uns", "#21763c", "hands")
    assert list(Theme.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert list(Goal.objects.values_list("code", flat=True)) == ["1a", "1b", "3a"]
    assert list(Measure.objects.values_list("code", flat=True)) == ["1.1", "1.2", "3.1"]
    assert [link.goal for link in new.goal_links.all()] == [goal]


def test_concept_is_not_begun_by_writing(concept: Concept) -> None:
    with pytest.raises(TypeError, match="begun"):
        write_content(concept=concept, kind=PartKind.CONCEPT, row=None, content=content_of(concept))


def test_translation_of_a_changed_text_is_out_of_date_and_of_an_emptied_one_gone(
    concept: Concept,
) -> None:
    row = Measure.objects.get(code="1.1")
    row.text = "Lang."
    row.save()
    texts = [(row, "title", "ar", "قراءة"), (row, "text", "ar", "طويل")]
    write_translations(texts, by=None)
    said = content(title="Lesen", text="")

    write_content(concept=concept, kind=PartKind.MEASURE, row=row, content=said)

    [left] = Translation.objects.filter(record=Measure.record_name(), record_id=row.pk)
    assert (left.field, left.source_digest) == ("title", digest("Vorlesen"))


def test_draft_keeps_what_a_database_can_keep_and_what_a_part_consists_of() -> None:
    typed = {
        "title": "Le\x00sen\ud800",
        "goals": ("1a", 2, None),
        "start": 2026.5,
        "sample": False,
        "lead": None,
        "csrf": "x",
    }

    assert cleaned_content(PartKind.MEASURE, typed) == {
        "title": "Lesen",
        "goals": ["1a", 2, None],
        "start": "2026.5",
        "lead": None,
        "sample": False,
    }
