"""A part's history: what it said when, why, and the way back."""

import pytest
from django.test import Client

from leitbild.accounts.enums import Role
from leitbild.accounts.models import Municipality
from leitbild.plan.models import Concept, Draft, Goal, Revision
from tests.elements import by_class, links, parsed, words
from tests.markup import assert_valid
from tests.office.writing import address, adopt, filled, send, the_measure
from tests.people import member, person, signed_in
from tests.queries import assert_same_number, queries_of

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
def changed(officer: Client) -> str:
    """The history of a measure that was changed twice."""
    path = address(the_measure())
    send(officer, path, "apply", title="Vorlesen", note=REASON)
    send(officer, path, "apply", title="Vorlesen", lead="", end="2028", note="Umbau der Ämter.")
    return address(the_measure(), "verlauf")


def test_history_tells_what_changed_and_why(officer: Client, changed: str) -> None:
    page = officer.get(changed)

    assert_valid(page)
    steps = by_class(parsed(page), "past__step")
    assert [words(by_class(each, "past__reason")[0]) for each in steps[:2]] == [
        "Why: Umbau der Ämter.",
        f"Why: {REASON}",
    ]
    assert [words(each) for each in by_class(steps[0], "difference")] == [
        "gone: Schulamt;",
        "gone: 31.12.2026; new: 2028;",
    ]
    assert [words(each) for each in by_class(steps[1], "difference")] == [
        "gone: Lesen; new: Vorlesen;"
    ]
    assert "History begins here." in words(steps[2])


def test_every_part_has_a_history(officer: Client, concept: Concept) -> None:
    for each in (concept, Goal.objects.get(), the_measure()):
        assert_valid(officer.get(address(each, "verlauf")))


def test_one_revision_stands_beside_before_and_now(officer: Client, changed: str) -> None:
    page = officer.get(f"{changed}2/")

    assert_valid(page)
    assert [words(each) for each in by_class(parsed(page), "difference")] == [
        "gone: Lesen; new: Vorlesen;",
        "gone: Schulamt;",
        "gone: 31.12.2026; new: 2028;",
    ]


def test_newest_revision_is_what_stands(officer: Client, changed: str) -> None:
    html = officer.get(f"{changed}3/").content.decode()

    assert "Nothing: this is what it says today." in html
    assert "Bring this state back" not in html


def test_restoring_makes_a_draft_and_changes_nothing_yet(officer: Client, changed: str) -> None:
    response = officer.post(f"{changed}1/", follow=True)

    path = address(the_measure())
    assert response.redirect_chain == [(path, 302)]
    assert "So it read in revision 1." in response.content.decode()
    assert (filled(response)["title"], filled(response)["lead"]) == (["Lesen"], ["schulamt"])
    assert the_measure().title == "Vorlesen"
    send(officer, path, "apply", note="Zurück.")
    assert (the_measure().title, str(the_measure().lead)) == ("Lesen", "Schulamt")


def test_restoring_leaves_out_and_names_what_is_gone(officer: Client, concept: Concept) -> None:
    group = concept.municipality.target_groups.first()
    assert group is not None
    path = address(the_measure())
    send(officer, path, "apply", target_groups=group.slug, note=REASON)
    send(officer, path, "apply", title="Vorlesen", note=REASON)
    slug = group.slug
    group.delete()

    response = officer.post(address(the_measure(), "verlauf", "2"), follow=True)

    assert f"No longer there and left out: {slug}." in response.content.decode()


def test_restoring_overwrites_no_draft(officer: Client, changed: str) -> None:
    send(officer, address(the_measure()), "save", title="Gerade geschrieben")

    response = officer.post(f"{changed}1/", follow=True)

    assert response.redirect_chain == [(f"{changed}1/", 302)]
    assert "You have a draft of this part." in response.content.decode()
    assert Draft.objects.get().content["title"] == "Gerade geschrieben"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.OBSERVER, Role.TRANSLATOR, Role.ADMINISTRATOR])
def test_everyone_here_reads_and_few_restore(concept: Concept, changed: str, role: Role) -> None:
    client = signed_in(member(concept.municipality, role))

    page = client.get(f"{changed}1/")

    assert (page.status_code, client.get(changed).status_code) == (200, 200)
    assert "Bring this state back" not in page.content.decode()
    assert client.post(f"{changed}1/").status_code == 403
    assert not Draft.objects.exists()


def test_outsiders_find_nothing(changed: str) -> None:
    client = signed_in(person("someone@example.org"))

    assert [client.get(each).status_code for each in (changed, f"{changed}1/")] == [404, 404]


def test_wrong_method_and_missing_revisions(officer: Client, changed: str) -> None:
    assert officer.post(changed).status_code == 405
    assert officer.get(f"{changed}9/").status_code == 404
    assert officer.get("/office/konzepte/2025/massnahmen/99999/verlauf/").status_code == 404


def test_deleted_part_keeps_its_history(officer: Client, changed: str) -> None:
    the_measure().delete()

    page = officer.get(changed)

    assert_valid(page)
    assert "This part was deleted." in page.content.decode()
    assert officer.get(f"{changed}1/").status_code == 200
    assert officer.post(f"{changed}1/").status_code == 403


def test_long_history_comes_in_pages_with_the_same_queries(officer: Client, changed: str) -> None:
    officer.get(changed)
    few = queries_of(lambda: officer.get(changed))
    first = Revision.objects.get(kind="measure", part_id=the_measure().pk, number=1)
    Revision.objects.bulk_create(
        Revision(
            concept_id=first.concept_id,
            kind="measure",
            part_id=first.part_id,
            number=number,
            change="edited",
            content={**first.content, "title": f"Fassung {number}"},
            author_name="Ada",
        )
        for number in range(4, 44)
    )

    many = queries_of(lambda: officer.get(changed))
    page = officer.get(f"{changed}?page=2")

    assert_same_number(few, many)
    assert_valid(page)
    numbers = [words(each) for each in by_class(parsed(page), "past__when")]
    assert [each.split()[1] for each in numbers] == [str(number) for number in range(23, 3, -1)]
    last = by_class(parsed(page), "past__step")[-1]
    # The last one of a page is compared with the first of the next.
    assert words(by_class(last, "difference")[0]) == "gone: Vorlesen; new: Fassung 4;"
    assert {"?page=1", "?page=3"} <= set(links(parsed(page)))
