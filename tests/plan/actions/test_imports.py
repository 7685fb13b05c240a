"""An import makes the database hold what the file holds: once, all of it or none."""

from typing import Any

import pytest
from django.db import connection

from leitbild.accounts.models import HostName, Municipality
from leitbild.core.models import AuditEvent, Translation
from leitbild.core.refusal import Refused
from leitbild.plan.actions import Change, ImportReport, import_concept, preview_import
from leitbild.plan.document import parse_document
from leitbild.plan.models import (
    ArrivalStage,
    Concept,
    Goal,
    Measure,
    Resolution,
    TargetGroup,
    Theme,
)
from leitbild.plan.queries.documents import concept_document
from tests.queries import assert_same_number, queries_of
from tests.towns import measure, plan, report_on

pytestmark = pytest.mark.django_db


def take(raw: dict[str, Any], **options: Any) -> ImportReport:
    return import_concept(document=parse_document(raw), by=None, **options)


def preview(raw: dict[str, Any], **options: Any) -> ImportReport:
    return preview_import(document=parse_document(raw), **options)


def town_block(slug: str = "musterstadt", **values: Any) -> dict[str, Any]:
    return {"slug": slug, "name": slug.title(), "languages": ["de", "ar"], **values}


def writes(queries: list[str]) -> list[str]:
    return [sql for sql in queries if sql.startswith(("INSERT", "UPDATE", "DELETE"))]


def translations_of_measures() -> list[tuple[str, str, str]]:
    names = dict(Measure.objects.values_list("pk", "code"))
    found = Translation.objects.filter(record="plan.measure")
    return [(names[each.record_id], each.language, each.text) for each in found]


def codes() -> list[str]:
    return list(Measure.objects.values_list("code", flat=True))


def test_first_import_creates_everything() -> None:
    report = take(plan(measure("1.1"), measure("1.2")))

    assert (report.municipality, report.concept) == ("musterstadt", "2025")
    assert report.counts == {"created": 27, "changed": 0, "missing": 0, "removed": 0}
    assert codes() == ["1.1", "1.2"]


def test_second_import_changes_nothing_and_writes_no_row() -> None:
    raw = plan(measure("1.1", {"de": "Lesen", "ar": "القراءة"}))
    take(raw)

    queries = queries_of(lambda: take(raw))

    assert writes(queries) == []
    assert take(raw).is_empty


def test_import_updates_field_by_field() -> None:
    take(plan(measure("1.1", {"de": "Lesen", "ar": "القراءة"}, start=2024)))

    report = take(plan(measure("1.1", {"de": "Vorlesen", "uk": "Читання"}, start="2024-05-01")))

    assert report.changes == [
        Change("measure", "1.1", "title", "ar", "القراءة", None),
        Change("measure", "1.1", "title", "de", "Lesen", "Vorlesen"),
        Change("measure", "1.1", "start", None, 2024, Measure.objects.get().start),
        Change("measure", "1.1", "title", "uk", None, "Читання"),
    ]
    assert translations_of_measures() == [("1.1", "uk", "Читання")]


def test_only_changed_rows_are_written() -> None:
    take(plan(measure("1.1"), measure("1.2")))
    before = dict(Measure.objects.values_list("code", "pk"))

    queries = queries_of(lambda: take(plan(measure("1.1"), measure("1.2", "Vorlesen"))))

    assert sum("plan_measure" in sql for sql in writes(queries)) == 1
    assert dict(Measure.objects.values_list("code", "pk")) == before


def test_outdated_translation_keeps_the_digest_of_its_source() -> None:
    take(plan(measure("1.1", {"de": "Lesen", "ar": "القراءة"})))
    before = Translation.objects.get(record="plan.measure").source_digest

    take(plan(measure("1.1", {"de": "Vorlesen", "ar": "القراءة"})))

    assert Translation.objects.get(record="plan.measure").source_digest == before


def test_dry_run_reports_the_same_and_writes_nothing() -> None:
    take(plan(measure("1.1"), measure("1.2")))
    raw = plan(measure("1.1", "Vorlesen"), measure("1.3"))

    queries = queries_of(lambda: preview(raw))
    seen = preview(raw)

    assert writes(queries) == []
    assert seen == take(raw)


def test_dry_run_into_an_empty_database_writes_nothing() -> None:
    report = preview(plan(measure("1.1")))

    assert report.counts["created"] == 26
    assert not Municipality.objects.exists()


def test_what_the_file_lacks_stays_and_is_reported() -> None:
    take(plan(measure("1.1"), measure("1.2", "Singen")))

    report = take(plan(measure("1.1")))

    assert [(row.kind, row.key, row.title) for row in report.missing] == [
        ("measure", "1.2", "Singen")
    ]
    assert codes() == ["1.1", "1.2"]


def test_prune_removes_it_with_its_translations() -> None:
    take(plan(measure("1.1"), measure("1.2", {"de": "Singen", "ar": "الغناء"})))

    report = take(plan(measure("1.1")), prune=True)

    assert report.counts == {"created": 0, "changed": 0, "missing": 0, "removed": 1}
    assert codes() == ["1.1"]
    assert translations_of_measures() == []


def test_prune_removes_themes_goals_and_resolutions_too() -> None:
    more = plan(
        measure("1.1"),
        measure("2.1", goals=["2a"]),
        concept={
            "slug": "2025",
            "title": "Plan 2025",
            "edition": 2025,
            "resolutions": [{"body": "Rat"}, {"body": "Ausschuss"}],
        },
        themes=[
            {"number": 1, "slug": "bildung", "name": "Bildung", "vision": "Alle lernen."},
            {"number": 2, "slug": "arbeit", "name": "Arbeit"},
        ],
        goals=[
            {"code": "1a", "theme": 1, "title": "Jedes Kind liest."},
            {"code": "2a", "theme": 2, "title": "Alle arbeiten."},
        ],
    )
    take(more)

    report = take(plan(measure("1.1")), prune=True)

    assert [f"{row.kind} {row.key}" for row in report.removed] == [
        "resolution 1",
        "resolution 2",
        "theme 2",
        "goal 2a",
        "measure 2.1",
    ]
    assert [model.objects.count() for model in (Resolution, Theme, Goal, Measure)] == [0, 1, 1, 1]


def test_prune_spares_what_moved_from_a_removed_theme() -> None:
    two = [
        {"number": 1, "slug": "bildung", "name": "Bildung"},
        {"number": 2, "slug": "arbeit", "name": "Arbeit"},
    ]
    take(plan(measure("1.1"), themes=two, goals=[{"code": "1a", "theme": 2, "title": "Ziel"}]))

    take(
        plan(measure("1.1"), themes=two[:1], goals=[{"code": "1a", "theme": 1, "title": "Ziel"}]),
        prune=True,
    )

    assert Goal.objects.get().theme.number == 1
    assert codes() == ["1.1"]


@pytest.mark.parametrize("run", [take, preview])
def test_prune_refuses_measures_with_history(run: Any) -> None:
    take(plan(measure("1.1"), measure("1.2"), measure("1.3"), measure("1.4")))
    town = Municipality.objects.get()
    report_on(town, "1.2", "done")
    report_on(town, "1.4", "done")

    with pytest.raises(Refused) as refused:
        run(plan(measure("1.1", "Anders")), prune=True)

    assert refused.value.reasons == [
        (
            "These measures have progress updates and can’t be removed: 1.2, 1.4. "
            "Put them back into the file."
        )
    ]
    assert codes() == ["1.1", "1.2", "1.3", "1.4"]
    assert Measure.objects.get(code="1.1").title == "Lesen"


def test_failure_at_the_end_leaves_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE core_auditevent")

    with pytest.raises(Exception, match="core_auditevent"):
        take(plan(measure("1.1")))

    assert not Municipality.objects.exists()
    assert not Measure.objects.exists()


def test_order_follows_the_file() -> None:
    take(plan(measure("1.1"), measure("1.2"), measure("1.3")))

    report = take(plan(measure("1.3"), measure("1.4"), measure("1.1"), measure("1.2")))

    assert codes() == ["1.3", "1.4", "1.1", "1.2"]
    assert report.changes == [
        Change("measure", "", "order", None, ["1.1", "1.2", "1.3"], ["1.3", "1.1", "1.2"])
    ]


def test_kept_rows_keep_their_place_between_the_listed() -> None:
    take(plan(measure("1.1"), measure("1.2"), measure("1.3")))

    take(plan(measure("1.0"), measure("1.1"), measure("1.3")))

    assert codes() == ["1.0", "1.1", "1.2", "1.3"]


def test_themes_can_exchange_their_slugs() -> None:
    def themes(first: str, second: str) -> list[dict[str, Any]]:
        return [
            {"number": 1, "slug": first, "name": "Eins"},
            {"number": 2, "slug": second, "name": "Zwei"},
        ]

    take(plan(measure("1.1"), themes=themes("a", "b")))

    take(plan(measure("1.1"), themes=themes("b", "a")))

    assert list(Theme.objects.values_list("number", "slug")) == [(1, "b"), (2, "a")]


def test_slug_of_a_theme_that_stays_is_not_given_away() -> None:
    take(plan(measure("1.1")))

    with pytest.raises(Refused) as refused:
        take(
            plan(
                measure("1.1"),
                themes=[{"number": 2, "slug": "bildung", "name": "Bildung"}],
                goals=[{"code": "1a", "theme": 2, "title": "Ziel"}],
            )
        )

    assert refused.value.reasons == [
        (
            "The themes 1, 2 would share the short name “bildung”; the file lacks one of them. "
            "Remove what it lacks with --prune, or choose another short name."
        )
    ]


def test_theme_without_colour_and_sign_gets_them_by_number_and_keeps_its_own() -> None:
    take(plan(measure("1.1")))
    given = list(Theme.objects.values_list("colour", "sign"))
    Theme.objects.update(colour="#9c4438", sign="tree")

    report = take(plan(measure("1.1")))

    assert given == [("#2266a4", "book")]
    assert report.is_empty


def test_colour_that_cannot_be_read_is_refused_with_its_pair() -> None:
    pale = [{"number": 1, "slug": "bildung", "name": "Bildung", "colour": "#cccccc"}]

    with pytest.raises(Refused) as refused:
        preview(plan(measure("1.1"), themes=pale))

    assert refused.value.reasons[0] == (
        "1 Bildung: #cccccc on #fbfaf6 has a contrast of 1.53:1; "
        "at least 4.5:1 is needed to read it."
    )


def test_token_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Refused, match="quiet: #aaaaaa on #fbfaf6"):
        take(plan(measure("1.1"), municipality=town_block(tokens={"quiet": "#aaaaaa"})))

    assert not Municipality.objects.exists()


def test_import_writes_one_event_with_counts_and_changes() -> None:
    take(plan(measure("1.1")))
    take(plan(measure("1.1", "x" * 300)))

    event = AuditEvent.objects.filter(action="concept.import").order_by("-id")[0]

    assert event.record_id == Concept.objects.get().pk
    assert event.changes == {
        "counts": {"created": 0, "changed": 1, "missing": 0, "removed": 0},
        "removed": [],
        "changes": [
            {
                "kind": "measure",
                "key": "1.1",
                "field": "title",
                "language": "de",
                "before": "Lesen",
                "after": "x" * 300,
            }
        ],
        "changes_left_out": 0,
    }
    assert AuditEvent.objects.filter(action="concept.import").count() == 2


def test_event_stays_small() -> None:
    take(plan(*(measure(f"1.{each}") for each in range(250))))

    take(plan(*(measure(f"1.{each}", text="y" * 5_000) for each in range(250))))

    event = AuditEvent.objects.filter(action="concept.import").order_by("-id")[0]
    assert len(event.changes["changes"]) == 200
    assert event.changes["changes_left_out"] == 50
    assert event.changes["changes"][0]["after"] == "y" * 299 + "…"


def test_number_of_queries_does_not_grow_with_the_plan() -> None:
    one = plan(measure("1.1"))
    many = plan(*(measure(f"1.{each}") for each in range(1, 31)))
    take(many)

    few_queries = queries_of(lambda: preview(one))
    many_queries = queries_of(lambda: preview(many))

    assert_same_number(few_queries, many_queries)


def test_links_to_goals_keep_the_files_order() -> None:
    goals = [{"code": code, "theme": 1, "title": code} for code in ("1a", "1b", "1c")]
    take(plan(measure("1.1", goals=["1c", "1a"]), goals=goals))

    take(plan(measure("1.1", goals=["1b", "1c", "1a"]), goals=goals))

    assert concept_document(Concept.objects.get()).measures[0].goals == ["1b", "1c", "1a"]


class TestMunicipality:
    """Which municipality a file goes to, and what it says of it."""

    def test_block_creates_it_with_default_lists(self) -> None:
        take(plan(measure("1.1")))

        assert ArrivalStage.objects.count() == 5
        assert TargetGroup.objects.count() == 14
        assert list(Municipality.objects.values_list("slug", "name", "languages")) == [
            ("musterstadt", "Musterstadt", ["de", "ar"])
        ]

    def test_listed_stages_take_the_place_of_the_defaults(self) -> None:
        take(plan(measure("1.1"), stages=[{"slug": "ankunft", "name": "Ankunft"}]))

        assert list(ArrivalStage.objects.values_list("slug", flat=True)) == ["ankunft"]
        assert TargetGroup.objects.count() == 14

    def test_without_block_a_minimal_one_is_made(self) -> None:
        take(plan(measure("1.1", {"de": "Lesen", "uk": "Читання"}), municipality=None))

        assert list(Municipality.objects.values_list("slug", "name", "languages")) == [
            ("kommune", "Unsere Kommune", ["de", "uk"])
        ]

    def test_without_block_the_only_one_is_used(self) -> None:
        take(plan(measure("1.1")))

        report = take(plan(measure("1.1", "Vorlesen"), municipality=None))

        assert report.counts == {"created": 0, "changed": 1, "missing": 0, "removed": 0}

    def test_another_slug_creates_a_second_one(self) -> None:
        take(plan(measure("1.1")))

        report = take(plan(measure("1.1"), municipality=town_block("neustadt")))

        assert list(Municipality.objects.values_list("slug", flat=True)) == [
            "musterstadt",
            "neustadt",
        ]
        assert report.notes == [
            (
                "Neustadt is a further municipality and has no host name yet; "
                "without one its pages can’t be reached."
            )
        ]

    def test_without_block_and_several_the_option_is_named(self) -> None:
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

    def test_named_one_takes_another_citys_plan_but_not_its_data(self) -> None:
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

    def test_block_updates_what_it_names_and_nothing_else(self) -> None:
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

    def test_host_and_key_of_another_one_are_refused_together(self) -> None:
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
        ]

    def test_other_source_language_is_refused(self) -> None:
        take(plan(measure("1.1")))

        with pytest.raises(Refused) as refused:
            take(plan(measure("1.1"), municipality=None, language="en"))

        assert refused.value.reasons == [
            (
                "Musterstadt writes its texts in “de”, the file in “en”; set the file’s language "
                "to “de” or choose another municipality."
            )
        ]

    def test_lists_are_shared_and_never_pruned(self) -> None:
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

    def test_organisation_under_one_listed_later(self) -> None:
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


class TestEditions:
    """One edition takes the place of another."""

    def edition(self, year: int, **more: Any) -> dict[str, Any]:
        concept = {"slug": str(year), "title": f"Plan {year}", "edition": year, **more}
        return plan(measure("1.1"), concept=concept)

    def statuses(self) -> dict[str, str]:
        return dict(Concept.objects.values_list("slug", "status"))

    def test_adopted_edition_supersedes_its_predecessor(self) -> None:
        take(self.edition(2015))

        report = take(self.edition(2025, predecessor="2015"))

        assert self.statuses() == {"2015": "superseded", "2025": "adopted"}
        assert Change("concept", "2015", "status", None, "adopted", "superseded") in report.changes

    def test_draft_supersedes_nothing(self) -> None:
        take(self.edition(2015))
        take(self.edition(2025, predecessor="2015", status="draft"))

        assert self.statuses() == {"2015": "adopted", "2025": "draft"}

    def test_superseded_edition_stays_so(self) -> None:
        take(self.edition(2015))
        take(self.edition(2025, predecessor="2015"))

        report = take(self.edition(2015))

        assert report.is_empty
        assert report.notes == ["“2015” stays superseded, because a newer edition is adopted."]

    def test_absent_predecessor_is_noted_and_linked_by_a_later_import(self) -> None:
        report = take(self.edition(2025, predecessor="2015"))
        take(self.edition(2015))
        take(self.edition(2025, predecessor="2015"))

        assert report.notes == [
            "The predecessor “2015” is not here; import it first, then this file again."
        ]
        assert self.statuses() == {"2015": "superseded", "2025": "adopted"}
        assert Concept.objects.get(slug="2025").predecessor == Concept.objects.get(slug="2015")

    def test_circle_of_predecessors_is_refused(self) -> None:
        take(self.edition(2015))
        take(self.edition(2025, predecessor="2015"))

        with pytest.raises(Refused) as refused:
            take(self.edition(2015, predecessor="2025"))

        assert refused.value.reasons == ["“2015” can’t come before itself through “2025”."]


class TestPartialFiles:
    """A Word document says little; what it doesn't say stays."""

    def test_names_find_what_slugs_do_not(self) -> None:
        take(plan(measure("1.1", lead="amt-fuer-bau")))

        report = take(
            plan(
                measure("1.1", lead="bauamt"),
                organisations=[{"slug": "bauamt", "name": "AMT für Bau"}],
            ),
            partial=True,
        )

        assert report.changes == [
            Change("organisation", "amt-fuer-bau", "name", "de", "Amt für Bau", "AMT für Bau")
        ]
        assert report.created == []

    def test_translations_and_values_it_does_not_name_stay(self) -> None:
        take(
            plan(
                measure("1.1", {"de": "Lesen", "ar": "القراءة"}, end=2030),
                themes=[{"number": 1, "slug": "kurz", "name": "Bildung", "sign": "tree"}],
            )
        )

        report = take(
            plan(
                measure("1.1", "Vorlesen"),
                themes=[{"number": 1, "slug": "bildung", "name": "Bildung"}],
            ),
            partial=True,
        )

        assert report.changes == [Change("measure", "1.1", "title", "de", "Lesen", "Vorlesen")]
        assert Theme.objects.get().slug == "kurz"
