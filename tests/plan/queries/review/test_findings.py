"""Each check finds what it is there for, and nothing else."""

from typing import Any, Final

import pytest
from django.utils.translation import override

from leitbild.accounts.models import Municipality
from leitbild.accounts.terminology import terms
from leitbild.plan.models import Concept, MeasureGoal
from leitbild.plan.queries.outline import Outline, outline
from leitbild.plan.queries.review import CHECKS, MOST_MEASURES, Review, findings
from tests.queries import queries_of
from tests.towns import grow, measure, plan, settle

ZEROS: Final = {check.name: 0 for check in CHECKS}
GROUP: Final = {"target_groups": [{"slug": "familien", "name": "Familien"}]}
STAGE: Final = {"stages": [{"slug": "ankommen", "name": "Ankommen"}]}
CONCEPT: Final = {
    "slug": "2025",
    "title": "Plan 2025",
    "edition": 2025,
    "purpose": "Wozu wir planen.",
    "introduction": "Wo wir stehen.",
    "horizon": 2035,
}
GOAL: Final = {"code": "1a", "theme": 1, "title": "Jedes Kind liest.", "text": "Bis zehn."}
LONG: Final = " ".join(["Wort"] * 26) + "."


def complete(code: str = "1.1", title: str = "Lesepaten gewinnen", **more: Any) -> dict[str, Any]:
    """A measure about which there is nothing to say."""
    return {
        **measure(code, title, lead="schulamt", start=2025, end=2027),
        "summary": "Wer liest, kommt an.",
        "text": "Das Schulamt sucht Paten.",
        "target_groups": ["familien"],
        "stages": ["ankommen"],
        **more,
    }


def written(*measures: dict[str, Any], **parts: Any) -> dict[str, Any]:
    """A small plan about which there is nothing to say but what the measures say."""
    organisations = [
        {"slug": "schulamt", "name": "Schulamt", "kind": "department"},
        {"slug": "verein", "name": "Lesen e. V.", "kind": "association"},
        {"slug": "traeger", "name": "Träger", "kind": "carrier"},
    ]
    base = {"concept": CONCEPT, "goals": [GOAL], "organisations": organisations, **GROUP, **STAGE}
    return plan(*measures, **{**base, **parts})


def whole(town: Municipality) -> Outline:
    """The town's concept in the language it is written in."""
    concept = Concept.objects.get(municipality=town)
    return outline(concept, language=town.source_language, municipality=town)


def review_of(raw: dict[str, Any]) -> Review:
    """The review of a plan."""
    return findings(whole(settle(raw)))


def found(review: Review) -> list[tuple[str, str, str, str]]:
    """Check, kind of part, its code and the field, of every finding."""
    return [
        (each.check.name, finding.kind, finding.code, finding.field)
        for each in review.checks
        for finding in each.findings
    ]


def test_complete_concept_has_no_findings(db: None) -> None:
    review = review_of(written(complete()))

    assert review.counts == ZEROS
    assert review.total == 0


@pytest.mark.parametrize(
    ("more", "name", "field"),
    [
        ({"lead": None}, "lead-missing", "lead"),
        ({"start": None, "end": None}, "date-missing", "start"),
        ({"end": None}, "end-missing", "end"),
        ({"target_groups": []}, "target-group-missing", "target_groups"),
        ({"stages": []}, "stage-missing", "stages"),
        ({"lead": "verein", "partners": ["traeger"]}, "others-only", "partners"),
        ({"end": 2036}, "after-horizon", "end"),
        ({"start": 2036, "end": None, "kind": "permanent"}, "after-horizon", "start"),
        ({"summary": ""}, "text-missing", "summary"),
        ({"text": " \n"}, "text-missing", "text"),
        ({"title": "Lesen"}, "title-no-action", "title"),
        ({"summary": LONG}, "sentence-long", "summary"),
        ({"text": f"Kurz.\n\n- {LONG}\n- Kurz."}, "sentence-long", "text"),
    ],
)
def test_measure_is_found_by_one_check(
    db: None, more: dict[str, Any], name: str, field: str
) -> None:
    review = review_of(written(complete(**more)))

    assert found(review) == [(name, "measure", "1.1", field)]


@pytest.mark.parametrize(
    "more",
    [
        {"end": 2026, "start": None},
        {"kind": "permanent", "end": None},
        {"lead": "verein", "partners": ["schulamt"]},
        {"end": 2035},
        {"summary": " ".join(["Wort"] * 25) + "."},
        {"summary": " ".join(["Wort"] * 20) + ". " + " ".join(["Wort"] * 20) + "."},
    ],
)
def test_measure_is_right_as_it_is(db: None, more: dict[str, Any]) -> None:
    assert found(review_of(written(complete(**more)))) == []


def test_theme_without_vision_and_goal_is_found(db: None) -> None:
    themes = [
        {"number": 1, "slug": "bildung", "name": "Bildung", "vision": "Alle lernen."},
        {"number": 2, "slug": "wohnen", "name": "Wohnen"},
    ]

    review = review_of(written(complete(), themes=themes))

    assert found(review) == [
        ("vision-missing", "theme", "2", "vision"),
        ("goal-missing", "theme", "2", ""),
    ]
    assert review.of("goal-missing")[0].adds == "goal"


def test_goal_without_measure_is_found_unless_one_serves_it_too(db: None) -> None:
    goals = [GOAL, {**GOAL, "code": "1b", "title": "B."}, {**GOAL, "code": "1c", "title": "C."}]

    review = review_of(written(complete(goals=["1a", "1b"]), goals=goals))

    assert found(review) == [("measure-missing", "goal", "1c", "")]
    assert review.of("measure-missing")[0].adds == "measure"


def test_goal_without_text_is_found(db: None) -> None:
    review = review_of(written(complete(), goals=[{**GOAL, "text": ""}]))

    assert found(review) == [("text-missing", "goal", "1a", "text")]


def test_measure_that_serves_no_goal_is_found(db: None) -> None:
    town = settle(written(complete(), complete("1.2", "Bücher verleihen")))
    MeasureGoal.objects.filter(measure__code="1.2").delete()

    assert found(findings(whole(town))) == [("goal-unknown", "measure", "1.2", "goals")]


def test_goal_may_carry_seven_measures_and_no_eighth(db: None) -> None:
    many = [complete(f"1.{n}", f"Lesepaten gewinnen in Viertel {n}") for n in range(1, 9)]

    seven = review_of(written(*many[:MOST_MEASURES]))
    eight = review_of(written(*many))

    assert found(seven) == []
    assert found(eight) == [("crowded", "goal", "1a", "")]
    assert eight.of("crowded")[0].says == "8 measures have it as their main goal."


def test_concept_that_says_neither_purpose_nor_horizon_is_found(db: None) -> None:
    concept = {"slug": "2025", "title": "Plan 2025", "edition": 2025}

    review = review_of(written(complete(), concept=concept))

    assert found(review) == [
        ("horizon-missing", "concept", "2025", "horizon"),
        ("purpose-missing", "concept", "2025", "purpose"),
        ("purpose-missing", "concept", "2025", "introduction"),
    ]


def test_horizon_of_every_goal_stands_in_for_the_concepts(db: None) -> None:
    concept = {**CONCEPT, "horizon": None}

    review = review_of(written(complete(), concept=concept, goals=[{**GOAL, "horizon": 2030}]))

    assert found(review) == []


def test_title_that_occurs_twice_is_found_at_the_second_place(db: None) -> None:
    review = review_of(written(complete(), complete("1.2", "  LESEPATEN gewinnen.")))

    assert found(review) == [("title-twice", "measure", "1.2", "title")]
    assert review.of("title-twice")[0].says == "1.1 has the same title."


def test_long_sentence_is_quoted_with_its_number_of_words(db: None) -> None:
    review = review_of(written(complete(text=f"**Kurz.** {LONG} Wieder kurz.")))

    assert [(each.says, each.quote) for each in review.of("sentence-long")] == [("26 words:", LONG)]


def test_long_vision_and_long_introduction_are_found(db: None) -> None:
    themes = [{"number": 1, "slug": "b", "name": "B", "vision": LONG, "introduction": LONG}]

    review = review_of(written(complete(), themes=themes, concept={**CONCEPT, "purpose": LONG}))

    assert found(review) == [
        ("sentence-long", "concept", "2025", "purpose"),
        ("sentence-long", "theme", "1", "vision"),
        ("sentence-long", "theme", "1", "introduction"),
    ]


def test_language_that_is_not_known_is_left_out_and_says_so(db: None) -> None:
    town = settle(written(complete(title="Lesen", summary=LONG)))
    town.languages = ["fr", "de"]
    town.save()

    review = findings(whole(town))

    skipped = [each.check.name for each in review.checks if each.skipped]
    assert skipped == ["title-no-action", "sentence-long"]
    assert review.total == 0
    assert "sentence-long" not in review.counts


def test_titles_of_checks_use_the_municipalitys_own_words(demo_city: Municipality) -> None:
    with override("de"):
        own = terms(demo_city, "de")
    lead = next(check for check in CHECKS if check.name == "lead-missing")

    assert lead.title_in(own) == "Handlungsempfehlungen without a lead"


def test_findings_of_the_demo(demo_city: Municipality) -> None:
    counts = {
        concept.slug: findings(outline(concept, language="de", municipality=demo_city)).counts
        for concept in Concept.objects.all()
    }

    assert counts == {
        "2013": {
            **ZEROS,
            "lead-missing": 14,
            "date-missing": 6,
            "end-missing": 8,
            "stage-missing": 14,
        },
        "2022": {**ZEROS, "lead-missing": 2, "date-missing": 2, "others-only": 3},
    }


def test_review_only_keeps_what_is_wanted(demo_city: Municipality) -> None:
    concept = Concept.objects.get(slug="2022")
    review = findings(outline(concept, language="de", municipality=demo_city))

    of_measure = review.only(lambda finding: finding.code == "4.5")

    assert [name for name, count in of_measure.counts.items() if count] == [
        "lead-missing",
        "date-missing",
    ]
    assert review.total == 7


def test_review_asks_the_database_nothing(db: None) -> None:
    town = settle(written(complete()))
    grow(town, 30)
    big = whole(town)

    assert queries_of(lambda: findings(big)) == []
