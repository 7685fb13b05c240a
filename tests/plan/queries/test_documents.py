"""The database gives back what it was given, also through every file format."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from leitbild.accounts.models import Municipality
from leitbild.core.colour import PALETTE, failing_pairs
from leitbild.plan.actions import import_concept
from leitbild.plan.document import ConceptDocument, MeasurePart, ThemePart
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.exchange import Format, read_document, write_document
from leitbild.plan.models import Concept
from leitbild.plan.queries.documents import concept_document, current_concept
from tests.database import rolled_back
from tests.queries import assert_same_number, queries_of
from tests.strategies import documents
from tests.towns import grow, measure, plan, settle

pytestmark = pytest.mark.django_db

EXAMPLES = settings(
    max_examples=12,
    deadline=None,
    # Each step of shrinking fills a database: minutes for a smaller example.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ENDINGS = {Format.YAML: ".yaml", Format.XLSX: ".xlsx", Format.ODS: ".ods", Format.CSV: ".zip"}
# What a file holds is the same for every database.
FORMATS = [Format.YAML, *(pytest.param(each, marks=pytest.mark.page) for each in [*ENDINGS][1:])]


def legible(document: ConceptDocument) -> ConceptDocument:
    """The document with the colours an import would refuse left out."""
    town = document.municipality
    if town and failing_pairs(town.tokens, {colour: colour for colour in PALETTE}):
        town = town.model_copy(update={"tokens": {}})
    tokens = town.tokens if town else {}
    themes = [
        theme.model_copy(update={"colour": ""})
        if theme.colour and failing_pairs(tokens, {"": theme.colour})
        else theme
        for theme in document.themes
    ]
    return document.model_copy(update={"themes": themes, "municipality": town})


def taken(document: ConceptDocument) -> ConceptDocument:
    """What an empty database gives back of a document."""
    with rolled_back():
        import_concept(document=document, by=None)
        return concept_document(Concept.objects.get())


def named(theme: ThemePart, other: ThemePart) -> ThemePart:
    """The other theme without the colour and sign that this one leaves open."""
    left_open = {key: "" for key in ("colour", "sign") if not getattr(theme, key)}
    return other.model_copy(update=left_open)


def unordered(measure: MeasurePart) -> MeasurePart:
    lists = {key: sorted(getattr(measure, key)) for key in ("stages", "target_groups", "partners")}
    return measure.model_copy(update=lists)


@EXAMPLES
@given(document=documents())
def test_database_gives_back_what_it_was_given(document: ConceptDocument) -> None:
    document = legible(document)

    back = taken(document)

    themes = document.themes
    assert back.municipality == document.municipality or document.municipality is None
    assert back.concept == document.concept.model_copy(update={"predecessor": None})
    assert back.organisations == document.organisations
    assert document.stages in (back.stages, [])
    assert document.target_groups in (back.target_groups, [])
    assert [named(*pair) for pair in zip(themes, back.themes, strict=True)] == themes
    assert back.goals == document.goals
    assert [unordered(each) for each in back.measures] == [
        unordered(each) for each in document.measures
    ]


@pytest.mark.parametrize("file_format", FORMATS)
@EXAMPLES
@given(document=documents())
def test_export_and_import_give_the_same_database(
    file_format: Format, document: ConceptDocument
) -> None:
    first = taken(legible(document))

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"concept{ENDINGS[file_format]}"
        write_document(first, file, format=file_format)
        second = taken(read_document(file).document)

    assert second == first


def test_lists_of_a_measure_follow_their_lists() -> None:
    stages = [{"slug": slug, "name": slug} for slug in ("z", "a", "m")]
    settle(plan(measure("1.1", stages=["a", "m", "z"]), stages=stages))

    document = concept_document(Concept.objects.get())

    assert document.measures[0].stages == ["z", "a", "m"]


def test_concept_document_takes_the_same_number_of_queries_for_every_concept() -> None:
    town = settle(plan(measure("1.1")))
    few = queries_of(lambda: concept_document(Concept.objects.get()))
    grow(town, 30)

    assert_same_number(few, queries_of(lambda: concept_document(Concept.objects.get())))


def test_current_concept_is_the_newest_adopted_one() -> None:
    for year, status in ((2015, "adopted"), (2025, "adopted"), (2030, "draft")):
        concept = {"slug": str(year), "title": "Plan", "edition": year, "status": status}
        settle(plan(measure("1.1"), concept=concept))

    current = current_concept(Municipality.objects.get())

    assert current
    assert current.slug == "2025"


def test_current_concept_is_a_draft_while_none_is_adopted() -> None:
    settle(
        plan(
            measure("1.1"),
            concept={"slug": "a", "title": "A", "edition": 2030, "status": ConceptStatus.DRAFT},
        )
    )

    current = current_concept(Municipality.objects.get())

    assert current
    assert current.slug == "a"
