"""Deleting with one question, undoing at once, and the bin."""

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.models import BinEntry, Concept, Decision, Draft, Goal, Measure, Publication
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.people import member, signed_in
from tests.queries import assert_same_number, queries_of
from tests.towns import measure, plan, settle

OUTLINE = "/office/konzepte/2025/"
BIN = f"{OUTLINE}papierkorb/"
RESTORE = f"{OUTLINE}zurueckholen/"


@pytest.fixture
def town(db: None) -> Municipality:
    return settle(plan(measure("1.1", "Lesen"), measure("1.2", "Rechnen")))


@pytest.fixture
def officer(town: Municipality) -> Client:
    return signed_in(member(town, Role.OFFICER))


@pytest.fixture
def adopted(town: Municipality) -> None:
    """The concept was adopted, so that a change needs a reason."""
    publication = Publication.objects.create(
        concept=Concept.objects.get(), number=1, language="de", digest="", pdf=b"", pdf_digest=""
    )
    Decision.objects.create(
        publication=publication, outcome="adopted", body="Rat", date="2025-01-31"
    )


def address(code: str = "1.1") -> str:
    return f"{OUTLINE}massnahmen/{Measure.objects.get(code=code).pk}/loeschen/"


def codes() -> list[str]:
    return list(Measure.objects.values_list("code", flat=True))


def test_deleting_asks_first(officer: Client, town: Municipality) -> None:
    row = Measure.objects.get(code="1.1")
    author = member(town, Role.EDITOR)
    Draft.objects.create(
        concept=row.concept, kind="measure", part_id=row.pk, content={}, author=author
    )

    response = officer.get(address())

    assert words(next(parsed(response).iter("h1"))) == "Delete: 1.1 Lesen"
    assert "These drafts of it are kept: editor" in words(parsed(response))
    assert codes() == ["1.1", "1.2"]
    assert_valid(response)


def test_deletion_offers_to_undo_it(officer: Client) -> None:
    response = officer.post(address(), follow=True)

    assert codes() == ["1.2"]
    [notice] = by_class(parsed(response), "outline__undo")
    assert words(notice) == "In the bin now: 1.1 Lesen Undo"
    assert_valid(response)

    fields = {each.attrib["name"]: each.attrib["value"] for each in notice.iter("input")}
    undone = officer.post(RESTORE, fields, follow=True)

    assert "“1.1 Lesen” is back." in undone.content.decode()
    assert codes() == ["1.1", "1.2"]


def test_offer_to_undo_is_gone_with_the_entry(officer: Client) -> None:
    officer.post(address())
    BinEntry.objects.all().delete()

    response = officer.get(f"{OUTLINE}?deleted=1")

    assert by_class(parsed(response), "outline__undo") == []


def test_what_others_stand_under_can_only_be_read(officer: Client) -> None:
    goal = Goal.objects.get()

    response = officer.get(f"{OUTLINE}ziele/{goal.pk}/loeschen/")
    officer.post(f"{OUTLINE}ziele/{goal.pk}/loeschen/")

    assert "is served by the measures 1.1, 1.2." in response.content.decode()
    assert not [
        each for each in parsed(response).iter("button") if "danger" in each.attrib["class"]
    ]
    assert Goal.objects.count() == 1
    assert_valid(response)


def test_adopted_concept_asks_why(officer: Client, adopted: None) -> None:
    refused = officer.post(address())
    assert "Say in a sentence why the adopted concept changes." in refused.content.decode()
    assert codes() == ["1.1", "1.2"]

    officer.post(address(), {"reason": "Doppelt."})
    assert codes() == ["1.2"]

    missing = officer.post(RESTORE, {"entry": BinEntry.objects.get().pk}, follow=True)
    assert "This concept was adopted. Say in a sentence why it changes" in missing.content.decode()
    assert codes() == ["1.2"]


def test_undoing_in_an_adopted_concept_needs_no_typing(officer: Client, adopted: None) -> None:
    response = officer.post(address(), {"reason": "Doppelt."}, follow=True)
    [notice] = by_class(parsed(response), "outline__undo")
    fields = {each.attrib["name"]: each.attrib["value"] for each in notice.iter("input")}

    officer.post(RESTORE, fields)

    assert codes() == ["1.1", "1.2"]


def test_bin_says_what_who_and_how_long(officer: Client) -> None:
    officer.post(address())

    response = officer.get(BIN)

    [row] = [words(each) for each in parsed(response).iter("tr")][1:]
    assert row.startswith("1.1 Lesen measure")
    assert "integration officer 29 more days Bring back 1.1 Lesen" in row
    assert_valid(response)


def test_bin_brings_back_and_shows_where(officer: Client) -> None:
    pk = Measure.objects.get(code="1.1").pk
    officer.post(address())

    response = officer.post(RESTORE, {"entry": BinEntry.objects.get().pk})

    assert response["Location"] == f"{OUTLINE}#measure-{pk}"


@pytest.mark.parametrize("entry", ["", "x", "0", "9" * 40, "²"])
def test_unknown_entry_is_said_to_be_gone(officer: Client, entry: str) -> None:
    response = officer.post(RESTORE, {"entry": entry}, follow=True)

    assert "This is not in the bin any more." in response.content.decode()


def test_deleting_twice_leads_to_the_bin(officer: Client) -> None:
    page = address()
    officer.post(page)

    response = officer.post(page, follow=True)

    assert response.redirect_chain == [(BIN, 302)]
    assert "This has already been deleted. It lies in the bin." in response.content.decode()


def test_what_never_was_is_not_found(officer: Client) -> None:
    assert officer.get(f"{OUTLINE}massnahmen/999999/loeschen/").status_code == 404


def test_empty_bin_says_so(officer: Client) -> None:
    assert "The bin is empty." in officer.get(BIN).content.decode()


def test_bin_costs_the_same_for_many_entries(officer: Client) -> None:
    officer.post(address())
    few = queries_of(lambda: officer.get(BIN))
    entry = BinEntry.objects.get()
    for each in range(500):
        entry.pk, entry.part_id = None, 10_000 + each
        entry.save(force_insert=True)

    many = queries_of(lambda: officer.get(BIN))

    assert_same_number(few, many)


def test_unused_concept_is_discarded(officer: Client) -> None:
    officer.post("/office/neues-konzept/", {"title": "Plan 2031", "edition": "2031"})
    concept = Concept.objects.get(slug="2031")
    page = f"/office/konzepte/2031/konzept/{concept.pk}/loeschen/"

    assert_valid(officer.get(page))
    response = officer.post(page, follow=True)

    assert response.redirect_chain == [("/office/konzepte/", 302)]
    assert "“Plan 2031” was discarded." in response.content.decode()
    assert not Concept.objects.filter(slug="2031").exists()


def test_adopted_concept_is_not_discarded(officer: Client) -> None:
    concept = Concept.objects.get()

    response = officer.post(f"{OUTLINE}konzept/{concept.pk}/loeschen/")

    assert "it stays on record" in response.content.decode()
    assert Concept.objects.count() == 1
    assert officer.get(f"{OUTLINE}konzept/999/loeschen/").status_code == 404
