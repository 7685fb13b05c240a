"""Two people change the same part: both versions side by side, nothing is overwritten."""

from typing import Any

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality, Organisation, User
from leitbild.plan.models import Concept, Draft
from tests.elements import by_class, parsed, words
from tests.markup import assert_valid
from tests.office.writing import address, adopt, filled, post, send, the_measure
from tests.people import member, person, signed_in

REASON = "Neu besprochen."


@pytest.fixture
def concept(writing_town: Municipality) -> Concept:
    """The concept, not adopted yet, so that editors publish by themselves."""
    concept = Concept.objects.get(municipality=writing_town)
    concept.status = "draft"
    concept.save()
    return concept


@pytest.fixture
def officer(concept: Concept) -> Client:
    return signed_in(member(concept.municipality, Role.OFFICER))


@pytest.fixture
def author(concept: Concept) -> User:
    school = Organisation.objects.get(slug="schulamt")
    return member(concept.municipality, Role.EDITOR, organisation=school)


@pytest.fixture
def editor(author: User) -> Client:
    return signed_in(author)


def collide(first: Client, second: Client, theirs: dict[str, Any], mine: dict[str, Any]) -> str:
    """Both open the measure, the first publishes, then the second tries; where that leads."""
    path = address(the_measure())
    opened = filled(second.get(path))
    assert send(first, path, "apply", note=REASON, **theirs).status_code == 302
    response = post(second, path, opened, "apply", note=REASON, **mine)
    place: str = response["Location"]
    return place


def marked(response: Any) -> list[str]:
    return [words(each) for each in by_class(parsed(response), "meeting__text")]


def test_second_person_sees_both_versions(officer: Client, editor: Client) -> None:
    place = collide(officer, editor, {"title": "Vorlesen"}, {"title": "Laut lesen"})

    page = editor.get(place)

    draft = Draft.objects.get()
    assert place == f"/office/entwuerfe/{draft.pk}/fassungen/"
    assert_valid(page)
    assert the_measure().title == "Vorlesen"
    assert marked(page) == [
        "gone: Lesen; new: Vorlesen;",
        "gone: Lesen; new: Laut lesen;",
    ]


def test_what_one_side_changed_is_proposed(officer: Client, editor: Client) -> None:
    place = collide(
        officer, editor, {"title": "Vorlesen", "code": "1.7"}, {"title": "Laut", "start": "2026"}
    )

    fields = filled(editor.get(place), "versions")

    # Both changed the title, so nobody chooses for them.
    assert "choice-title" not in fields
    assert (fields["choice-code"], fields["choice-start"]) == (["theirs"], ["mine"])


def test_chosen_version_becomes_the_draft_and_is_published(officer: Client, editor: Client) -> None:
    place = collide(
        officer,
        editor,
        {"title": "Vorlesen", "text": "Von *ihr*."},
        {"title": "Laut lesen", "text": "Von *mir*.", "start": "2026"},
    )
    fields = filled(editor.get(place), "versions")

    response = editor.post(
        place,
        {
            **fields,
            "choice-title": "theirs",
            "choice-text": "own",
            "own-text": "Von uns\r\nbeiden.",
        },
    )

    path = address(the_measure())
    assert response["Location"] == path
    send(editor, path, "apply")
    now = the_measure()
    assert (now.title, now.text, now.planned_start) == ("Vorlesen", "Von uns\nbeiden.", 2026)


def test_choice_that_is_missing_is_asked_for(officer: Client, editor: Client) -> None:
    place = collide(officer, editor, {"text": "Von ihr."}, {"text": "Von mir."})
    fields = filled(editor.get(place), "versions")

    response = editor.post(place, {**fields, "own-text": "Schon getippt."})

    assert response.status_code == 422
    assert_valid(response)
    assert "Please choose one of the two versions." in words(
        by_class(parsed(response), "faults")[0]
    )
    assert filled(response, "versions")["own-text"] == ["Schon getippt."]
    assert Draft.objects.get().content["text"] == "Von mir."


def test_third_change_meanwhile_is_shown_and_nothing_typed_is_lost(
    officer: Client, editor: Client
) -> None:
    place = collide(officer, editor, {"text": "Von ihr."}, {"text": "Von mir."})
    fields = filled(editor.get(place), "versions")
    send(officer, address(the_measure()), "apply", text="Noch einmal von ihr.", note=REASON)

    response = editor.post(place, {**fields, "choice-text": "own", "own-text": "Von uns."})

    assert response.status_code == 409
    assert "It has changed once more meanwhile." in response.content.decode()
    again = filled(response, "versions")
    assert (again["choice-text"], again["own-text"]) == (["own"], ["Von uns."])
    assert editor.post(place, again).status_code == 302
    assert Draft.objects.get().content["text"] == "Von uns."


def test_officer_settles_what_was_handed_in(
    officer: Client, editor: Client, concept: Concept
) -> None:
    adopt(concept)
    concept.status = "adopted"
    concept.save()
    path = address(the_measure())
    send(editor, path, "hand_in", title="Laut lesen", note=REASON)
    send(officer, path, "apply", title="Vorlesen", note=REASON)
    draft = Draft.objects.get()
    page = f"/office/entwuerfe/{draft.pk}/"

    release = officer.post(page, {"do": "release", "note": REASON, "saves": draft.saves})
    place = release["Location"]
    fields = filled(officer.get(place), "versions")
    settled = officer.post(place, {**fields, "choice-title": "mine"})

    assert place == f"{page}fassungen/"
    assert settled["Location"] == page
    assert Draft.objects.get().handed_in_at is not None


def test_draft_without_conflict_has_nothing_to_choose(editor: Client) -> None:
    path = address(the_measure())
    send(editor, path, "save", title="Laut lesen")

    response = editor.get(f"/office/entwuerfe/{Draft.objects.get().pk}/fassungen/")

    assert (response.status_code, response["Location"]) == (302, path)


def test_anothers_draft_is_nobodys_business(officer: Client, editor: Client) -> None:
    send(editor, address(the_measure()), "save", title="Laut lesen")
    place = f"/office/entwuerfe/{Draft.objects.get().pk}/fassungen/"

    assert officer.get(place).status_code == 403
    assert signed_in(person("someone@example.org")).get(place).status_code == 404
    assert editor.get("/office/entwuerfe/99/fassungen/").status_code == 404
    assert editor.put(place).status_code == 405
