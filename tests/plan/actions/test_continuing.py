"""Beginning a new edition: everything comes along, nothing is decided, nothing old is touched."""

from functools import partial
from typing import Any

import pytest

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.core.models import AuditEvent, Translation
from leitbild.core.refusal import Refused
from leitbild.delivery.models import ProgressUpdate
from leitbild.plan.actions.continuing import continue_concept
from leitbild.plan.document import ConceptDocument
from leitbild.plan.enums import ConceptStatus
from leitbild.plan.models import (
    Concept,
    GoalLineage,
    Measure,
    MeasureLineage,
    Resolution,
    Revision,
    ThemeLineage,
)
from leitbild.plan.queries.documents import concept_document
from leitbild.plan.queries.lineage import undecided
from tests.people import member
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, report_on, settle


def begin(concept: Concept, edition: int = 2031, title: str = "Konzept 2031") -> Concept:
    return continue_concept(concept=concept, edition=edition, title=title, by=None)


def parts(document: ConceptDocument) -> dict[str, Any]:
    """What an edition says below its own title page, in every language."""
    dumped = document.model_dump(mode="json")
    return {name: dumped[name] for name in ("themes", "goals", "measures", "organisations")}


def reasons_against(concept: Concept, **values: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        begin(concept, **values)
    return refused.value.reasons


def test_new_edition_says_the_same_in_every_language(demo_city: Municipality) -> None:
    old = Concept.objects.get(slug="2022")

    new = begin(old)

    before, after = concept_document(old), concept_document(new)
    assert parts(after) == parts(before)
    assert (new.slug, new.edition, new.title) == ("2031", 2031, "Konzept 2031")
    assert (new.status, new.predecessor) == (ConceptStatus.DRAFT, old)
    assert after.concept.purpose == before.concept.purpose
    assert after.concept.title == {"de": "Konzept 2031"}
    assert len(after.measures) == 32


def test_states_of_translations_come_along(db: None) -> None:
    settle(plan(measure("1.1", {"de": "Lesen", "ar": "القراءة"})))
    old = Translation.objects.get(field="title", record="plan.measure")
    Translation.objects.update(source_digest="x" * 64, state="draft")

    new = begin(Concept.objects.get())

    copy = Translation.objects.exclude(pk=old.pk).get(record="plan.measure")
    assert (copy.record_id, copy.text) == (new.measures.get().pk, "القراءة")
    assert (copy.source_digest, copy.state) == ("x" * 64, "draft")


def test_every_part_has_its_lineage_and_no_fate(demo_city: Municipality) -> None:
    old = Concept.objects.get(slug="2022")

    new = begin(old)

    rows = MeasureLineage.objects.filter(concept=new).select_related("before", "after")
    rows = rows.order_by("before__position", "before_id")
    found = [(row.before and row.before.code, row.after and row.after.code) for row in rows]
    assert found == [(each.code, each.code) for each in old.measures.all()]
    assert {(row.fate, row.reason, row.copy_id == row.after_id) for row in rows} == {("", "", True)}
    themes = ThemeLineage.objects.filter(concept=new).order_by("before__number")
    goals = GoalLineage.objects.filter(concept=new)
    assert [(row.before.number, row.after.number) for row in themes] == [
        (number, number) for number in range(1, 6)
    ]
    assert [row.before.code for row in goals] == [row.after.code for row in goals]
    assert [each.code for each in undecided(new)] == [each.code for each in old.measures.all()]


def test_what_was_resolved_and_reported_stays_behind(demo_city: Municipality) -> None:
    old = Concept.objects.get(slug="2022")

    new = begin(old)

    assert Resolution.objects.filter(concept=old).exists()
    assert not Resolution.objects.filter(concept=new).exists()
    assert not ProgressUpdate.objects.filter(measure__concept=new).exists()


def test_history_and_log_begin(demo_city: Municipality) -> None:
    officer = member(demo_city, Role.OFFICER)
    old = Concept.objects.get(slug="2022")
    events = AuditEvent.objects.count()

    new = continue_concept(concept=old, edition=2031, title="Konzept 2031", by=officer)

    revisions = Revision.objects.filter(concept_id=new.pk)
    assert {(each.number, each.change) for each in revisions} == {(1, "continued")}
    assert revisions.count() == 1 + 5 + 15 + 32
    event = AuditEvent.objects.latest("pk")
    assert AuditEvent.objects.count() == events + 1
    assert (event.action, event.actor_id, event.record_id) == (
        "concept.continue",
        officer.pk,
        new.pk,
    )
    assert event.changes == {
        "from": "2022",
        "edition": 2031,
        "title": "Konzept 2031",
        "themes": 5,
        "goals": 15,
        "measures": 32,
    }


def test_horizon_that_would_lie_before_the_edition_stays_behind(db: None) -> None:
    concept = {"slug": "2025", "title": "Plan", "edition": 2025, "horizon": 2030}
    settle(plan(measure("1.1"), concept=concept))

    assert begin(Concept.objects.get()).horizon is None


def test_address_is_the_year_or_the_next_free_one(db: None) -> None:
    settle(plan(measure("1.1")))
    other = {"slug": "2031", "title": "Anderes", "edition": 2020, "status": "draft"}
    settle(plan(measure("1.1"), concept=other, municipality=None))

    assert begin(Concept.objects.get(slug="2025")).slug == "2031-2"


def test_second_draft_of_the_same_edition_is_refused(db: None) -> None:
    settle(plan(measure("1.1")))
    old = Concept.objects.get()
    begin(old)

    assert reasons_against(old, edition=2032) == [
        "“Konzept 2031” continues this edition already and is still a draft."
    ]
    assert Concept.objects.count() == 2


def test_every_reason_against_it_is_given_at_once(db: None) -> None:
    draft = {"slug": "2025", "title": "Plan", "edition": 2025, "status": "draft"}
    settle(plan(measure("1.1"), concept=draft))

    assert reasons_against(Concept.objects.get(), edition=2025, title="  ") == [
        "“Plan” is a draft itself. A new edition continues one that was adopted.",
        "The year of the new edition must be later than 2025.",
        "The new edition needs a title.",
    ]


def test_superseded_edition_is_not_continued(demo_city: Municipality) -> None:
    old = Concept.objects.get(slug="2013")

    assert reasons_against(old) == [
        f"“{old.title}” was superseded. Continue the edition that took its place."
    ]


def test_cost_does_not_depend_on_the_number_of_measures(db: None) -> None:
    town = settle(plan(measure("1.1", lead="schulamt")))
    report_on(town, "1.1", "planned")
    grow(town, 1)
    old = Concept.objects.get()
    few = queries_of(partial(begin, old))
    Concept.objects.exclude(pk=old.pk).delete()
    Measure.objects.filter(code="9.0").update(code="8.0")
    grow(town, 30)

    many = queries_of(partial(begin, old))

    assert_same_number(few, many)


def test_500_measures_come_along(db: None) -> None:
    town = settle(plan(measure("1.1")))
    grow(town, 499)

    new = begin(Concept.objects.get())

    assert new.measures.count() == 500
    assert new.measures.get(code="9.498").goal_links.get().goal.concept == new
