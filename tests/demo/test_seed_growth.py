"""What is done for one municipality costs the same however many there are."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import connection, transaction
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User
from leitbild.community.actions import tell_followers
from leitbild.community.models import Follower
from leitbild.config import inspection
from leitbild.core.models import PostedMail, Translation
from leitbild.delivery.actions import attending
from leitbild.delivery.actions.progress import NewUpdate, record_update
from leitbild.delivery.enums import State
from leitbild.delivery.models import Round
from leitbild.demo.seeding import seed
from leitbild.plan.actions import ImportReport, import_concept
from leitbild.plan.models import Concept, Measure
from leitbild.plan.queries.documents import concept_document
from leitbild.portal.following import Pages
from tests.parallel import at_once
from tests.people import signed_in
from tests.queries import assert_same_number, queries_of

DAY = dt.timedelta(days=1)
PUBLIC = (
    "/de/",
    "/uk/massnahmen/?theme=2&state=under_way",
    "/de/massnahmen/1.1/",
    "/de/suche/?q=Kurs",
    "/de/neues/",
    "/de/neues/?theme=1",
    "/de/neues.atom",
    "/sitemap.xml",
)
OFFICE = (
    "",
    "umsetzung/2021/",
    "umsetzung/2021/runden/",
    "umsetzung/2021/runden/neu/",
    "meine-massnahmen/",
    "protokoll/",
    "mails/liegengeblieben/",
    "menschen/",
)
ENDS = ("ORDER BY 1 ASC LIMIT 1", "ORDER BY 1 DESC LIMIT 1")


def make(number: int) -> None:
    """Have so many municipalities."""
    seed(municipalities=number, measures=8, updates=2, languages=["de", "uk"])


def pages(number: int) -> Iterator[Callable[[], object]]:
    """Every page of the municipality with this number that is looked at."""
    host = f"stadt-{number:04}.example"
    officer = User.objects.get(email=f"integration@{host}", memberships__role=Role.OFFICER)
    reader, worker = Client(headers={"host": host}), signed_in(officer)
    worker.defaults["HTTP_HOST"] = host
    round_ = Round.objects.get(concept__municipality__slug=f"stadt-{number:04}")
    yield from (partial(reader.get, address) for address in PUBLIC)
    yield from (partial(worker.get, f"/office/{address}") for address in OFFICE)
    yield partial(worker.get, f"/office/umsetzung/2021/runden/{round_.pk}/")


def whole_tables(sql: str) -> list[str]:
    """Steps of a query's plan that read all rows of a table there is one of for all."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A small table is read faster without its index; here it stands for a large one.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
            steps = [line for (line,) in cursor.fetchall()]
            return [each for each in steps if "Seq Scan" in each]
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        steps = [line for *_place, line in cursor.fetchall()]
    # The first and the last municipality are found from the ends of the table.
    ends = sum(sql.count(each) for each in ENDS)
    return [each for each in steps if each.startswith("SCAN") and "CONSTANT" not in each][ends:]


@pytest.mark.django_db
def test_no_page_reads_the_rows_of_all_municipalities() -> None:
    make(2)

    sent = {sql for page in pages(2) for sql in queries_of(page) if sql.startswith("SELECT")}
    found = {sql: steps for sql in sent if (steps := whole_tables(sql))}

    assert len(sent) > 60
    assert found == {}


@pytest.mark.django_db
def test_whole_tables_are_seen() -> None:
    assert whole_tables('SELECT * FROM "accounts_municipality" WHERE "name" = \'x\'') != []
    assert whole_tables('SELECT * FROM "accounts_municipality" WHERE "slug" = \'x\'') == []


@pytest.mark.django_db
def test_telling_followers_asks_only_where_something_was_recorded() -> None:
    def told_of_news() -> list[str]:
        town = Municipality.objects.get(slug="stadt-0001")
        measure = Measure.objects.select_related("concept__municipality").filter(
            concept__municipality=town
        )[0]
        now = dt.datetime.now(dt.UTC).replace(hour=10) + DAY
        Follower.objects.update(told_until=now - 2 * DAY)
        update = NewUpdate(measure=measure, date=dt.date(2026, 1, 1), state=State.DONE, text="Gut.")
        record_update(update=update, by=None)
        return queries_of(lambda: tell_followers(addresses=Pages(), now=now))

    make(2)
    few = told_of_news()
    mails = PostedMail.objects.all().delete()[0]
    make(6)
    many = told_of_news()

    assert_same_number(few, many)
    assert mails > 0
    midnight = Follower.objects.latest("told_until").told_until
    assert not Follower.objects.exclude(told_until=midnight).exists()


@pytest.mark.django_db
def test_rounds_of_all_municipalities_are_attended_some_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attending, "SLICE", 2)
    make(5)
    due = Round.objects.latest("due").due
    week_before = dt.datetime.combine(due - 7 * DAY, dt.time(12), dt.UTC)

    attending.attend_rounds(link_to=lambda _recipient: "https://a.example/", now=week_before)

    reminded = PostedMail.objects.filter(key__startswith="round:")
    assert set(reminded.values_list("municipality_id", flat=True)) == set(
        Municipality.objects.values_list("pk", flat=True)
    )
    attending.attend_rounds(
        link_to=lambda _recipient: "https://a.example/", now=week_before + 60 * DAY
    )
    assert not Round.objects.filter(closed_at=None).exists()


@pytest.mark.django_db
def test_check_counts_translations_across_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "SLICE", 7)
    make(2)
    Translation.objects.filter(record="plan.measure", field="title").update(source_digest="old")

    found = [each.what for each in inspection.inspection() if "plan.measure" in each.what]

    assert found == ["Translations of plan.measure into “uk” that are older than their source: 16."]


def test_import_waits_for_nobody_in_another_municipality(writable_demo_city: Municipality) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    make(1)
    concept = Concept.objects.select_related("municipality", "predecessor").get(
        municipality__slug="stadt-0001"
    )
    document = concept_document(concept)
    renamed = [each.model_copy(update={"summary": {}}) for each in document.measures]
    changed = document.model_copy(update={"measures": renamed})

    def import_it() -> ImportReport:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        return import_concept(document=changed, municipality=concept.municipality, by=None)

    with transaction.atomic():
        held = Municipality.objects.select_for_update().filter(pk=writable_demo_city.pk)
        assert held.count() == len(list(held)) == 1
        [outcome] = at_once([import_it])

    assert isinstance(outcome, ImportReport), outcome
