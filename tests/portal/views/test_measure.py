"""A measure's page: where it stands, its evidence, its timeline; nothing internal."""

import datetime as dt
from functools import partial
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from leitbild.accounts.models import Municipality
from leitbild.delivery.models import Attachment, CouncilPaper, Milestone, MilestoneValue, Money
from leitbild.plan.actions.adopting import adopt, submit_proposal
from leitbild.plan.actions.changing import changing
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import Concept, Measure, Resolution
from tests.elements import by_class, drawn, links, parsed, words
from tests.markup import assert_valid
from tests.queries import queries_of
from tests.towns import measure, plan, report_on, settle

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
PAGE = "/de/massnahmen/1.1/"


@pytest.fixture
def town(db: None) -> Municipality:
    own = {"slug": "musterstadt", "name": "Musterstadt", "languages": ["de", "en", "ar"]}
    return settle(plan(measure("1.1", lead="schulamt"), municipality=own))


def seen(client: Client, path: str = PAGE) -> Element:
    with time_machine.travel(NOON, tick=False):
        response = client.get(path)
    assert_valid(response)
    return parsed(response)


def publish_money(town: Municipality) -> None:
    Municipality.objects.filter(pk=town.pk).update(reporting={"money_is_public": True})


def amended_text() -> None:
    """The council adopts the text, which then changes."""
    concept = Concept.objects.get()
    Resolution.objects.create(concept=concept, body="Stadtrat", date="2025-02-02")
    publication = submit_proposal(concept=concept, by=None, typeset=lambda _: b"%PDF")
    adopt(publication=publication, by=None, body="Stadtrat", date=dt.date(2025, 2, 2))
    with changing(
        concept=concept, by=None, action="x", change=RevisionChange.EDITED, reason="Klarer."
    ):
        Measure.objects.update(title="Vorlesen")


def test_timeline_tells_one_thing_after_the_other(town: Municipality, client: Client) -> None:
    amended_text()
    lesen = Measure.objects.get()
    report_on(town, "1.1", "under_way", "2025-03-01")
    lesen.updates.create(date="2025-05-01", state="under_way", kind="confirmed")
    for due, done in (("2090-12-31", None), ("2025-07-31", None), ("2025-01-01", "2025-04-01")):
        Milestone.objects.create(measure=lesen, title="Schritt", due=due, done=done)
    for date in ("2025-06-01", None):
        CouncilPaper.objects.create(measure=lesen, title="Vorlage", number="7", date=date)

    told = [
        (
            each.attrib["class"].rpartition("--")[2],
            next((time.attrib["datetime"] for time in each.iter("time")), ""),
            words(by_class(each, "timeline__what")[0]),
        )
        for each in by_class(parsed(client.get("/en/massnahmen/1.1/")), "timeline__item")
    ]

    assert told == [
        ("milestone", "2090-12-31", "Milestone due"),
        ("amendment", timezone.localdate().isoformat(), "Wording changed"),
        ("milestone", "2025-07-31", "Milestone overdue"),
        ("paper", "2025-06-01", "Council paper 7"),
        ("update", "2025-05-01", "under way confirmed unchanged"),
        ("milestone", "2025-04-01", "Milestone reached"),
        ("update", "2025-03-01", "under way"),
        ("resolution", "2025-02-02", "Resolution on the whole concept"),
        ("paper", "", "Council paper 7"),
    ]


def test_timeline_leads_to_the_adopted_text_and_to_what_changed(
    town: Municipality, client: Client
) -> None:
    amended_text()
    publication = submit_proposal(
        concept=Concept.objects.get(), by=None, typeset=lambda _: b"%PDF"
    )  # fmt: skip
    adopt(publication=publication, by=None, body="Ausschuss", date=dt.date(2026, 2, 2))
    with changing(
        concept=Concept.objects.get(), by=None, action="x", change=RevisionChange.EDITED, reason="!"
    ):
        Measure.objects.update(title="Lesen und vorlesen")

    [change, adoption, resolution] = by_class(seen(client), "timeline__body")

    place = "/de/konzept/2025/fassungen/"
    assert links(change) == [f"{place}2/aenderungen/#measure-{Measure.objects.get().pk}"]
    assert links(adoption) == [f"{place}2/#m-1.1"]
    assert links(resolution) == [f"{place}1/#m-1.1"]
    assert "Ausschuss" in words(adoption)


def test_page_says_last_word_owner_and_what_it_takes(town: Municipality, client: Client) -> None:
    lesen = Measure.objects.get()
    said = {
        "reason": "Kein Raum.",
        "next_step": "Suchen.",
        "obstacle": "Räume",
        "helps": "Ein Saal",
    }
    lesen.updates.create(date="2026-03-01", state="delayed", text="Es hakt.", **said)
    lesen.updates.create(date="2026-05-01", state="delayed", kind="confirmed")

    page = seen(client)

    assert [words(each) for each in by_class(by_class(page, "words")[0], "prose")] == ["Es hakt."]
    assert [words(each) for each in by_class(page, "said")[0].iter("dd")] == list(said.values())
    assert words(by_class(page, "owner")[0]).endswith("Schulamt")
    assert drawn(by_class(page, "leaf__stone")[0]) == "#stone-delayed"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-05-01", "Last news 1 May 2026"),
        ("2025-06-01", "No news for 365 days"),
        (None, "no news yet"),
    ],
)
def test_silence_is_told(town: Municipality, client: Client, day: str | None, said: str) -> None:
    if day:
        report_on(town, "1.1", "under_way", day)

    page = seen(client, "/en/massnahmen/1.1/")

    assert words(by_class(page, "leaf__stone")[0]).endswith(said)


def test_milestones_have_a_word_and_a_number_of_their_target(
    town: Municipality, client: Client
) -> None:
    lesen = Measure.objects.get()
    for title, due, done, target, value in (
        ("A", "2026-01-01", "2026-01-05", None, None),
        ("B", "2026-02-01", None, 20, 14),
        ("C", "2026-12-01", None, 3, None),
        ("D", "2026-12-31", None, None, 5),
    ):
        step = Milestone.objects.create(
            measure=lesen, title=title, due=due, done=done, target=target, unit="Patenschaften"
        )
        if value:
            MilestoneValue.objects.create(milestone=step, value=value, date="2026-01-01")

    steps = by_class(seen(client, "/en/massnahmen/1.1/"), "steps__item")

    assert [(drawn(each), words(each)) for each in steps] == [
        ("#stone-done", "reached A reached on 5 January 2026 · was due on 1 January 2026"),
        ("#stone-delayed", "overdue B 14 of 20 Patenschaften due on 1 February 2026"),
        ("#stone-planned", "open C Target: 3 Patenschaften due on 1 December 2026"),
        ("#stone-planned", "open D 5 Patenschaften due on 31 December 2026"),
    ]


def test_money_is_shown_where_it_is_published_unknown_as_a_dash(
    town: Municipality, client: Client
) -> None:
    lesen = Measure.objects.get()
    Money.objects.create(measure=lesen, year=2025, source="grant", planned_cents=1_250_050)
    Money.objects.create(measure=lesen, year=2025, source="budget", spent_cents=0)
    hidden = by_class(seen(client), "figures")

    publish_money(town)

    [table] = by_class(seen(client, "/en/massnahmen/1.1/"), "figures")
    assert hidden == []
    assert [[words(cell) for cell in row.iter("td")] for row in table.iter("tr")][1:] == [
        ["City budget", "–", "€0"],
        ["Grant", "€12,500.50", "–"],
    ]


def test_documents_are_linked_with_type_and_size(town: Municipality, client: Client) -> None:
    lesen = Measure.objects.get()
    CouncilPaper.objects.create(measure=lesen, title="Vorlage", url="https://rat.example/7")
    file = Attachment.objects.create(
        measure=lesen, title="Faltblatt", file="x", name="f.pdf", size=2048, public=True
    )

    [documents] = by_class(seen(client), "documents")

    assert links(documents) == ["https://rat.example/7", f"/de/anhang/{file.pk}/"]
    assert words(documents).endswith("Faltblatt PDF · 2,0 KB")


def test_nothing_internal_reaches_readers(town: Municipality, client: Client) -> None:
    lesen = Measure.objects.get()
    secret = {"text": "Geheim", "reason": "Geheim", "author_name": "Ada Geheim"}
    lesen.updates.create(date="2026-05-01", state="stopped", public=False, **secret)
    lesen.updates.create(date="2026-04-01", state="under_way", text="Läuft.", author_name="Geheim")
    Attachment.objects.create(measure=lesen, title="Geheim", file="x", name="g.pdf", size=1)
    paths = ("", "neues/", "neues.atom", "themen/bildung/", "themen/bildung/neues.atom")

    pages = [
        client.get(f"/de/{path}").content.decode()
        for path in (*paths, "massnahmen/1.1/", "massnahmen/1.1/neues.atom", "massnahmen/")
    ]

    assert [page for page in pages if "Geheim" in page or "#stone-stopped" in page] == []
    assert len([page for page in pages if "Läuft." in page]) == 6


def test_full_page_costs_no_more_than_an_empty_one(town: Municipality, client: Client) -> None:
    publish_money(town)
    amended_text()
    get = partial(client.get, "/ar/massnahmen/1.1/")
    empty = len(queries_of(get))
    lesen = Measure.objects.get()
    for number in range(1, 31):
        lesen.updates.create(date=dt.date(2025, 1, number), state="under_way", text="Läuft.")
        Money.objects.create(measure=lesen, year=2000 + number, source="budget", spent_cents=1)
        step = Milestone.objects.create(measure=lesen, title="S", due="2025-01-01", target=9)
        MilestoneValue.objects.create(milestone=step, value=1, date="2025-01-01")
        CouncilPaper.objects.create(measure=lesen, title="V")

    assert len(queries_of(get)) == empty <= 12


def test_untranslated_news_runs_the_way_its_own_language_does(
    town: Municipality, client: Client
) -> None:
    report_on(town, "1.1", "under_way", "2025-03-01")

    page = seen(client, "/ar/massnahmen/1.1/")

    said = [each for each in by_class(page, "prose") if each.tag == "p"]
    assert {(each.attrib.get("lang"), each.attrib.get("dir")) for each in said} == {("de", "ltr")}
    assert {words(each) for each in said} == {"Bericht zu 1.1"}


def test_names_are_listed_with_the_comma_of_the_language(db: None, client: Client) -> None:
    groups = [{"slug": slug, "name": slug.title()} for slug in ("eltern", "kinder")]
    settle(
        plan(
            measure("1.1", target_groups=["eltern", "kinder"]),
            target_groups=groups,
            municipality={"slug": "musterstadt", "name": "M", "languages": ["de", "en", "ar"]},
        )
    )

    listed = {
        language: [
            words(each)
            for each in seen(client, f"/{language}/massnahmen/1.1/").iter("dd")
            if "Kinder" in words(each)
        ]
        for language in ("de", "ar")
    }

    assert listed == {"de": ["Eltern, Kinder"], "ar": ["Eltern، Kinder"]}


def test_shortened_address_of_a_source_keeps_its_dots_at_its_end(db: None, client: Client) -> None:
    source = "https://example.org/" + "lang/" * 12
    settle(plan(measure("1.1", source_url=source)))

    [shown] = [each for each in seen(client).iter("bdi") if words(each).startswith("https://")]

    assert words(shown) == source[:47] + "…"
