"""Deciding what becomes of each measure: continued, changed, merged, split, dropped, new."""

from typing import Any

import pytest
from django.utils import timezone

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, User
from leitbild.core.models import AuditEvent, Translation
from leitbild.core.refusal import Refused
from leitbild.plan.actions.fates import (
    continue_unchanged,
    decide_fate,
    decided_version,
    explain_new,
    undo_fate,
)
from leitbild.plan.enums import ConceptStatus, Fate
from leitbild.plan.models import BinEntry, Concept, Draft, Measure, MeasureLineage, Revision
from leitbild.plan.queries.contents import content_of
from leitbild.plan.queries.lineage import undecided, unexplained
from tests.parallel import at_once
from tests.people import member
from tests.plan.editions import begun, came, compared, decide, line, of
from tests.towns import measure, plan, settle

TITLES = ("Lesen", "Schreiben", "Rechnen", "Singen")


@pytest.fixture
def town(db: None) -> Municipality:
    titles = [{"de": title, "ar": f"{title} ar"} for title in TITLES]
    return settle(plan(*(measure(f"1.{at}", each) for at, each in enumerate(titles, start=1))))


@pytest.fixture
def new(town: Municipality) -> Concept:
    return begun(town)[1]


@pytest.fixture
def officer(town: Municipality) -> User:
    return member(town, Role.OFFICER)


def lines(new: Concept) -> list[str]:
    found = compared(new)
    return [line(each) for each in (*found.passages, *found.came)]


def refusal(new: Concept, code: str, fate: Fate, *args: Any, **more: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        decide(new, code, fate, *args, **more)
    return refused.value.reasons


def undo(new: Concept, code: str) -> None:
    assert new.predecessor
    undo_fate(concept=new, before=of(new.predecessor, code), by=None)


def test_continued_measure_keeps_its_copy(new: Concept, officer: User) -> None:
    decide(new, "1.1", Fate.CONTINUED, by=officer)

    row = MeasureLineage.objects.get(concept=new, before__code="1.1")
    assert (row.after, row.fate, row.decided_by) == (of(new, "1.1"), "continued", officer)
    assert lines(new)[0] == "1.1 → 1.1 continued"


@pytest.mark.parametrize("fate", [Fate.CHANGED, Fate.DROPPED])
def test_readers_are_owed_a_reason(new: Concept, fate: Fate) -> None:
    assert refusal(new, "1.1", fate, "  ") == [
        "Say in a sentence why; readers of the new edition see it."
    ]
    assert undecided(new)[0].code == "1.1"


def test_merged_measure_goes_to_the_bin_and_its_line_to_the_other(new: Concept) -> None:
    copy = of(new, "1.2")
    said = content_of(copy)

    decide(new, "1.2", Fate.MERGED, "Gehört zusammen.", into=of(new, "1.1"))

    assert lines(new)[1] == "1.2 → 1.1 merged"
    entry = BinEntry.objects.get()
    assert (entry.part_id, entry.content) == (copy.pk, said)
    assert [text["text"] for text in entry.translations] == ["Schreiben ar"]
    assert not Measure.objects.filter(pk=copy.pk).exists()


def test_dropped_measure_goes_to_the_bin(new: Concept) -> None:
    decide(new, "1.3", Fate.DROPPED, "Das Ziel ist erreicht.")

    assert lines(new)[2] == "1.3 → - dropped"
    assert BinEntry.objects.get().label == "1.3 Rechnen"
    deleted = Revision.objects.filter(concept_id=new.pk, change="deleted").get()
    assert (deleted.content["title"], deleted.reason) == ("Rechnen", "Das Ziel ist erreicht.")


def test_split_measure_is_the_first_of_its_parts(new: Concept) -> None:
    decide(new, "1.4", Fate.SPLIT, "Zwei Vorhaben.", parts=[of(new, "1.1")], titles=["Im Chor"])

    choir = Measure.objects.get(title="Im Chor")
    assert lines(new)[3] == "1.4 → 1.1 1.4 1.5 split"
    assert (choir.code, choir.goal_links.get().goal.code) == ("1.5", "1a")
    assert not Translation.objects.filter(record="plan.measure", record_id=choir.pk).exists()
    parts = MeasureLineage.objects.filter(before__code="1.4").order_by("id")
    assert [each.reason for each in parts] == ["Zwei Vorhaben.", "", ""]
    assert unexplained(new) == []


def test_new_measure_waits_for_its_reason(new: Concept) -> None:
    decide(new, "1.1", Fate.SPLIT, "Zwei.", titles=["Tanzen"])
    undo(new, "1.1")
    assert [each.title for each in unexplained(new)] == ["Tanzen"]

    came(new, "1.5", "Viele haben es gewünscht.")

    assert unexplained(new) == []
    assert lines(new)[-1] == "- → 1.5 new"


def test_new_measure_needs_a_reason_and_no_origin(new: Concept) -> None:
    with pytest.raises(Refused) as refused:
        explain_new(concept=new, measure=of(new, "1.1"), reason="Weil.", by=None)

    assert refused.value.reasons == ["“1.1 Lesen” isn’t new in this edition."]


@pytest.mark.parametrize("fate", [Fate.MERGED, Fate.DROPPED])
def test_undoing_brings_the_copy_back_whole(new: Concept, fate: Fate) -> None:
    copy = of(new, "1.2")
    said = content_of(copy)
    into = {"into": of(new, "1.1")} if fate == Fate.MERGED else {}
    decide(new, "1.2", fate, "Weil.", **into)

    undo(new, "1.2")

    copy.refresh_from_db()
    assert content_of(copy) == said
    assert Translation.objects.get(record="plan.measure", record_id=copy.pk).text == "Schreiben ar"
    assert BinEntry.objects.count() == 0
    row = MeasureLineage.objects.get(before__code="1.2")
    assert (row.after, row.fate, row.reason, row.decided_at) == (copy, "", "", None)


def test_another_fate_brings_the_copy_back(new: Concept) -> None:
    decide(new, "1.2", Fate.DROPPED, "Weil.")

    decide(new, "1.2", Fate.CONTINUED)

    assert lines(new)[1] == "1.2 → 1.2 continued"
    assert BinEntry.objects.count() == 0


def test_copy_that_is_gone_for_good_is_made_anew(new: Concept) -> None:
    decide(new, "1.2", Fate.DROPPED, "Weil.")
    BinEntry.objects.all().delete()
    Measure.objects.filter(concept=new, code="1.1").update(code="1.2")

    undo(new, "1.2")

    copy = Measure.objects.get(concept=new, title="Schreiben")
    assert (copy.code, copy.goal_links.get().concept) == ("1.5", new)
    assert Translation.objects.get(record="plan.measure", record_id=copy.pk).text == "Schreiben ar"
    assert MeasureLineage.objects.get(before__code="1.2").copy_id == copy.pk


def test_measure_deleted_by_hand_is_undecided_again(new: Concept) -> None:
    decide(new, "1.2", Fate.CONTINUED)

    of(new, "1.2").delete()

    assert "1.2" in [each.code for each in undecided(new)]
    assert lines(new)[1] == "1.2 → - undecided"


def test_measure_the_old_edition_got_meanwhile_is_undecided(new: Concept) -> None:
    assert new.predecessor
    late = of(new.predecessor, "1.1")
    goal = late.goals.get()
    late.pk, late.code, late.position = None, "1.9", 9
    late.save(force_insert=True)
    late.goal_links.create(goal=goal, concept=new.predecessor)

    assert undecided(new)[-1].code == "1.9"
    decide(new, "1.9", Fate.CONTINUED)

    assert lines(new)[-1] == "1.9 → 1.9 continued"
    assert of(new, "1.9").goal_links.get().goal.code == "1a"


def test_merging_into_itself_or_nowhere_is_refused(new: Concept) -> None:
    assert refusal(new, "1.1", Fate.MERGED, "Weil.", into=of(new, "1.1")) == [
        "A measure can’t be merged into itself. Choose “changed” instead."
    ]
    assert refusal(new, "1.1", Fate.MERGED, "Weil.") == [
        "Choose the measure that it is merged into."
    ]


def test_merging_into_one_that_was_dropped_is_refused(new: Concept) -> None:
    target = of(new, "1.1")
    decide(new, "1.1", Fate.DROPPED, "Weil.")

    assert refusal(new, "1.2", Fate.MERGED, "Weil.", into=target) == [
        "No longer in the new edition: “1.1 Lesen”. Choose another."
    ]


def test_merging_into_another_edition_is_refused(new: Concept) -> None:
    assert new.predecessor
    assert refusal(new, "1.2", Fate.MERGED, "Weil.", into=of(new.predecessor, "1.1")) == [
        "No longer in the new edition: “1.1 Lesen”. Choose another."
    ]


def test_measures_merged_in_a_circle_are_refused(new: Concept) -> None:
    decide(new, "1.1", Fate.MERGED, "Weil.", into=of(new, "1.2"))

    assert refusal(new, "1.2", Fate.MERGED, "Weil.", into=of(new, "1.3")) == [
        "Others go on in “1.2 Schreiben”: 1.1 Lesen. Decide on them first, then on this one."
    ]


def test_splitting_needs_a_second_part(new: Concept) -> None:
    assert refusal(new, "1.1", Fate.SPLIT, "Weil.", parts=[of(new, "1.1")]) == [
        "Name at least one further measure that takes over a part of it."
    ]


def test_who_decides_meanwhile_is_not_overruled_unseen(new: Concept, officer: User) -> None:
    decide(new, "1.1", Fate.CHANGED, "Neuer Träger.", by=officer)

    [reason] = refusal(new, "1.1", Fate.DROPPED, "Weil.", seen="")
    assert reason == (
        "Meanwhile integration officer decided on this measure: changed. Nothing was "
        "overwritten; look at it again and then decide."
    )
    rows = list(MeasureLineage.objects.filter(before__code="1.1"))
    decide(new, "1.1", Fate.DROPPED, "Weil.", seen=decided_version(rows))
    assert lines(new)[0] == "1.1 → - dropped"


def test_all_that_read_as_before_are_continued_at_once(new: Concept, officer: User) -> None:
    Measure.objects.filter(concept=new, code="1.2").update(title="Schreiben und lesen")
    decide(new, "1.3", Fate.DROPPED, "Weil.")
    events = AuditEvent.objects.count()

    found = continue_unchanged(concept=new, by=officer)

    assert [each.code for each in found] == ["1.1", "1.4"]
    assert [each.code for each in undecided(new)] == ["1.2"]
    assert AuditEvent.objects.count() == events + 1
    assert AuditEvent.objects.latest("pk").changes["measures"] == ["1.1", "1.4"]


def test_decision_leaves_one_event(new: Concept, officer: User) -> None:
    assert new.predecessor
    events = AuditEvent.objects.count()

    decide(new, "1.2", Fate.MERGED, "Gehört zusammen.", into=of(new, "1.1"), by=officer)

    event = AuditEvent.objects.latest("pk")
    assert AuditEvent.objects.count() == events + 1
    assert (event.action, event.record_id) == ("measure.fate", of(new.predecessor, "1.2").pk)
    assert event.changes == {
        "measure": "1.2 Schreiben",
        "fate": "merged",
        "after": ["1.1"],
        "reason": "Gehört zusammen.",
    }


def test_drafts_of_a_dropped_measure_are_kept(new: Concept, officer: User) -> None:
    copy = of(new, "1.2")
    Draft.objects.create(
        concept=new, kind="measure", part_id=copy.pk, content={"title": "Neu"}, author=officer
    )

    decide(new, "1.2", Fate.DROPPED, "Weil.", by=officer)

    assert Draft.objects.get().part_id == copy.pk


def test_adopted_edition_keeps_its_measures(new: Concept) -> None:
    Concept.objects.filter(pk=new.pk).update(status=ConceptStatus.ADOPTED)

    assert refusal(new, "1.1", Fate.DROPPED, "Weil.") == [
        "“1.1 Lesen” was adopted with this edition and stays in it."
    ]
    decide(new, "1.1", Fate.CHANGED, "Anders.")
    assert lines(new)[0] == "1.1 → 1.1 changed"


def test_imported_edition_gets_its_lines_without_copies(town: Municipality) -> None:
    later = {"slug": "2030", "title": "Plan 2030", "edition": 2030, "predecessor": "2025"}
    settle(plan(measure("2.1"), measure("2.2"), concept=later, municipality=None))
    new = Concept.objects.get(slug="2030")

    decide(new, "1.1", Fate.CONTINUED, into=of(new, "2.1"))
    decide(new, "1.2", Fate.MERGED, "Weil.", into=of(new, "2.1"))
    decide(new, "1.3", Fate.SPLIT, "Weil.", parts=[of(new, "2.1"), of(new, "2.2")])
    decide(new, "1.4", Fate.DROPPED, "Weil.")
    assert lines(new) == [
        "1.1 → 2.1 continued", "1.2 → 2.1 merged", "1.3 → 2.1 2.2 split", "1.4 → - dropped",
    ]  # fmt: skip
    undo(new, "1.3")

    assert lines(new)[2] == "1.3 → - undecided"
    assert new.measures.count() == 2


def test_nothing_is_decided_while_the_council_decides(new: Concept) -> None:
    new.publications.create(number=1, language="de", digest="x", pdf=b"", pdf_digest="x")

    [reason] = refusal(new, "1.1", Fate.CONTINUED)

    assert reason.startswith("Proposal 1 lies before the council")


def test_measure_of_another_edition_is_refused(new: Concept) -> None:
    with pytest.raises(Refused) as refused:
        decide_fate(concept=new, before=of(new, "1.1"), fate=Fate.CONTINUED, reason="", by=None)

    assert refused.value.reasons == [
        "“1.1 Lesen” isn’t part of the edition that this one continues."
    ]


def test_version_says_when_it_was_decided() -> None:
    now = timezone.now()

    assert decided_version([MeasureLineage(), MeasureLineage(decided_at=now)]) == now.isoformat()
    assert decided_version([]) == ""


def test_two_officers_at_once_leave_one_decision(writable_demo_city: Municipality) -> None:
    _old, new = begun(writable_demo_city)
    into = of(new, "1.2")

    ends = at_once(
        [
            lambda: decide(new, "1.1", Fate.DROPPED, "Weil.", seen=""),
            lambda: decide(new, "1.1", Fate.MERGED, "Weil.", seen="", into=into),
        ]
    )

    row = MeasureLineage.objects.get(concept=new, before__code="1.1")
    [refused] = [each for each in ends if isinstance(each, Exception)]
    assert str(refused).startswith("Meanwhile")
    assert row.fate in {Fate.DROPPED, Fate.MERGED}
    assert BinEntry.objects.filter(concept=new).count() == 1
