"""An import makes the database hold what the file holds: once, all of it or none."""

from typing import Any

import pytest
from django.db import connection

from leitbild.accounts.models import Municipality
from leitbild.core.models import AuditEvent, Translation
from leitbild.core.refusal import Refused
from leitbild.plan.actions import Change
from leitbild.plan.models import (
    Concept,
    Goal,
    Measure,
    Resolution,
    Theme,
)
from leitbild.plan.queries.documents import concept_document
from tests.plan.actions.importing.documents import preview, take, town_block
from tests.queries import assert_same_number, queries_of
from tests.towns import measure, plan, report_on

pytestmark = pytest.mark.django_db


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


def test_themes_stand_as_in_the_file() -> None:
    """Their numbers are what people call them; their places are the file's."""
    themes = [
        {"number": 2, "slug": "sprache", "name": "Sprache"},
        {"number": 1, "slug": "bildung", "name": "Bildung"},
    ]

    take(plan(measure("1.1"), themes=themes))

    assert list(Theme.objects.values_list("number", "position")) == [(2, 0), (1, 1)]


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
