"""The office's first page: what waits for whom, and that every line leads where it is mended."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Invitation, Membership, Municipality, Organisation, User
from leitbild.plan.enums import ConceptStatus, Outcome, PartKind, RevisionChange
from leitbild.plan.models import (
    Concept,
    Decision,
    Draft,
    Goal,
    Measure,
    MeasureLineage,
    Publication,
    PublicationRecord,
    Revision,
    Theme,
)
from leitbild.plan.queries.contents import content_of, contents
from leitbild.plan.queries.history import latest_number
from tests.elements import by_class, links, parsed, words
from tests.markup import assert_valid
from tests.people import member, person, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import grow, measure, plan, settle

TODAY = "/office/"


@pytest.fixture
def town(db: None) -> Municipality:
    """A town that writes German alone and whose concept leaves nothing open but a lead."""
    raw = plan(
        measure("1.1", "Lesepaten gewinnen", start=2025, lead="schulamt"),
        measure("1.2", "Bücher verleihen", start=2025),
    )
    raw["municipality"]["languages"] = ["de"]
    raw["concept"]["status"] = "draft"
    return settle(raw)


@pytest.fixture
def concept(town: Municipality) -> Concept:
    return Concept.objects.get(municipality=town)


@pytest.fixture
def officer(town: Municipality) -> User:
    return member(town, Role.OFFICER)


@pytest.fixture
def editor(town: Municipality) -> User:
    return member(town, Role.EDITOR, organisation=Organisation.objects.get(slug="schulamt"))


def groups(user: User) -> dict[str, list[str]]:
    """The lines of every group on a person's page."""
    root = parsed(signed_in(user).get(TODAY))
    return {
        section.attrib["aria-labelledby"]: [
            words(line) for line in by_class(section, "waiting__line")
        ]
        for section in by_class(root, "waiting")
    }


def addresses(user: User, name: str) -> list[str]:
    """Where the lines of a group lead, each of them there for this person."""
    client = signed_in(user)
    root = parsed(client.get(TODAY))
    section = next(
        each for each in by_class(root, "waiting") if each.attrib["aria-labelledby"] == name
    )
    found = links(section)
    assert [client.get(each).status_code for each in found] == [200] * len(found)
    return found


def drafted(user: User, row: Any, concept: Concept, **more: Any) -> Draft:
    """A person's draft of a part."""
    return Draft.objects.create(
        concept=concept,
        kind=more.pop("kind", PartKind.MEASURE),
        part_id=row.pk if row else None,
        content=more.pop("content", None) or content_of(row),
        author=user,
        **more,
    )


def submitted(concept: Concept) -> Publication:
    """A proposal before the council that holds what the concept says."""
    made = Publication.objects.create(
        concept=concept, number=1, language="de", digest="0", pdf=b"%PDF", pdf_digest="0"
    )
    PublicationRecord.objects.bulk_create(
        PublicationRecord(
            publication=made,
            position=position,
            kind=kind,
            key=f"{kind}-{pk}",
            part_id=pk,
            content=content,
            digest="0",
        )
        for position, ((kind, pk), content) in enumerate(contents(concept).items())
    )
    return made


def adopted(concept: Concept) -> Publication:
    """The same, adopted."""
    made = submitted(concept)
    Decision.objects.create(
        publication=made, outcome=Outcome.ADOPTED, body="Rat", date=dt.date(2025, 3, 3)
    )
    Concept.objects.filter(pk=concept.pk).update(status=ConceptStatus.ADOPTED)
    return made


def the(code: str) -> Measure:
    return Measure.objects.get(code=code)


def test_demo_waits_for_its_officer(demo_city: Municipality) -> None:
    user = member(demo_city, Role.OFFICER)

    response = signed_in(user).get(TODAY)

    waiting = groups(user)
    assert_valid(response)
    assert waiting["lead-missing"] == [
        "4.5 Schnuppertage bei Feuerwehr und Rettungsdiensten anbieten",
        "5.4 Private Vermieterinnen und Vermieter für faire Vergabe gewinnen",
    ]
    assert [line[:3] for line in waiting["date-missing"]] == ["3.7", "4.5"]
    assert waiting["check"] == ["3 hints Integrationskonzept 2022"]
    assert len(waiting["translations"]) > 0


def test_gaps_lead_to_their_fields(officer: User, concept: Concept) -> None:
    page = f"/office/konzepte/2025/massnahmen/{the('1.2').pk}/"

    assert addresses(officer, "lead-missing") == [f"{page}#id_lead"]


def test_vision_and_goals_that_are_missing_are_named(officer: User, concept: Concept) -> None:
    theme = Theme.objects.get()
    Theme.objects.update(vision="")
    Goal.objects.create(concept=concept, theme=theme, code="1b", title="Alle rechnen.", position=2)

    assert addresses(officer, "vision-missing") == [
        f"/office/konzepte/2025/themen/{theme.pk}/#id_vision"
    ]
    assert addresses(officer, "measure-missing") == [
        "/office/konzepte/2025/massnahmen/neu/?goal=1b"
    ]


def test_group_lists_ten_and_leads_to_all(officer: User, town: Municipality) -> None:
    grow(town, 12)

    lines = groups(officer)["date-missing"]
    found = addresses(officer, "date-missing")
    assert len(lines) == 10
    assert found[10:] == ["/office/konzepte/2025/check/?check=date-missing"]


def test_own_drafts_lead_on_to_writing(officer: User, concept: Concept) -> None:
    drafted(officer, the("1.1"), concept)
    new = drafted(
        officer, None, concept, kind=PartKind.GOAL, content={"code": "", "title": "Alle rechnen."}
    )

    assert [line.partition(" saved on")[0] for line in groups(officer)["drafts"]] == [
        "Alle rechnen.",
        "1.1 Lesepaten gewinnen",
    ]
    assert addresses(officer, "drafts") == [
        f"/office/konzepte/2025/ziele/neu/?draft={new.pk}",
        f"/office/konzepte/2025/massnahmen/{the('1.1').pk}/",
    ]


def test_handed_in_drafts_wait_for_the_officer(
    officer: User, editor: User, concept: Concept
) -> None:
    draft = drafted(
        editor, the("1.1"), concept, handed_in_at=timezone.now(), note="Bitte bis Montag."
    )

    line = groups(officer)["release"][0]
    assert line.startswith("1.1 Lesepaten gewinnen editor, handed in on ")
    assert line.endswith("Bitte bis Montag.")
    assert addresses(officer, "release") == [f"/office/entwuerfe/{draft.pk}/"]
    assert "release" not in groups(editor)
    assert addresses(editor, "waiting") == [f"/office/entwuerfe/{draft.pk}/"]


def test_draft_given_back_says_by_whom_and_why(editor: User, concept: Concept) -> None:
    drafted(editor, the("1.1"), concept, answer="Bitte kürzer.", answered_by_name="Ada Lovelace")

    assert groups(editor)["returned"] == [
        "1.1 Lesepaten gewinnen given back by Ada Lovelace Bitte kürzer."
    ]


def test_other_peoples_drafts_are_their_own_business(
    officer: User, editor: User, concept: Concept
) -> None:
    drafted(editor, the("1.1"), concept)

    assert "drafts" not in groups(officer)


def test_proposal_waits_for_the_resolution(officer: User, concept: Concept) -> None:
    submitted(concept)

    assert groups(officer)["proposals"][0].startswith(
        "Record what the council decided on proposal 1. Plan 2025 submitted on "
    )
    assert addresses(officer, "proposals") == ["/office/konzepte/2025/fassungen/1/"]


def test_parts_changed_since_the_resolution_wait_for_the_council(
    officer: User, concept: Concept
) -> None:
    adopted(concept)
    for code, change in (("1.1", RevisionChange.EDITED), ("1.2", RevisionChange.IMPORTED)):
        row = the(code)
        content = content_of(row)
        if change == RevisionChange.EDITED:
            content["title"] = "Lesepaten finden"
        Revision.objects.create(
            concept_id=concept.pk,
            kind=PartKind.MEASURE,
            part_id=row.pk,
            number=latest_number(PartKind.MEASURE, row.pk) + 1,
            change=change,
            content=content,
            author_name="Ada",
        )

    assert groups(officer)["amendments"] == ["1 part has changed since the resolution. Plan 2025"]
    assert addresses(officer, "amendments") == ["/office/konzepte/2025/fassungen/"]


def test_measures_without_a_fate_wait_in_a_continuation(
    officer: User, town: Municipality, concept: Concept
) -> None:
    adopted(concept)
    after = Concept.objects.create(
        municipality=town,
        slug="2030",
        title="Plan 2030",
        edition=2030,
        status=ConceptStatus.DRAFT,
        predecessor=concept,
    )
    MeasureLineage.objects.create(concept=after, before=the("1.1"))

    assert groups(officer)["fates"] == [
        "Of 2 measures nobody has said yet what becomes of them. Plan 2030"
    ]
    assert addresses(officer, "fates") == ["/office/konzepte/2030/fortschreiben/herkunft/"]


def test_editor_meets_gaps_of_their_own_measures_alone(editor: User, concept: Concept) -> None:
    Measure.objects.update(start=None)

    waiting = groups(editor)

    assert waiting["date-missing"] == ["1.1 Lesepaten gewinnen"]
    assert "lead-missing" not in waiting
    assert addresses(editor, "check") == ["/office/konzepte/2025/check/?mine=on"]


def test_translator_meets_texts_alone(demo_city: Municipality) -> None:
    user = member(demo_city, Role.TRANSLATOR)

    assert list(groups(user)) == ["translations"]
    assert addresses(user, "translations")[0].startswith("/office/uebersetzungen/?language=")


def test_observer_meets_what_there_is_to_read(town: Municipality, concept: Concept) -> None:
    observer = member(town, Role.OBSERVER)
    assert groups(observer) == {"reading": ["A draft that is being worked on. Plan 2025"]}

    submitted(concept)

    assert groups(observer)["reading"][0].startswith(
        "Proposal 1 lies before the council. Plan 2025"
    )
    assert addresses(observer, "reading") == [
        "/office/konzepte/2025/fassungen/1/",
        "/office/konzepte/2025/",
    ]


def test_administrator_meets_people_alone(town: Municipality, officer: User) -> None:
    administrator = member(town, Role.ADMINISTRATOR)
    Membership.objects.create(
        user=person("left@example.org", name="Left Alone"), municipality=town, role=Role.EDITOR
    )
    now = timezone.now()
    for number, days in enumerate((-1, 1, 10)):
        Invitation.objects.create(
            municipality=town,
            email=f"{number}@example.org",
            role=Role.OBSERVER,
            token_digest=str(number),
            invited_by=officer,
            expires_at=now + dt.timedelta(days=days),
        )

    waiting = groups(administrator)

    assert list(waiting) == ["people"]
    assert [line.partition(",")[0] for line in waiting["people"]] == [
        "The invitation has ended. 0@example.org",
        "The invitation ends soon. 1@example.org",
        "Writes for no organisation and so can write nothing. Left Alone",
    ]
    assert set(addresses(administrator, "people")) == {"/office/menschen/"}


def test_nothing_waits(town: Municipality) -> None:
    other = Organisation.objects.get(slug="amt-fuer-bau")
    user = member(town, Role.EDITOR, organisation=other)

    root = parsed(signed_in(user).get(TODAY))

    empty = by_class(root, "empty")[0]
    assert by_class(root, "waiting") == []
    assert words(empty).startswith("Nothing waits for you.")
    assert links(empty) == ["/office/konzepte/2025/"]


def test_town_without_a_concept_is_told_how_to_begin(town: Municipality, officer: User) -> None:
    Concept.objects.all().delete()

    empty = by_class(parsed(signed_in(officer).get(TODAY)), "empty")[0]

    assert words(empty).startswith("There is no concept yet.")
    assert links(empty) == ["/office/konzepte/"]
    assert signed_in(officer).get("/office/konzepte/").status_code == 200


def test_outsiders_find_nothing(town: Municipality) -> None:
    assert signed_in(person("nobody@example.org")).get(TODAY).status_code == 404
    assert Client().get(TODAY).status_code == 302


def test_wrong_method_is_refused(officer: User) -> None:
    assert signed_in(officer).post(TODAY).status_code == 405


def test_page_takes_the_same_queries_for_much_and_little(
    town: Municipality, officer: User, concept: Concept
) -> None:
    adopted(concept)
    grow(town, 1)
    drafted(officer, the("1.1"), concept)
    client = signed_in(officer)
    client.get(TODAY)

    few = queries_of(lambda: client.get(TODAY))
    Measure.objects.filter(code="9.0").update(code="8.0")
    grow(town, 30)
    for row in Measure.objects.filter(code__startswith="9."):
        drafted(officer, row, concept)

    assert_same_number(few, queries_of(lambda: client.get(TODAY)))
    assert len(few) <= 22
