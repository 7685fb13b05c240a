"""To the council and back, in the office."""

import datetime as dt
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.actions.adopting import adopt, submit_proposal
from leitbild.plan.actions.changing import changing
from leitbild.plan.enums import RevisionChange
from leitbild.plan.models import Concept, Draft, Measure, Publication
from tests.elements import by_class, by_id, links, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.tampering import tamper
from tests.towns import grow, measure, plan, settle

DRAFT = {"slug": "2025", "title": "Plan 2025", "edition": 2025, "status": "draft"}
DAY = dt.date(2025, 3, 3)
LIST = "/office/konzepte/2025/fassungen/"


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1"), measure("1.2", "Rechnen"), concept=DRAFT))


@pytest.fixture
def officer(town: Municipality) -> Client:
    return signed_in(member(town, Role.OFFICER))


def submitted(concept: Concept | None = None) -> Publication:
    return submit_proposal(
        concept=concept or Concept.objects.get(), by=None, typeset=lambda _: b"%PDF"
    )


def adopted() -> Publication:
    publication = submitted()
    adopt(publication=publication, by=None, body="Rat", date=DAY)
    return publication


def amend(reason: str = "Klarer.") -> None:
    concept = Concept.objects.get()
    with changing(
        concept=concept, by=None, action="x", change=RevisionChange.EDITED, reason=reason
    ):
        Measure.objects.filter(code="1.1").update(title="Vorlesen")


def page(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    assert_valid(response)
    return parsed(response)


def test_draft_says_that_nothing_was_submitted(officer: Client) -> None:
    root = page(officer, LIST)

    assert words(by_class(root, "empty")[0]).startswith(
        "Nothing of this edition has been submitted"
    )
    assert LIST + "vorlegen/" in links(root)


def test_submitting_shows_what_is_frozen_and_what_is_open(officer: Client) -> None:
    Draft.objects.create(
        concept=Concept.objects.get(),
        kind="measure",
        content={},
        author=member(Municipality.objects.get(), Role.EDITOR),
    )

    root = page(officer, LIST + "vorlegen/")

    shown = words(by_id(root, "content"))
    assert "1 themes, 1 strategic goals and 2 measures becomes publication 1." in shown
    assert "1 draft has not been taken over; it does not go to the council." in shown


def test_submitting_freezes_and_leads_to_the_publication(officer: Client) -> None:
    response = officer.post(LIST + "vorlegen/", {"note": "Zuerst in den Ausschuss."})

    publication = Publication.objects.get()
    assert response["Location"] == f"{LIST}1/"
    assert publication.note == "Zuerst in den Ausschuss."
    assert bytes(publication.pdf).startswith(b"%PDF-")
    assert str(publication.submitted_by) == "integration officer"


def test_second_submission_says_what_to_do_first(officer: Client) -> None:
    submitted()

    root = page(officer, LIST + "vorlegen/")
    response = officer.post(LIST + "vorlegen/")

    assert words(by_class(root, "empty")[0]).startswith("Proposal 1 lies before the council.")
    fault = words(by_class(parsed(response), "faults")[0])
    assert "Proposal 1 lies before the council. Record its decision" in fault
    assert Publication.objects.count() == 1


def test_sign_that_can_not_be_printed_is_told_at_the_form(
    town: Municipality, officer: Client
) -> None:
    Measure.objects.filter(code="1.1").update(title="漢")

    response = officer.post(LIST + "vorlegen/")

    assert "These signs can’t be printed: 漢." in words(by_class(parsed(response), "faults")[0])
    assert not Publication.objects.exists()


def test_resolution_publishes(officer: Client) -> None:
    submitted()
    fields = {
        "body": "Stadtrat", "date": "2025-03-03", "paper": "12/25", "vote": "einstimmig",
        "url": "example.org/12",
    }  # fmt: skip

    response = officer.post(f"{LIST}1/beschluss/", fields)

    assert response["Location"] == LIST
    decision = Publication.objects.get().decision
    assert (decision.body, decision.date, decision.paper) == ("Stadtrat", DAY, "12/25")
    assert (decision.vote, decision.url) == ("einstimmig", "https://example.org/12")
    assert Concept.objects.get().status == "adopted"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"body": "", "date": "2025-03-03"}, "Body: This is missing. Please fill it in."),
        (
            {"body": "Rat", "date": "2999-01-01"},
            "Date of the resolution: This day has not come yet.",
        ),
        ({"body": "Rat", "date": "gestern"}, "Date of the resolution: Enter a valid date."),
    ],
)
def test_faulty_resolution_says_where(officer: Client, fields: dict[str, str], fault: str) -> None:
    submitted()

    response = officer.post(f"{LIST}1/beschluss/", fields)

    assert_valid(response)
    assert fault in words(by_class(parsed(response), "faults")[0])
    assert Concept.objects.get().status == "draft"


def test_withdrawing_lets_the_office_go_on(officer: Client) -> None:
    submitted()

    response = officer.post(f"{LIST}1/zurueckziehen/", {"reason": "Noch ein Ziel."})

    assert response["Location"] == LIST
    assert "Noch ein Ziel." in words(page(officer, LIST))


def test_decided_proposal_can_not_be_decided_again(officer: Client) -> None:
    adopted()

    response = officer.post(f"{LIST}1/zurueckziehen/", {"reason": "Nein."})

    assert "Proposal 1 was decided already." in words(by_class(parsed(response), "faults")[0])


def test_proposal_is_told_with_what_can_be_done(officer: Client) -> None:
    submitted()

    root = page(officer, LIST)

    assert {f"{LIST}1/beschluss/", f"{LIST}1/zurueckziehen/", f"{LIST}1/konzept.pdf"} <= set(
        links(root)
    )
    assert LIST + "vorlegen/" not in links(root)


def test_amendments_are_listed_with_author_and_reason(officer: Client) -> None:
    adopted()
    amend()

    root = page(officer, LIST)

    [change] = by_class(root, "altered")
    assert change.attrib["id"] == f"measure-{Measure.objects.get(code='1.1').pk}"
    assert ", command line: Klarer." in words(change)
    assert [words(each) for each in change.iter("del")] == ["gone: Lesen;"]
    assert [words(each) for each in change.iter("ins")] == ["new: Vorlesen;"]


def test_publication_is_read_as_it_was_frozen(officer: Client) -> None:
    adopted()
    amend()

    shown = words(by_id(page(officer, f"{LIST}1/"), "content"))

    assert "1.1 Lesen" in shown
    assert "Vorlesen" not in shown


def test_verifying_says_that_all_is_sound(officer: Client) -> None:
    adopted()

    root = page(officer, f"{LIST}1/?verify=1")

    assert words(by_class(root, "verdict")[0]).startswith(
        "This publication is as it was submitted."
    )


def test_verifying_names_the_record_that_was_altered(officer: Client) -> None:
    record = adopted().records.get(key="1.2")
    tamper(record, content={**record.content, "title": "Raten"})

    root = page(officer, f"{LIST}1/?verify=1")

    verdict = words(by_class(root, "verdict")[0])
    assert "Measure 1.2: Its content doesn’t match its digest: it was altered." in verdict


def test_two_publications_are_compared(officer: Client) -> None:
    old = adopted()
    amend()
    new = submitted()

    root = page(officer, f"{LIST}{new.number}/vergleich/?other={old.pk}")

    assert [words(each) for each in by_class(root, "altered")[0].iter("ins")] == ["new: Vorlesen;"]
    assert officer.get(f"{LIST}1/vergleich/").status_code == 404
    assert officer.get(f"{LIST}1/vergleich/?other={old.pk}").status_code == 404


def test_pdf_is_the_file_that_was_stored(officer: Client) -> None:
    publication = adopted()

    response = officer.get(f"{LIST}1/konzept.pdf")

    assert response.content == bytes(publication.pdf)
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store, private"


def test_publication_of_another_number_is_not_found(officer: Client) -> None:
    for path in ("7/", "7/konzept.pdf", "7/beschluss/", "7/zurueckziehen/", "7/vergleich/"):
        assert officer.get(LIST + path).status_code == 404


def test_observer_reads_but_submits_nothing(town: Municipality) -> None:
    submitted()
    observer = signed_in(member(town, Role.OBSERVER))

    root = page(observer, LIST)

    assert [each for each in links(root) if "beschluss" in each or "vorlegen" in each] == []
    for path in ("vorlegen/", "1/beschluss/", "1/zurueckziehen/"):
        assert observer.post(LIST + path, {"reason": "x"}).status_code == 403
    assert observer.get(LIST + "1/").status_code == 200


def test_list_costs_the_same_for_few_and_many_changes(town: Municipality, officer: Client) -> None:
    adopted()
    amend()
    few = {path: queries_of(partial(officer.get, path)) for path in (LIST, f"{LIST}1/")}

    with changing(
        concept=Concept.objects.get(), by=None, action="x", change=RevisionChange.EDITED, reason="x"
    ):
        grow(town, 30)

    for path, sent in few.items():
        assert_same_number(sent, queries_of(partial(officer.get, path)))


def test_names_of_addresses_are_those_of_the_rooms() -> None:
    assert reverse("office:publications", kwargs={"slug": "2025"}) == LIST
    assert reverse("office:publication", kwargs={"slug": "2025", "number": 1}) == f"{LIST}1/"
