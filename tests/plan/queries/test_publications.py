"""Publications read, compared and verified; amendments told."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from leitbild.accounts.models import Municipality, Organisation
from leitbild.plan.actions.adopting import adopt, submit_proposal
from leitbild.plan.actions.changing import changing
from leitbild.plan.actions.history import record_history
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import (
    Concept,
    Goal,
    Measure,
    MeasureGoal,
    MeasureLineage,
    Publication,
    PublicationRecord,
    Theme,
)
from leitbild.plan.queries.amendments import Amendment, amendments
from leitbild.plan.queries.comparing import PartDifference, compare_publications, names_of
from leitbild.plan.queries.contents import contents
from leitbild.plan.queries.freezing import canonical, frozen
from leitbild.plan.queries.frozen_text import frozen_text
from leitbild.plan.queries.publications import (
    frozen_concept,
    frozen_concepts,
    publication_in_force,
    publications_of,
)
from leitbild.plan.queries.verification import verify
from tests.queries import assert_same_number, queries_of
from tests.tampering import tamper, without_protection
from tests.towns import grow, measure, plan, settle

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 3, 3)


@pytest.fixture
def town() -> Municipality:
    stages = [{"slug": "ankommen", "name": "Ankommen"}]
    measures = [
        measure("1.1", summary="Kinder lesen.", lead="schulamt", stages=["ankommen"], start=2025),
        measure("1.2", "Rechnen", goals=["1b", "1a"], end="2027-06-30", kind="permanent"),
    ]
    goals = [
        {"code": "1a", "theme": 1, "title": "Jedes Kind liest."},
        {"code": "1b", "theme": 1, "title": "Jedes Kind rechnet.", "horizon": 2030},
    ]
    return settle(plan(*measures, stages=stages, goals=goals))


@pytest.fixture
def concept(town: Municipality) -> Concept:
    return Concept.objects.get(municipality=town)


def publish(concept: Concept) -> Publication:
    publication = submit_proposal(concept=concept, by=None, typeset=lambda _: b"%PDF")
    adopt(publication=publication, by=None, body="Rat", date=DAY)
    return publication


def change(concept: Concept, write: Callable[[], Any], reason: str = "Klarer.") -> None:
    record_history(concept=concept, change=RevisionChange.CREATED, by=None)
    with changing(
        concept=concept, by=None, action="x", change=RevisionChange.EDITED, reason=reason
    ):
        write()


def rows(part: PartDifference) -> dict[str, list[tuple[str, str]]]:
    return {
        row.field: [(piece.kind, piece.text) for piece in row.pieces if piece.kind != "same"]
        for row in part.fields
    }


def test_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": ["ä", 1], "a": None}) == '{"a":null,"b":["ä",1]}'.encode()


def test_publication_is_read_from_its_records_alone(concept: Concept) -> None:
    publication = publish(concept)
    Organisation.objects.filter(slug="schulamt").update(name="Amt für Bildung")
    Theme.objects.update(name="Ganz anders")

    text = frozen_text(frozen_concept(publication))

    [theme] = text.themes
    assert (theme.texts["name"], theme.number) == ("Bildung", 1)
    assert [goal.code for goal in theme.goals] == ["1a", "1b"]
    [reading], [counting] = (goal.measures for goal in theme.goals)
    assert (reading.lead, reading.stages, reading.start) == ("Schulamt", ("Ankommen",), 2025)
    assert (counting.lead, counting.end) == (None, dt.date(2027, 6, 30))
    assert theme.goals[0].also == (counting,)


def test_text_in_another_language_says_which(concept: Concept) -> None:
    text = frozen_text(frozen_concept(publish(concept)), language="ar")

    title = text.texts["title"]
    assert (title.is_fallback, title.language) == (True, "de")


def test_frozen_again_it_is_the_same(concept: Concept) -> None:
    publication = publish(concept)

    again = frozen(concept, number=1, day=frozen_concept(publication).day)

    assert again.records == frozen_concept(publication).records
    assert again.digest == frozen_concept(publication).digest


def test_untouched_text_has_no_amendments(concept: Concept) -> None:
    assert amendments(concept) == []

    publish(concept)

    assert amendments(concept) == []


def test_amendment_tells_what_changed_when_and_why(concept: Concept) -> None:
    publish(concept)
    reading = Measure.objects.get(code="1.1")

    change(concept, lambda: Measure.objects.filter(pk=reading.pk).update(title="Vorlesen"))
    change(concept, lambda: Measure.objects.filter(pk=reading.pk).update(lead=None), "Umbau.")

    [found] = amendments(concept, names=names_of(concept.municipality))
    assert (found.kind, found.part_id, found.number) == ("measure", reading.pk, 1)
    assert (found.key, found.title, found.change) == ("1.1", "Vorlesen", "changed")
    assert [step.reason for step in found.steps] == ["Umbau.", "Klarer."]
    assert rows(found) == {
        "title": [("gone", "Lesen"), ("new", "Vorlesen")],
        "lead": [("gone", "Schulamt")],
    }


def test_change_that_was_taken_back_is_no_amendment(concept: Concept) -> None:
    publish(concept)

    change(concept, lambda: Theme.objects.update(vision="Alle spielen."))
    change(concept, lambda: Theme.objects.update(vision="Alle lernen."))

    assert amendments(concept) == []


def test_parts_that_came_and_went_are_amendments(concept: Concept) -> None:
    publish(concept)

    def write() -> None:
        Measure.objects.get(code="1.1").delete()
        goal = Goal.objects.get(code="1a")
        new = Measure.objects.create(concept=concept, code="1.9", title="Singen", kind="one_off")
        MeasureGoal.objects.create(concept=concept, measure=new, goal=goal)

    change(concept, write)

    found = {each.key: each.change for each in amendments(concept)}
    assert found == {"1.1": "removed", "1.9": "added"}


def test_next_publication_takes_the_amendments_in(concept: Concept) -> None:
    publish(concept)
    change(concept, lambda: Theme.objects.update(vision="Alle spielen."))

    publish(concept)

    assert amendments(concept) == []
    newest = publication_in_force(concept)
    assert newest is not None
    assert newest.number == 2


def test_amendments_are_what_differs_from_the_frozen_records(concept: Concept) -> None:
    publication = publish(concept)
    change(concept, lambda: Measure.objects.filter(code="1.2").update(title="Zählen"))
    change(concept, lambda: Goal.objects.filter(code="1a").update(horizon=2031))

    then = {(each.kind, each.part_id): each.content for each in frozen_concept(publication).records}
    now = contents(concept)

    differing = {key for key, content in now.items() if then.get(key) != content}
    assert {(each.kind, each.part_id) for each in amendments(concept)} == differing


def test_amendments_of_some_parts_leave_out_the_others(concept: Concept) -> None:
    publish(concept)
    change(concept, lambda: Measure.objects.update(title="Zählen"))
    wanted = Measure.objects.get(code="1.2").pk

    found = amendments(concept, only=[("measure", wanted), ("theme", 0)])

    assert [each.part_id for each in found] == [wanted]


def test_amendments_cost_two_queries_and_one_where_the_publication_is_known(
    town: Municipality, concept: Concept
) -> None:
    publish(concept)
    change(concept, lambda: Measure.objects.filter(code="1.1").update(title="Vorlesen"))
    few = queries_of(lambda: amendments(concept))

    change(concept, lambda: grow(town, 30))
    many = queries_of(lambda: amendments(concept))

    assert_same_number(few, many)
    assert len(many) == 2
    assert len(amendments(concept)) == 31
    in_force = publication_in_force(concept)
    assert len(queries_of(lambda: amendments(concept, since=in_force))) == 1
    assert amendments(concept, since=in_force) == amendments(concept)


def test_comparison_of_two_publications_is_word_by_word(concept: Concept) -> None:
    old = publish(concept)
    change(concept, lambda: Measure.objects.filter(code="1.1").update(summary="Alle Kinder lesen."))
    change(concept, lambda: Measure.objects.filter(code="1.2").update(kind="one_off", start=None))
    new = publish(concept)

    found = compare_publications(*frozen_concepts([old, new]))

    assert [(each.kind, each.key, each.change) for each in found] == [
        ("measure", "1.1", "changed"),
        ("measure", "1.2", "changed"),
    ]
    assert rows(found[0]) == {"summary": [("new", "Alle ")]}
    assert rows(found[1]) == {"kind": [("gone", "permanent task"), ("new", "one-off task")]}


def test_comparison_names_what_came_and_went_of_a_list(concept: Concept) -> None:
    old = publish(concept)
    partner = Organisation.objects.get(slug="amt-fuer-bau")
    counting = Measure.objects.get(code="1.2")
    change(concept, lambda: counting.partners.add(partner))
    new = publish(concept)

    forth = compare_publications(*frozen_concepts([old, new]))
    back = compare_publications(*frozen_concepts([new, old]))

    assert [rows(each) for each in forth] == [{"partners": [("new", "Amt für Bau")]}]
    assert [rows(each) for each in back] == [{"partners": [("gone", "Amt für Bau")]}]


def test_publication_compared_with_itself_has_no_differences(concept: Concept) -> None:
    one = frozen_concept(publish(concept))

    assert compare_publications(one, one) == []


def test_editions_are_compared_by_lineage_and_then_by_title(concept: Concept) -> None:
    old = publish(concept)
    later = {"slug": "2030", "title": "Plan 2030", "edition": 2030, "status": "draft"}
    measures = [measure("7.1", "Vorlesen"), measure("7.2", "Rechnen"), measure("7.3", "Singen")]
    settle(plan(*measures, concept=later, municipality=None))
    after = Concept.objects.get(slug="2030")
    MeasureLineage.objects.create(
        concept=after,
        before=Measure.objects.get(concept=concept, code="1.1"),
        after=Measure.objects.get(concept=after, code="7.1"),
        fate="changed",
    )
    new = submit_proposal(concept=after, by=None, typeset=lambda _: b"%PDF")

    found = compare_publications(*frozen_concepts([old, new]))

    measures_found = {each.key: each for each in found if each.kind == "measure"}
    assert {key: each.change for key, each in measures_found.items()} == {
        "7.1": "changed",
        "7.2": "changed",
        "7.3": "added",
    }
    assert rows(measures_found["7.1"])["title"] == [("gone", "Lesen"), ("new", "Vorlesen")]
    gone = [each.title for each in found if each.change == "removed"]
    assert gone == ["Jedes Kind rechnet."]


def named(publication: Publication) -> set[str]:
    return {fault.record for fault in verify(publication)}


def test_sound_publication_has_no_faults(concept: Concept) -> None:
    assert verify(publish(concept)) == []


@pytest.mark.parametrize(
    ("kind", "name"), [("measure", "Measure 1.1"), ("organisation", "Organisation schulamt")]
)
def test_altered_content_names_its_record(concept: Concept, kind: str, name: str) -> None:
    publication = publish(concept)
    record = publication.records.filter(kind=kind)[0]

    tamper(record, content={**record.content, "title": "Schreiben"})

    [fault] = verify(publication)
    assert (fault.record, fault.what) == (
        name, "Its content doesn’t match its digest: it was altered."
    )  # fmt: skip


@pytest.mark.parametrize("change", [{"key": "9.9"}, {"position": 99}, {"part_id": 1}])
def test_altered_name_or_place_is_noticed(concept: Concept, change: dict[str, Any]) -> None:
    publication = publish(concept)
    record = publication.records.filter(kind="measure")[0]
    name = f"Measure {change.get('key', record.key)}"
    if change == {"part_id": 1}:
        change = {"part_id": record.part_id + 1}

    tamper(record, **change)

    assert name in named(publication)


def test_content_altered_with_its_digest_is_named_by_the_log(concept: Concept) -> None:
    publication = publish(concept)
    row = publication.records.filter(kind="theme")[0]
    content = {**row.content, "vision": "Niemand lernt."}
    forged = frozen_concept(publication).of_kind("theme")[0]
    digest = type(forged)(row.position, row.kind, row.key, row.part_id, content).digest

    tamper(row, content=content, digest=digest)

    [fault] = verify(publication)
    assert fault.record == "Theme 1"
    assert fault.what == "Its digest isn’t the one the log noted when it was submitted."


def test_missing_record_is_named(concept: Concept) -> None:
    publication = publish(concept)
    without_protection(PublicationRecord)

    publication.records.filter(kind="measure", key="1.2").delete()

    assert {"Measure 1.2", "Record 6"} <= named(publication)


def test_added_record_is_named(concept: Concept) -> None:
    publication = publish(concept)
    theme = publication.records.get(kind="theme")
    theme.pk, theme.position, theme.key = None, 99, "9"
    theme.digest = "0" * 64
    theme.save(force_insert=True)

    assert "Theme 9" in named(publication)


def test_altered_pdf_is_named(concept: Concept) -> None:
    publication = publish(concept)

    tamper(publication, pdf=b"%PDF forged")

    [fault] = verify(publication)
    assert (fault.record, fault.what) == (
        "PDF", "The file doesn’t match its digest: it was altered."
    )  # fmt: skip


def test_altered_digest_of_the_publication_is_named(concept: Concept) -> None:
    publication = publish(concept)

    tamper(publication, digest="0" * 64)
    publication.refresh_from_db()

    assert named(publication) == {"Publication 1"}


def test_altered_resolution_is_named(concept: Concept) -> None:
    publication = publish(concept)

    tamper(publication.decision, vote="einstimmig")
    publication.refresh_from_db()

    assert named(publication) == {"Resolution"}


def test_pdf_is_read_only_where_it_is_wanted(concept: Concept) -> None:
    publish(concept)

    [sql] = queries_of(lambda: list(publications_of(concept)))

    assert '"pdf"' not in sql


def test_amendment_shows_a_new_parts_text() -> None:
    new = {"title": "Singen", "summary": "Kurz.", "text": "Lang.", "code": "1.9"}

    part = Amendment(kind="measure", part_id=1, before=None, after=new)

    assert (part.text, part.fields) == ("Kurz.\n\nLang.", [])
