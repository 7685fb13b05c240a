"""Beginning an empty concept and discarding one that was begun in error."""

import pytest

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User
from leitbild.core.models import AuditEvent, Translation
from leitbild.core.refusal import Refused
from leitbild.plan.actions.concepts import create_concept, discard_concept
from leitbild.plan.actions.continuing import continue_concept
from leitbild.plan.enums import ConceptStatus, RevisionChange
from leitbild.plan.models import Concept, Draft, Measure, Revision
from tests.people import member
from tests.towns import measure, plan, report_on, settle


@pytest.fixture
def town(db: None) -> Municipality:
    """A town with an adopted concept."""
    return settle(plan(measure("1.1", {"de": "Lesen", "ar": "القراءة"})))


@pytest.fixture
def officer(town: Municipality) -> User:
    return member(town, Role.OFFICER)


def begin(town: Municipality, by: User, title: str = "Plan 2030", edition: int = 2030) -> Concept:
    return create_concept(municipality=town, title=title, edition=edition, by=by)


def test_new_concept_is_an_empty_draft(town: Municipality, officer: User) -> None:
    concept = begin(town, officer, "  Plan\n 2030 ")

    assert (concept.title, concept.slug, concept.status) == ("Plan 2030", "2030", "draft")
    revision = Revision.objects.get(concept_id=concept.pk)
    assert (revision.change, revision.author_name) == (RevisionChange.CREATED, str(officer))
    event = AuditEvent.objects.get(action="concept.create")
    assert event.changes == {"title": "Plan 2030", "edition": 2030, "slug": "2030"}


def test_second_concept_of_a_year_gets_a_number(town: Municipality, officer: User) -> None:
    slugs = [begin(town, officer).slug for _time in range(3)]

    assert slugs == ["2030", "2030-2", "2030-3"]


def test_every_fault_is_told_at_once(town: Municipality, officer: User) -> None:
    with pytest.raises(Refused) as refusal:
        begin(town, officer, " ", 20300)

    assert refusal.value.reasons == [
        "This is missing. Please fill it in.",
        "“20300” isn’t a year between 1900 and 2200. Please enter four digits.",
    ]


def test_long_title_is_refused(town: Municipality, officer: User) -> None:
    with pytest.raises(Refused) as refusal:
        begin(town, officer, "x" * 301)

    assert refusal.value.reasons == ["The text has 301 characters; at most 300 are possible."]


def test_untouched_concept_is_discarded(town: Municipality, officer: User) -> None:
    concept = begin(town, officer)

    discard_concept(concept=concept, by=officer)

    assert list(Concept.objects.values_list("slug", flat=True)) == ["2025"]
    assert AuditEvent.objects.get(action="concept.discard").changes["slug"] == "2030"


def test_continuation_nobody_worked_on_goes_with_its_translations(
    town: Municipality, officer: User
) -> None:
    old = Concept.objects.get()
    Concept.objects.filter(pk=old.pk).update(status=ConceptStatus.ADOPTED)
    old.refresh_from_db()
    texts = Translation.objects.count()
    new = continue_concept(concept=old, edition=2030, title="Plan 2030", by=officer)

    discard_concept(concept=new, by=officer)

    assert Measure.objects.count() == 1
    assert Translation.objects.count() == texts


def test_concept_readers_know_stays(town: Municipality, officer: User) -> None:
    concept = Concept.objects.get()
    Concept.objects.filter(pk=concept.pk).update(status=ConceptStatus.ADOPTED)

    with pytest.raises(Refused) as refusal:
        discard_concept(concept=concept, by=officer)

    assert refusal.value.reasons == [
        "“Plan 2025” has been before the council or its readers, so it stays on record."
    ]


def test_concept_with_a_draft_stays(town: Municipality, officer: User) -> None:
    concept = begin(town, officer)
    Draft.objects.create(concept=concept, kind="theme", content={"name": "Sport"}, author=officer)

    with pytest.raises(Refused) as refusal:
        discard_concept(concept=concept, by=officer)

    assert refusal.value.reasons == [
        (
            "People have worked on “Plan 2030”. Delete its parts one by one; they stay in the bin "
            "for thirty days."
        )
    ]


def test_concept_with_reports_stays(town: Municipality, officer: User) -> None:
    concept = Concept.objects.get()
    Concept.objects.filter(pk=concept.pk).update(status=ConceptStatus.DRAFT)
    report_on(town, "1.1", "done")

    with pytest.raises(Refused) as refusal:
        discard_concept(concept=concept, by=officer)

    assert refusal.value.reasons == [
        "There are reports about measures of “Plan 2025”, so it stays on record."
    ]
    assert Translation.objects.filter(record="plan.measure").count() == 1
