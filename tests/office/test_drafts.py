"""Drafts: one's own, and those the officer releases or gives back."""

from typing import Any

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, Organisation
from leitbild.plan.models import Concept, Draft, Measure, Revision
from tests.elements import by_class, by_id, links, parsed, words
from tests.markup import assert_valid
from tests.office.writing import address, adopt, autosave, filled, send, the_measure
from tests.people import member, person, signed_in
from tests.queries import assert_same_number, queries_of

DRAFTS = "/office/entwuerfe/"
REASON = "Der Verein hat mehr Plätze."


@pytest.fixture
def concept(writing_town: Municipality) -> Concept:
    concept = Concept.objects.get(municipality=writing_town)
    adopt(concept)
    return concept


@pytest.fixture
def officer(concept: Concept) -> Client:
    return signed_in(member(concept.municipality, Role.OFFICER))


@pytest.fixture
def editor(concept: Concept) -> Client:
    school = Organisation.objects.get(slug="schulamt")
    return signed_in(member(concept.municipality, Role.EDITOR, organisation=school))


@pytest.fixture
def handed_in(editor: Client) -> str:
    """The page of a draft that waits for the officer."""
    response = send(editor, address(the_measure()), "hand_in", title="Vorlesen", note=REASON)
    place: str = response["Location"]
    return place


def decide(client: Client, place: str, do: str, **more: Any) -> Any:
    saves = Draft.objects.get().saves
    return client.post(place, {"do": do, "saves": saves, "note": REASON, **more})


def test_officer_reads_what_would_change(officer: Client, handed_in: str) -> None:
    page = officer.get(handed_in)

    assert_valid(page)
    document = parsed(page)
    assert [words(each) for each in by_class(document, "difference")] == [
        "gone: Lesen; new: Vorlesen;"
    ]
    assert by_id(document, "id_note").text == REASON


def test_released_draft_names_both(officer: Client, handed_in: str) -> None:
    response = decide(officer, handed_in, "release")

    assert response["Location"] == address(the_measure(), "verlauf")
    assert the_measure().title == "Vorlesen"
    newest = Revision.objects.filter(kind="measure", part_id=the_measure().pk)[0]
    assert (newest.author_name, newest.released_by_name) == ("editor", "integration officer")
    assert newest.reason == REASON


def test_release_needs_the_reason_readers_are_owed(officer: Client, handed_in: str) -> None:
    response = decide(officer, handed_in, "release", note="")

    assert response.status_code == 422
    assert_valid(response)
    assert "Say in a sentence why it changes" in words(by_class(parsed(response), "faults")[0])
    assert the_measure().title == "Lesen"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"do": "release", "note": REASON},
        {"do": "release", "saves": "viele", "note": REASON},
        {"do": "release", "saves": "1", "note": "\x00"},
        {"saves": "1", "note": REASON},
        {"do": "publish", "saves": "1", "note": REASON},
    ],
)
def test_nothing_is_released_that_was_not_asked_for(
    officer: Client, handed_in: str, sent: dict[str, str]
) -> None:
    response = officer.post(handed_in, sent)

    assert response.status_code == 400
    assert_valid(response)
    assert the_measure().title == "Lesen"
    assert Draft.objects.get().handed_in_at is not None


def test_draft_written_on_meanwhile_is_read_again(
    officer: Client, editor: Client, handed_in: str
) -> None:
    seen = Draft.objects.get().saves
    path = address(the_measure())
    decide(editor, handed_in, "take_back")
    send(editor, path, "hand_in", title="Etwas ganz anderes", note=REASON)

    response = officer.post(handed_in, {"do": "release", "saves": seen, "note": REASON})

    assert response["Location"] == handed_in
    assert the_measure().title == "Lesen"


def test_given_back_draft_carries_the_officers_word(
    officer: Client, editor: Client, handed_in: str
) -> None:
    response = decide(officer, handed_in, "return", note="Bitte mit Datum.")

    assert response["Location"] == DRAFTS
    page = editor.get(address(the_measure()))
    assert "Bitte mit Datum." in page.content.decode()
    assert filled(page)["title"] == ["Vorlesen"]
    assert "Bitte mit Datum." in editor.get(DRAFTS).content.decode()


def test_giving_back_needs_a_word(officer: Client, handed_in: str) -> None:
    response = decide(officer, handed_in, "return", note=" ")

    assert response.status_code == 422
    assert Draft.objects.get().handed_in_at is not None


def test_author_waits_or_takes_it_back(editor: Client, handed_in: str) -> None:
    path = address(the_measure())

    waiting = editor.get(path)
    released = decide(editor, handed_in, "release")
    taken = decide(editor, handed_in, "take_back")

    assert (waiting.status_code, waiting["Location"]) == (302, handed_in)
    assert released.status_code == 403
    assert taken["Location"] == path
    assert editor.get(path).status_code == 200
    assert Draft.objects.get().handed_in_at is None


def test_handing_in_what_cannot_be_published_says_why(editor: Client) -> None:
    response = send(editor, address(the_measure()), "hand_in", end="bald")

    assert response.status_code == 422
    assert filled(response)["end"] == ["bald"]
    assert Draft.objects.get().handed_in_at is None


def test_lists_show_ones_own_and_what_waits(
    officer: Client, editor: Client, handed_in: str
) -> None:
    path = "/office/konzepte/2025/massnahmen/neu/"
    begun = autosave(officer, path, filled(officer.get(path)), title="Singen").json()["address"]

    page = officer.get(DRAFTS)

    assert_valid(page)
    rows = [links(each) for each in parsed(page).iter("tbody")]
    assert rows == [[handed_in], [begun]]
    assert [links(each) for each in parsed(editor.get(DRAFTS)).iter("tbody")] == [[handed_in]]


def test_unfinished_draft_is_its_authors_alone(officer: Client, editor: Client) -> None:
    send(editor, address(the_measure()), "save", title="Vorlesen")
    place = f"{DRAFTS}{Draft.objects.get().pk}/"

    assert editor.get(place).status_code == 200
    assert officer.get(place).status_code == 403


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.OBSERVER, Role.ADMINISTRATOR])
def test_who_writes_nothing_has_no_drafts(concept: Concept, role: Role, handed_in: str) -> None:
    client = signed_in(member(concept.municipality, role, email="other@example.org"))

    assert [client.get(each).status_code for each in (DRAFTS, handed_in)] == [403, 403]


def test_outsiders_find_nothing(handed_in: str) -> None:
    client = signed_in(person("someone@example.org"))

    assert [client.get(each).status_code for each in (DRAFTS, handed_in)] == [404, 404]


def test_wrong_method_is_refused(officer: Client, handed_in: str) -> None:
    assert officer.post(DRAFTS).status_code == 405
    assert officer.put(handed_in).status_code == 405


def test_lists_take_the_same_queries_for_many_drafts(
    officer: Client, concept: Concept, handed_in: str
) -> None:
    officer.get(DRAFTS)
    few = queries_of(lambda: officer.get(DRAFTS))
    author = Draft.objects.get().author
    Draft.objects.bulk_create(
        Draft(
            concept=concept,
            kind="measure",
            part_id=10_000 + number,
            author=author,
            content={"title": "Viel"},
            handed_in_at=Draft.objects.get().handed_in_at,
        )
        for number in range(30)
    )

    many = queries_of(lambda: officer.get(DRAFTS))

    assert_same_number(few, many)
    assert Measure.objects.count() == 2
