"""Which municipality a file goes to, and what it says of it."""

import pytest

from leitbild.accounts.models import HostName, Municipality
from leitbild.core.refusal import Refused
from leitbild.plan.actions import Change
from leitbild.plan.models import ArrivalStage, TargetGroup
from tests.plan.actions.importing.documents import take, town_block
from tests.towns import measure, plan

pytestmark = pytest.mark.django_db


def test_block_creates_it_with_default_lists() -> None:
    take(plan(measure("1.1")))

    assert ArrivalStage.objects.count() == 5
    assert TargetGroup.objects.count() == 14
    assert list(Municipality.objects.values_list("slug", "name", "languages")) == [
        ("musterstadt", "Musterstadt", ["de", "ar"])
    ]


def test_listed_stages_take_the_place_of_the_defaults() -> None:
    take(plan(measure("1.1"), stages=[{"slug": "ankunft", "name": "Ankunft"}]))

    assert list(ArrivalStage.objects.values_list("slug", flat=True)) == ["ankunft"]
    assert TargetGroup.objects.count() == 14


def test_without_block_a_minimal_one_is_made() -> None:
    take(plan(measure("1.1", {"de": "Lesen", "uk": "Читання"}), municipality=None))

    assert list(Municipality.objects.values_list("slug", "name", "languages")) == [
        ("kommune", "Unsere Kommune", ["de", "uk"])
    ]


def test_without_block_the_only_one_is_used() -> None:
    take(plan(measure("1.1")))

    report = take(plan(measure("1.1", "Vorlesen"), municipality=None))

    assert report.counts == {"created": 0, "changed": 1, "missing": 0, "removed": 0}


def test_another_slug_creates_a_second_one() -> None:
    take(plan(measure("1.1")))

    report = take(plan(measure("1.1"), municipality=town_block("neustadt")))

    assert set(Municipality.objects.values_list("slug", flat=True)) == {"musterstadt", "neustadt"}
    assert report.notes == [
        (
            "Neustadt is a further municipality and has no host name yet; "
            "without one its pages can’t be reached."
        )
    ]


def test_without_block_and_several_the_option_is_named() -> None:
    take(plan(measure("1.1")))
    take(plan(measure("1.1"), municipality=town_block("neustadt")))

    with pytest.raises(Refused) as refused:
        take(plan(measure("1.1"), municipality=None))

    assert refused.value.reasons == [
        (
            "There are several municipalities; name the one you mean with "
            "--municipality SLUG (musterstadt, neustadt)."
        )
    ]


def test_named_one_takes_another_citys_plan_but_not_its_data() -> None:
    take(plan(measure("1.1")))
    town = Municipality.objects.get()

    report = take(
        plan(measure("1.1"), municipality=town_block("neustadt", hosts=["neu.example"])),
        municipality=town,
    )

    assert report.is_empty
    assert report.notes == [
        "What the file says of Neustadt itself was left out; its concept goes to Musterstadt."
    ]
    assert not HostName.objects.exists()


def test_block_updates_what_it_names_and_nothing_else() -> None:
    take(
        plan(
            measure("1.1"),
            municipality=town_block(
                hosts=["a.example", "b.example"],
                contact={"office": {"de": "Büro", "ar": "مكتب"}, "phone": "1"},
                terminology={"measure": {"de": {"one": "Schritt", "many": "Schritte"}}},
            ),
        )
    )

    report = take(
        plan(
            measure("1.1"),
            municipality=town_block(hosts=["b.example"], contact={"phone": "2"}),
        )
    )

    assert report.changes == [
        Change(
            "municipality",
            "musterstadt",
            "hosts",
            None,
            ["a.example", "b.example"],
            ["b.example"],
        ),
        Change("municipality", "musterstadt", "contact.phone", None, "1", "2"),
    ]
    town = Municipality.objects.get()
    assert [host.name for host in town.hosts.all()] == ["b.example"]
    assert (town.contact_office, town.contact_phone) == ("Büro", "2")
    assert town.terminology == {"measure": {"de": {"one": "Schritt", "many": "Schritte"}}}


def test_host_and_key_of_another_one_are_refused_together() -> None:
    take(plan(measure("1.1"), municipality=town_block(key="07312000", hosts=["plan.example"])))

    with pytest.raises(Refused) as refused:
        take(
            plan(
                measure("1.1"),
                municipality=town_block("neustadt", key="07312000", hosts=["plan.example"]),
            )
        )

    assert refused.value.reasons == [
        "The municipality key 07312000 already belongs to Musterstadt.",
        "The host name plan.example already belongs to Musterstadt.",
        (
            "The file is about a municipality “neustadt”, which isn’t here. If that is "
            "Musterstadt, import it with --municipality musterstadt."
        ),
    ]


def test_other_source_language_is_refused() -> None:
    take(plan(measure("1.1")))

    with pytest.raises(Refused) as refused:
        take(plan(measure("1.1"), municipality=None, language="en"))

    assert refused.value.reasons == [
        (
            "Musterstadt writes its texts in “de”, the file in “en”; set the file’s language "
            "to “de” or choose another municipality."
        )
    ]


def test_lists_are_shared_and_never_pruned() -> None:
    take(plan(measure("1.1", lead="schulamt")))

    report = take(
        plan(
            measure("1.1"),
            concept={"slug": "2030", "title": "Plan 2030", "edition": 2030},
            organisations=[{"slug": "jobcenter", "name": "Jobcenter"}],
        ),
        prune=True,
    )

    assert report.removed == []
    assert list(Municipality.objects.get().organisations.values_list("slug", flat=True)) == [
        "schulamt",
        "amt-fuer-bau",
        "jobcenter",
    ]


def test_organisation_under_one_listed_later() -> None:
    take(
        plan(
            measure("1.1"),
            organisations=[
                {"slug": "schulamt", "name": "Schulamt", "parent": "dezernat"},
                {"slug": "dezernat", "name": "Dezernat"},
            ],
        )
    )

    parents = Municipality.objects.get().organisations.values_list("slug", "parent__slug")
    assert list(parents) == [("schulamt", "dezernat"), ("dezernat", None)]
