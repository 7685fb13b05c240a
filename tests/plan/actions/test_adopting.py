"""To the council and back: frozen, adopted or withdrawn, and nothing in between."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given, settings

from leitbild.accounts.models import Municipality
from leitbild.core.models import AuditEvent
from leitbild.core.refusal import Refused
from leitbild.plan.actions import import_concept, preview_import
from leitbild.plan.actions.adopting import adopt, submit_proposal, withdraw_proposal
from leitbild.plan.actions.changing import changing
from leitbild.plan.document import ConceptDocument, parse_document
from leitbild.plan.enums import ConceptStatus, RevisionChange
from leitbild.plan.models import (
    Concept,
    Decision,
    Measure,
    Publication,
    PublicationRecord,
    Resolution,
    Theme,
)
from leitbild.plan.queries.freezing import FrozenConcept
from leitbild.plan.queries.publications import open_proposal, publication_in_force
from leitbild.plan.queries.verification import verify
from tests.database import rolled_back
from tests.plan.queries.test_documents import EXAMPLES, legible
from tests.strategies import documents
from tests.tampering import tamper
from tests.towns import measure, plan, settle

pytestmark = pytest.mark.django_db

DRAFT = {"slug": "2025", "title": "Plan 2025", "edition": 2025, "status": "draft"}
DAY = dt.date(2025, 3, 3)


def typeset(frozen: FrozenConcept) -> bytes:
    """A paper that says which text it holds."""
    return f"%PDF {frozen.digest}".encode()


def concept_of(**parts: Any) -> Concept:
    settle(plan(measure("1.1", lead="schulamt", partners=["amt-fuer-bau"]), **parts))
    return Concept.objects.get()


def submit(concept: Concept) -> Publication:
    return submit_proposal(concept=concept, by=None, typeset=typeset)


def reasons(call: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reasons


def test_submitting_freezes_the_text_and_the_lists_it_names() -> None:
    publication = submit(concept_of())

    records = publication.records.values_list("position", "kind", "key")
    assert list(records) == [
        (1, "concept", "2025"),
        (2, "theme", "1"),
        (3, "goal", "1a"),
        (4, "measure", "1.1"),
        (5, "organisation", "schulamt"),
        (6, "organisation", "amt-fuer-bau"),
    ]
    frozen = publication.records.get(kind="measure")
    assert frozen.content["title"] == "Lesen"
    assert frozen.part_id == Measure.objects.get().pk
    assert (publication.number, publication.language) == (1, "de")
    assert bytes(publication.pdf).startswith(b"%PDF ")
    assert verify(publication) == []


def test_stages_and_groups_come_along_only_where_a_measure_names_them() -> None:
    stages = [{"slug": "ankommen", "name": "Ankommen"}, {"slug": "bleiben", "name": "Bleiben"}]
    settle(plan(measure("1.1", stages=["bleiben"]), stages=stages))

    publication = submit(Concept.objects.get())

    keys = publication.records.filter(kind="stage").values_list("key", flat=True)
    assert list(keys) == ["bleiben"]


def test_what_stands_above_a_named_organisation_comes_along() -> None:
    bodies = [
        {"slug": "dezernat", "name": "Dezernat"},
        {"slug": "schulamt", "name": "Schulamt", "parent": "dezernat"},
        {"slug": "bauamt", "name": "Bauamt", "parent": "dezernat"},
    ]
    settle(plan(measure("1.1", lead="schulamt"), organisations=bodies))

    publication = submit(Concept.objects.get())

    keys = publication.records.filter(kind="organisation").values_list("key", flat=True)
    assert list(keys) == ["dezernat", "schulamt"]


def test_translations_are_not_frozen() -> None:
    settle(plan(measure("1.1", {"de": "Lesen", "ar": "القراءة"})))

    publication = submit(Concept.objects.get())

    assert publication.records.get(kind="measure").content["title"] == "Lesen"


def test_submitting_leaves_one_event_with_the_digests() -> None:
    publication = submit(concept_of())

    [event] = AuditEvent.objects.filter(action="concept.submit")
    assert event.changes["number"] == 1
    assert event.changes["digest"] == publication.digest
    assert {"measure 1.1", "organisation schulamt"} <= set(event.changes["records"])


def test_nothing_is_kept_where_the_paper_cannot_be_set() -> None:
    concept = concept_of()

    def broken(_frozen: FrozenConcept) -> bytes:
        raise Refused(["A sign can’t be printed."])

    with pytest.raises(Refused), transaction.atomic():
        submit_proposal(concept=concept, by=None, typeset=broken)

    assert not Publication.objects.exists()
    assert not AuditEvent.objects.filter(action="concept.submit").exists()


def test_concept_without_measures_is_not_submitted() -> None:
    settle(plan())

    assert reasons(lambda: submit(Concept.objects.get())) == [
        "The concept has no measures yet, so there is nothing to decide."
    ]


def test_second_proposal_waits_for_the_first() -> None:
    concept = concept_of()
    submit(concept)

    assert reasons(lambda: submit(concept)) == [
        (
            "Proposal 1 lies before the council. Record its decision or withdraw the proposal, "
            "then submit the next one."
        )
    ]


def test_superseded_concept_is_not_submitted() -> None:
    concept = concept_of()
    Concept.objects.update(status=ConceptStatus.SUPERSEDED)

    assert reasons(lambda: submit(concept)) == ["“Plan 2025” was superseded and stays as it is."]


def test_measure_without_a_goal_is_not_submitted() -> None:
    concept = concept_of()
    Measure.objects.get().goal_links.all().delete()

    assert reasons(lambda: submit(concept)) == [
        "Measure 1.1 serves no goal; choose one, then submit the concept."
    ]


def test_adopting_makes_a_draft_public_with_its_resolution() -> None:
    concept = concept_of(concept=DRAFT)
    publication = submit(concept)

    adopt(
        publication=publication, by=None, body=" Rat ", date=DAY, paper="12/25", vote="einstimmig",
        url="https://example.org/12",
    )  # fmt: skip

    concept.refresh_from_db()
    assert concept.status == ConceptStatus.ADOPTED
    [resolution] = Resolution.objects.filter(concept=concept)
    assert (resolution.body, resolution.date, resolution.paper) == ("Rat", DAY, "12/25")
    assert (resolution.result, resolution.url) == ("einstimmig", "https://example.org/12")
    assert publication_in_force(concept) == publication
    assert open_proposal(concept) is None
    assert AuditEvent.objects.filter(action="concept.adopt").count() == 1


def test_adopting_puts_the_edition_before_behind() -> None:
    concept_of()
    later = {**DRAFT, "slug": "2030", "title": "Plan 2030", "edition": 2030, "predecessor": "2025"}
    settle(plan(measure("1.1"), concept=later))
    publication = submit(Concept.objects.get(slug="2030"))

    adopt(publication=publication, by=None, body="Rat", date=DAY)

    states = dict(Concept.objects.values_list("slug", "status"))
    assert states == {"2025": "superseded", "2030": "adopted"}


def test_resolution_that_an_import_brought_is_not_doubled() -> None:
    resolution = {"body": "Rat", "date": "2025-03-03", "result": "einstimmig"}
    concept = concept_of(concept={**DRAFT, "resolutions": [resolution]})

    adopt(publication=submit(concept), by=None, body="Rat", date=DAY, vote="einstimmig")

    assert Resolution.objects.filter(concept=concept).count() == 1


def test_resolution_of_tomorrow_or_of_nobody_is_refused() -> None:
    publication = submit(concept_of())
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    found = reasons(lambda: adopt(publication=publication, by=None, body=" ", date=tomorrow))

    assert found == [
        "Name the body that adopted the concept, for example the city council.",
        "The date of the resolution lies in the future.",
    ]


def test_decision_is_recorded_once() -> None:
    publication = submit(concept_of())
    adopt(publication=publication, by=None, body="Rat", date=DAY)

    again = reasons(lambda: adopt(publication=publication, by=None, body="Rat", date=DAY))
    taken_back = reasons(lambda: withdraw_proposal(publication=publication, by=None, reason="Nein"))

    assert again == taken_back == ["Proposal 1 was decided already."]
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.update(vote="41:3")


def test_text_that_moved_behind_the_proposal_is_not_adopted() -> None:
    publication = submit(concept_of())
    Theme.objects.update(vision="Etwas anderes.")

    assert reasons(lambda: adopt(publication=publication, by=None, body="Rat", date=DAY)) == [
        (
            "The text is no longer the one that was submitted. Withdraw the proposal and submit "
            "the text as it is now."
        )
    ]


def test_altered_proposal_is_not_adopted() -> None:
    publication = submit(concept_of())
    record = PublicationRecord.objects.get(kind="theme")
    tamper(record, content={**record.content, "vision": "Niemand lernt."})

    found = reasons(lambda: adopt(publication=publication, by=None, body="Rat", date=DAY))

    assert found[0] == "Theme 1: Its content doesn’t match its digest: it was altered."


def test_withdrawing_lets_the_text_change_and_the_number_go_on() -> None:
    concept = concept_of(concept=DRAFT)
    publication = submit(concept)

    withdraw_proposal(publication=publication, by=None, reason=" Noch ein Ziel. ")

    assert open_proposal(concept) is None
    assert publication_in_force(concept) is None
    assert Decision.objects.get().reason == "Noch ein Ziel."
    assert submit(concept).number == 2
    concept.refresh_from_db()
    assert concept.status == ConceptStatus.DRAFT


def test_withdrawing_needs_a_reason() -> None:
    publication = submit(concept_of())

    found = reasons(lambda: withdraw_proposal(publication=publication, by=None, reason=" "))

    assert found == ["Say in a sentence why the proposal is withdrawn."]


def test_frozen_records_can_not_be_changed_or_deleted() -> None:
    publication = submit(concept_of())

    for attempt in (
        lambda: publication.records.update(key="x"),
        lambda: publication.records.all().delete(),
        lambda: Publication.objects.update(digest="x"),
        lambda: Publication.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_text_before_the_council_does_not_change() -> None:
    concept = concept_of()
    submit(concept)

    with (
        pytest.raises(Refused),
        changing(
            concept=concept, by=None, action="theme.edit", change=RevisionChange.EDITED, reason="x"
        ),
    ):
        pass  # pragma: no cover


def changed_file(title: str = "Vorlesen") -> ConceptDocument:
    return parse_document(plan(measure("1.1", title, lead="schulamt", partners=["amt-fuer-bau"])))


def test_import_does_not_change_a_text_before_the_council() -> None:
    submit(concept_of())

    found = reasons(lambda: import_concept(document=changed_file(), by=None, reason="Neu"))

    assert found == [
        (
            "Proposal 1 lies before the council, so the text of “2025” stays as it is. Import the "
            "file when the council has decided, or withdraw the proposal first."
        )
    ]
    assert reasons(lambda: preview_import(document=changed_file())) == found
    assert Measure.objects.get().title == "Lesen"


def test_import_of_an_adopted_text_needs_a_reason() -> None:
    adopt(publication=submit(concept_of()), by=None, body="Rat", date=DAY)

    preview = preview_import(document=changed_file())
    found = reasons(lambda: import_concept(document=changed_file(), by=None))
    import_concept(document=changed_file(), by=None, reason="Verständlicher.")

    assert preview.needs_reason
    assert found == [
        (
            "“2025” was adopted. Say in a sentence why it changes (--reason); readers see the "
            "reason beside the change."
        )
    ]
    assert Measure.objects.get().title == "Vorlesen"


def test_import_of_translations_needs_no_reason() -> None:
    submit(concept_of())
    translated = plan(
        measure("1.1", {"de": "Lesen", "ar": "القراءة"}, lead="schulamt", partners=["amt-fuer-bau"])
    )

    report = import_concept(document=parse_document(translated), by=None)

    assert not report.needs_reason
    assert [change.language for change in report.changes] == ["ar"]


@settings(EXAMPLES, max_examples=10)
@given(document=documents())
def test_whatever_is_frozen_is_found_sound(document: ConceptDocument) -> None:
    with rolled_back():
        report = import_concept(document=legible(document), by=None)
        town = Municipality.objects.get(slug=report.municipality)
        concept = Concept.objects.get(municipality=town, slug=report.concept)
        Concept.objects.filter(pk=concept.pk).update(status=ConceptStatus.DRAFT)
        if not concept.measures.exists():
            return

        publication = submit(concept)

        assert verify(publication) == []
        adopt(publication=publication, by=None, body="Rat", date=DAY)
        assert publication_in_force(concept) == publication
