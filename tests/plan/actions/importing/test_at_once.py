"""A file is imported while others work on the same edition."""

from collections.abc import Callable
from functools import partial

from leitbild.accounts.models import Municipality
from leitbild.core.refusal import Refused
from leitbild.plan.actions import ImportReport, import_concept
from leitbild.plan.actions.adopting import submit_proposal
from leitbild.plan.actions.continuing import continue_concept
from leitbild.plan.actions.editing import Conflict, apply_draft, save_draft
from leitbild.plan.document import ConceptDocument
from leitbild.plan.models import Concept, Measure, Publication, Revision
from leitbild.plan.queries.contents import content_of, contents
from leitbild.plan.queries.documents import concept_document
from leitbild.plan.queries.history import latest_number, revisions_of
from leitbild.plan.queries.publications import frozen_concept
from tests.parallel import at_once
from tests.people import person


def next_edition(town: Municipality) -> Concept:
    """A draft, so that a change needs no reason."""
    adopted = Concept.objects.get(municipality=town, status="adopted")
    return continue_concept(
        concept=adopted, edition=adopted.edition + 5, title="Der nächste", by=None
    )


def with_other_titles(concept: Concept) -> ConceptDocument:
    """The edition as a file in which every measure is called differently."""
    document = concept_document(concept)
    source = concept.municipality.source_language
    renamed = [
        each.model_copy(update={"title": {**each.title, source: f"Aus der Datei {each.code}"}})
        for each in document.measures
    ]
    return document.model_copy(update={"measures": renamed})


def test_what_lies_before_the_council_is_what_stands(writable_demo_city: Municipality) -> None:
    concept = next_edition(writable_demo_city)
    document = with_other_titles(concept)

    calls: list[Callable[[], object]] = [
        partial(import_concept, document=document, municipality=writable_demo_city, by=None),
        partial(submit_proposal, concept=concept, by=None, typeset=lambda _text: b"%PDF"),
    ]
    outcomes = at_once(calls)

    assert any(isinstance(each, Publication) for each in outcomes), outcomes
    assert all(isinstance(each, ImportReport | Publication | Refused) for each in outcomes)
    frozen = frozen_concept(Publication.objects.get(concept=concept)).records
    now = contents(concept)
    then = {(each.kind, each.part_id): each.content for each in frozen}
    assert {key: then[key] for key in now} == now


def test_history_knows_who_had_the_last_word(writable_demo_city: Municipality) -> None:
    concept = next_edition(writable_demo_city)
    document = with_other_titles(concept)
    row = Measure.objects.filter(concept=concept)[0]
    by = person("one@example.org")
    draft = save_draft(
        concept=concept,
        kind="measure",
        part_id=row.pk,
        content={"summary": "Aus dem Fenster"},
        by=by,
        base=latest_number("measure", row.pk),
    )

    calls: list[Callable[[], object]] = [
        partial(import_concept, document=document, municipality=writable_demo_city, by=None),
        partial(apply_draft, draft=draft, by=by),
    ]
    outcomes = at_once(calls)

    assert isinstance(outcomes[0], ImportReport), outcomes
    assert isinstance(outcomes[1], Revision | Conflict), outcomes
    assert revisions_of("measure", row.pk)[0].content == content_of(Measure.objects.get(pk=row.pk))
