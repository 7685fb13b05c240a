"""Seeded municipalities are what an import and the actions of delivery would have made."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client

from leitbild.accounts.actions import create_municipality
from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User
from leitbild.config.inspection import inspection
from leitbild.core.models import AuditEvent, ContentRevision, Translation
from leitbild.core.queries import digest
from leitbild.core.refusal import Refused
from leitbild.delivery.actions.progress import NewUpdate, record_update, update_obstacles
from leitbild.delivery.enums import State
from leitbild.delivery.models import Milestone, MilestoneValue, Money, ProgressUpdate, Round
from leitbild.demo.days import BASE
from leitbild.demo.seeding import Seeded, seed
from leitbild.demo.seeding.batch import COLUMNS
from leitbild.plan.actions import import_concept
from leitbild.plan.actions.review import record_counts
from leitbild.plan.document import ConceptDocument, parse_document
from leitbild.plan.models import Concept, FindingCount, Measure, Revision
from leitbild.plan.queries.contents import contents
from leitbild.plan.queries.documents import concept_document
from tests.people import signed_in

LANGUAGES = ("de", "ar", "uk")
OFFICE = (
    "",
    "menschen/",
    "protokoll/",
    "antworten/",
    "ansprechpersonen/",
    "einstellungen/",
    "uebersetzungen/",
    "mails/liegengeblieben/",
    "konzepte/2021/",
    "konzepte/2021/check/",
    "umsetzung/2021/",
    "umsetzung/2021/was-fehlt/",
    "umsetzung/2021/berichte/",
    "umsetzung/2021/runden/",
)


@pytest.fixture
def towns(db: None) -> list[Municipality]:
    """Two seeded municipalities with thirteen measures each."""
    seed(municipalities=2, measures=13, updates=6, languages=LANGUAGES)
    return list(Municipality.objects.order_by("slug"))


def concepts(towns: list[Municipality]) -> list[Concept]:
    """The concept of each municipality."""
    wanted = Concept.objects.filter(municipality__in=towns).select_related("municipality")
    return list(wanted.order_by("municipality__slug"))


def document(number: int) -> ConceptDocument:
    """The concept of the municipality with this number, as a file would hold it."""
    slug = f"stadt-{number:04}"
    concept = Concept.objects.select_related("municipality", "predecessor")
    return concept_document(concept.get(municipality__slug=slug))


def news(number: int) -> list[tuple[Any, ...]]:
    """All news of the municipality with this number."""
    updates = ProgressUpdate.objects.filter(
        measure__concept__municipality__slug=f"stadt-{number:04}"
    )
    fields = ("measure__code", "date", "state", "kind", "public", "author_name")
    return list(updates.order_by("pk").values_list(*fields, *ProgressUpdate.translatable))


def test_seed_makes_what_was_asked_for(towns: list[Municipality]) -> None:
    names = [(each.slug, each.name, each.languages) for each in towns]

    assert names == [
        ("stadt-0001", "Musterstadt 1", ["de", "ar", "uk"]),
        ("stadt-0002", "Musterstadt 2", ["de", "ar", "uk"]),
    ]
    assert [host.name for town in towns for host in town.hosts.all()] == [
        "stadt-0001.example",
        "stadt-0002.example",
    ]
    assert Measure.objects.count() == 26
    assert ProgressUpdate.objects.count() == 26 * 6
    assert not Measure.objects.filter(sample=False).exists()
    assert not ProgressUpdate.objects.filter(sample=False).exists()


@pytest.mark.django_db
def test_seed_says_how_much_it_made_and_how_far_it_is() -> None:
    shown: list[tuple[int, int]] = []

    made = seed(
        municipalities=3,
        measures=2,
        updates=1,
        languages=["en"],
        first=2,
        progress=lambda *each: shown.append(each),
    )

    assert made == Seeded(municipalities=2, measures=4, updates=4)
    assert shown[-1] == (2, 2)
    assert Municipality.objects.get(slug="stadt-0003").name == "Sample City 3"


@pytest.mark.django_db
def test_seeded_municipality_is_the_same_whoever_else_is_there() -> None:
    with transaction.atomic():
        seed(municipalities=3, measures=13, updates=4, languages=LANGUAGES)
        among_others = document(3), news(3), document(2)
        transaction.set_rollback(True)

    seed(municipalities=3, measures=13, updates=4, languages=LANGUAGES, first=3)

    assert Municipality.objects.count() == 1
    assert (document(3), news(3)) == among_others[:2]
    # Nor are they all alike.
    assert document(3).measures != among_others[2].measures


def test_seed_again_makes_only_what_is_missing(towns: list[Municipality]) -> None:
    before = document(2)

    made = seed(municipalities=4, measures=13, updates=6, languages=LANGUAGES)
    nothing = seed(municipalities=4, measures=13, updates=6, languages=LANGUAGES)

    assert (made.municipalities, nothing.municipalities) == (2, 0)
    assert document(2) == before
    assert Municipality.objects.filter(slug__startswith="stadt-").count() == 4


def test_seed_refuses_other_numbers_than_those_there(towns: list[Municipality]) -> None:
    with pytest.raises(Refused) as refused:
        seed(municipalities=3, measures=14, updates=6, languages=LANGUAGES)

    assert refused.value.reasons == [
        f"“{slug}” was made with 13 measures, 6 updates and de, ar, uk. Ask for the same, or use "
        "a database of its own."
        for slug in ("stadt-0001", "stadt-0002")
    ]
    assert Municipality.objects.count() == 2


@pytest.mark.django_db
def test_seed_leaves_the_municipalities_of_others_alone() -> None:
    create_municipality(slug="stadt-0002", name="Zwei", languages=["de"], by=None)
    create_municipality(
        slug="drei", name="Drei", languages=["de"], hosts=["stadt-0003.example"], by=None
    )

    with pytest.raises(Refused) as refused:
        seed(municipalities=3, measures=1, updates=1, languages=["de"])

    assert refused.value.reasons == [
        "“stadt-0002” is there already and wasn’t made by “leitbild seed”.",
        "The host name stadt-0003.example already belongs to Drei.",
    ]
    assert Municipality.objects.count() == 2


@pytest.mark.django_db
def test_seed_says_everything_that_is_wrong_at_once() -> None:
    with pytest.raises(Refused) as refused:
        seed(municipalities=10_000, measures=0, updates=201, languages=["de", "fr"])

    assert refused.value.reasons == [
        "Choose 1 to 9999 municipalities; 10000 can’t be made.",
        "Choose 1 to 1000 measures for each municipality, not 0.",
        "Choose 0 to 200 updates for each measure, not 201.",
        (
            "Name each language once, the one they write in first; there are samples in "
            "de, en, ar, uk."
        ),
    ]


@pytest.mark.parametrize("first", [0, 3])
@pytest.mark.django_db
def test_seed_begins_with_a_municipality_that_is_asked_for(first: int) -> None:
    with pytest.raises(Refused) as refused:
        seed(municipalities=2, measures=1, updates=1, languages=["de"], first=first)

    assert refused.value.reasons == [f"Begin with a number from 1 to 2, not with {first}."]


@pytest.mark.parametrize("languages", [[], ["de", "de"]])
@pytest.mark.django_db
def test_seed_needs_languages_each_once(languages: list[str]) -> None:
    with pytest.raises(Refused):
        seed(municipalities=1, measures=1, updates=1, languages=languages)


@pytest.mark.parametrize(("measures", "updates"), [(1, 0), (1, 1), (2, 200), (330, 1)])
@pytest.mark.django_db
def test_seed_makes_small_and_large_plans(measures: int, updates: int) -> None:
    seed(municipalities=1, measures=measures, updates=updates, languages=["uk", "de"])

    assert Measure.objects.count() == measures
    assert ProgressUpdate.objects.count() == measures * updates
    assert Measure.objects.values("title").distinct().count() == measures
    assert parse_document(document(1).model_dump(mode="json")) == document(1)


def test_seeded_rows_satisfy_database_and_models(towns: list[Municipality]) -> None:
    connection.check_constraints()

    for row in rows():
        row.full_clean(validate_unique=False, validate_constraints=False)


def rows() -> Iterator[Model]:
    """Every row of the tables that are seeded; links between two rows have nothing to say."""
    for model in COLUMNS:
        if model._meta.auto_created is False and model is not User:
            yield from model._default_manager.all()


def test_seeded_news_could_have_been_reported(towns: list[Municipality]) -> None:
    updates = ProgressUpdate.objects.select_related("measure__concept__municipality")

    found = [update_obstacles(as_reported(each)) for each in updates]

    assert found == [[]] * 156
    assert ProgressUpdate.objects.latest("date").date <= BASE
    assert MilestoneValue.objects.latest("date").date <= BASE
    assert set(ProgressUpdate.objects.values_list("state", flat=True)) >= {
        State.PLANNED,
        State.UNDER_WAY,
        State.DONE,
        State.DELAYED,
    }
    assert Milestone.objects.filter(done__isnull=False, target__isnull=False).exists()
    assert Money.objects.filter(spent_cents__isnull=False).exists()


def as_reported(row: ProgressUpdate) -> NewUpdate:
    """A stored update as somebody would have sent it."""
    texts = {name: getattr(row, name) for name in ProgressUpdate.translatable}
    return NewUpdate(
        measure=row.measure,
        date=row.date,
        state=row.state,
        kind=row.kind,
        author_name=row.author_name,
        **texts,
    )


def test_seeded_texts_are_translated_and_up_to_date(towns: list[Municipality]) -> None:
    measure = Measure.objects.select_related("concept").first()
    assert measure is not None

    texts = Translation.objects.filter(record=Measure.record_name(), record_id=measure.pk)

    assert sorted(texts.values_list("language", "field", "source_digest")) == sorted(
        (language, field, digest(getattr(measure, field)))
        for language in ("ar", "uk")
        for field in ("title", "summary", "text")
    )


@pytest.mark.django_db
def test_seed_in_one_language_translates_nothing() -> None:
    seed(municipalities=1, measures=3, updates=2, languages=["ar"])

    assert not Translation.objects.exists()
    assert Municipality.objects.get().name == "المدينة النموذجية 1"


def test_seeded_concept_has_the_history_of_an_import(towns: list[Municipality]) -> None:
    for concept in concepts(towns):
        kept = {
            (each.kind, each.part_id): each.content
            for each in Revision.objects.filter(concept_id=concept.pk)
        }
        assert kept == contents(concept)


def test_seeded_concept_has_the_counts_of_an_import(towns: list[Municipality]) -> None:
    for concept in concepts(towns):
        seeded = counts(concept)
        FindingCount.objects.filter(concept=concept).delete()
        record_counts(concept=concept)
        assert seeded == counts(concept)
        assert seeded


def counts(concept: Concept) -> list[tuple[Any, ...]]:
    """What is kept of the plan check."""
    kept = FindingCount.objects.filter(concept=concept).order_by("check_name")
    return list(kept.values_list("day", "check_name", "count"))


def test_seeded_concept_comes_back_unchanged(towns: list[Municipality]) -> None:
    for number, town in enumerate(towns, start=1):
        report = import_concept(document=document(number), municipality=town, by=None)
        assert report.is_empty


def test_seeding_is_logged_once_for_each(towns: list[Municipality]) -> None:
    events = AuditEvent.objects.filter(action="seed.load")

    assert [(each.municipality_id, each.changes) for each in events.order_by("pk")] == [
        (town.pk, {"measures": 13, "updates": 6, "languages": ["de", "ar", "uk"]}) for town in towns
    ]
    assert ContentRevision.objects.filter(municipality_id=towns[0].pk).exists()


def test_check_finds_nothing_to_mend(towns: list[Municipality]) -> None:
    assert [each.what for each in inspection() if "stadt" in each.what.lower()] == []
    assert not any("ranslation" in each.what for each in inspection())


def test_rows_written_later_get_ids_of_their_own(towns: list[Municipality]) -> None:
    measure = Measure.objects.select_related("concept__municipality").latest("pk")
    newest = ProgressUpdate.objects.latest("pk").pk

    row = record_update(
        update=NewUpdate(measure=measure, date=BASE, state=State.DONE, text="Fertig."), by=None
    )

    assert row.pk > newest
    for model in apps.get_models():
        if model in COLUMNS:
            assert model._default_manager.exists(), model


@pytest.mark.page
def test_every_public_page_of_a_seeded_municipality_is_there(towns: list[Municipality]) -> None:
    client = Client(headers={"host": "stadt-0002.example"})
    addresses = [
        f"/{language}/{page}" for language in LANGUAGES for page in pages(concepts(towns)[1])
    ]
    addresses += ["/sitemap.xml", "/robots.txt", "/palette.css"]

    answers = {address: client.get(address).status_code for address in addresses}

    assert {address: code for address, code in answers.items() if code != 200} == {}


def pages(concept: Concept) -> list[str]:
    """Every page of a concept without a proposal."""
    themes = [f"themen/{each.slug}/" for each in concept.themes.all()]
    measures = [f"massnahmen/{each.code}/" for each in concept.measures.all()]
    feeds = [f"{each}neues.atom" for each in (themes[0], measures[0], "")]
    lists = [
        "massnahmen/",
        "massnahmen/?theme=2&state=under_way&sort=title",
        "massnahmen/?q=Kurs",
        "massnahmen/tabelle.csv",
        "massnahmen/tabelle.xlsx",
        "neues/",
        "was-fehlt/",
        "was-fehlt/tabelle.csv",
        "suche/?q=Kurs",
    ]
    whole = ["", "ankommen/", "konzept/", f"konzept/{concept.slug}/"]
    legal = ["barrierefreiheit/", "datenschutz/", "impressum/"]
    return [*whole, *themes, *measures, *feeds, *lists, *legal]


def test_seeded_officer_finds_everything_in_the_office(towns: list[Municipality]) -> None:
    officer = User.objects.get(memberships__municipality=towns[1], memberships__role=Role.OFFICER)
    client = signed_in(officer)
    client.defaults["HTTP_HOST"] = "stadt-0002.example"

    answers = {page: client.get(f"/office/{page}").status_code for page in OFFICE}

    assert Round.objects.filter(concept__municipality=towns[1]).count() == 1
    assert {page: code for page, code in answers.items() if code != 200} == {}
