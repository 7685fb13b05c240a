"""Editions side by side, and the line of a measure, as readers meet them."""

from functools import partial

import pytest
from django.test import Client

from leitbild.accounts.models import Municipality
from leitbild.plan.enums import ConceptStatus, Fate
from leitbild.plan.models import Concept, Measure, MeasureLineage
from tests.elements import by_class, by_id, links, parsed, words
from tests.markup import assert_valid
from tests.plan.editions import begun, decide, of
from tests.portal.conftest import Visit
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

PAGE = "/de/konzept/2022/vergleich/"


def told(visit: Visit, section: str) -> list[str]:
    """What stands in a part of the comparison, without the marks of samples."""
    found = by_class(by_id(visit(PAGE).root, section), "passage")
    return [words(each).replace(" Beispiel", "") for each in found]


def test_comparison_counts_every_measure_once(visit: Visit) -> None:
    root = visit(PAGE).root

    numbers = [int(words(each)) for each in by_class(root, "tally")[0].iter("strong")]
    stayed, changed, merged, split, ended, new = numbers
    assert stayed + changed + merged + split + ended == 14
    assert new == 23


def test_comparison_names_old_new_and_reason(visit: Visit) -> None:
    [stayed] = told(visit, "geblieben")
    assert stayed == (
        "1.7 Kinder beim Wechsel von der Kita in die Schule durchgehend fördern 2022: 1.1 Den "
        "Schritt von der Kita in die Grundschule gemeinsam vorbereiten Das Vorhaben geht weiter; "
        "neu ist nur, dass Kitas und Schulen feste Paare bilden."
    )
    [split] = told(visit, "aufgeteilt")
    assert "5.1 Wohnungssuchende schon vor dem Umzug" in split
    assert "5.3 Den Kurs „Mieten und Wohnen“" in split
    assert [each.split()[0] for each in told(visit, "beendet")] == ["1.9", "1.10", "1.13"]


def test_merger_names_what_went_into_it_and_what_it_continues(visit: Visit) -> None:
    [festival] = [each for each in told(visit, "zusammengefuehrt") if "Festival" in each]

    assert festival.startswith("1.12 Tanzworkshops")
    assert "3.2 Ein Musik-, Theater- und Kulturfestival gegen Rassismus" in festival
    assert "1.2 Ein mehrtägiges Fest der Kulturen entwerfen und erproben (" in festival


def test_every_reason_of_the_demo_is_marked_as_a_sample(visit: Visit) -> None:
    reasons = by_class(visit(PAGE).root, "passage__reason")

    assert len(reasons) == 14 + 23
    assert [words(each) for each in reasons if not by_class(each, "sample")] == []


def test_changed_measures_are_compared_word_by_word(visit: Visit) -> None:
    found = by_class(by_id(visit(PAGE).root, "geaendert"), "passage__words")

    assert len(found) == 3
    assert list(found[0].iter("del"))
    assert list(found[0].iter("ins"))


def test_measures_lead_to_where_they_stand(visit: Visit) -> None:
    found = links(visit(PAGE).root)

    assert "/de/konzept/2013/#m-1.13" in found
    assert "/de/massnahmen/4.6/" in found


def test_measure_says_where_it_comes_from(visit: Visit) -> None:
    root = visit("/de/massnahmen/2.1/").root

    chain = by_class(root, "chain")[-1]
    steps = [words(each).replace(" Beispiel", "") for each in chain.iter("li")]
    assert [each[:8] for each in steps] == ["2013 1.4", "2013 1.1", "2022 2.1"]
    assert "Statt eines Infocenters führt ein Verzeichnis im Netz zu allen Kursen." in steps[0]
    assert "/de/konzept/2013/#m-1.11" in links(chain)


def test_new_measure_says_why_it_came(visit: Visit) -> None:
    chain = by_class(visit("/ar/massnahmen/3.7/").root, "chain")[-1]

    assert "رغب الطرفان في الحوار." in words(chain)


def test_older_edition_says_what_became_of_each_measure(visit: Visit) -> None:
    root = visit("/de/konzept/2013/").root

    ended = words(by_id(root, "m-1.13"))
    assert "Die Porträtreihe ist abgeschlossen." in ended
    assert "(5.1, 5.3)" in words(by_id(root, "m-1.3"))


def test_full_text_leads_to_the_comparison(visit: Visit) -> None:
    assert PAGE in links(visit("/de/konzept/").root)
    assert PAGE not in links(visit("/de/konzept/2013/").root)


@pytest.mark.parametrize("slug", ["2013", "1999"])
def test_edition_without_a_predecessor_has_no_comparison(
    demo_city: Municipality, client: Client, slug: str
) -> None:
    assert client.get(f"/de/konzept/{slug}/vergleich/").status_code == 404


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1"), measure("1.2", "Schreiben")))


def adopt(old: Concept, new: Concept) -> None:
    Concept.objects.filter(pk=old.pk).update(status=ConceptStatus.SUPERSEDED)
    Concept.objects.filter(pk=new.pk).update(status=ConceptStatus.ADOPTED)


def test_draft_successor_is_nowhere(town: Municipality, client: Client) -> None:
    old, new = begun(town)
    decide(new, "1.1", Fate.CHANGED, "Geheimgrund.")
    decide(new, "1.2", Fate.DROPPED, "Geheimgrund.")
    Measure.objects.filter(concept=new).update(title="Geheimtitel")
    paths = ["massnahmen/1.1/", "massnahmen/1.2/", "konzept/", f"konzept/{old.slug}/", "suche/?q=g"]

    shown = [path for path in paths if b"Geheim" in client.get(f"/de/{path}").content]

    assert shown == []
    assert client.get(f"/de/konzept/{new.slug}/vergleich/").status_code == 404


def test_editions_without_lineage_say_that_nobody_recorded_it(
    town: Municipality, client: Client
) -> None:
    old, new = begun(town)
    MeasureLineage.objects.all().delete()
    adopt(old, new)

    response = client.get(f"/de/konzept/{new.slug}/vergleich/")

    assert_valid(response)
    root = parsed(response)
    assert len(by_class(root, "empty")) == 1
    assert by_class(root, "passage") == []


def test_what_nobody_decided_is_said_to_be_open(town: Municipality, client: Client) -> None:
    old, new = begun(town)
    decide(new, "1.1", Fate.CONTINUED)
    adopt(old, new)

    response = client.get(f"/de/konzept/{new.slug}/vergleich/")

    assert_valid(response)
    [still] = by_class(by_id(parsed(response), "offen"), "passage")
    assert words(still).startswith("1.2 Schreiben")


def test_comparison_costs_the_same_for_many(town: Municipality, client: Client) -> None:
    old, new = begun(town)
    adopt(old, new)
    paths = (
        f"/ar/konzept/{new.slug}/vergleich/",
        f"/ar/konzept/{old.slug}/",
        "/ar/massnahmen/1.1/",
    )
    decide(new, "1.1", Fate.CHANGED, "Weil.")
    few = [queries_of(partial(client.get, path)) for path in paths]
    Concept.objects.filter(pk=new.pk).delete()
    Concept.objects.filter(pk=old.pk).update(status=ConceptStatus.ADOPTED)
    grow(town, 60)
    old, new = begun(town)
    decide(new, "1.1", Fate.CHANGED, "Weil.")
    decide(new, "9.1", Fate.MERGED, "Weil.", into=of(new, "9.2"))
    adopt(old, new)

    many = [queries_of(partial(client.get, path)) for path in paths]

    for one, other in zip(few, many, strict=True):
        assert_same_number(one, other)
        assert len(other) <= 12
